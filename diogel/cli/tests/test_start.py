"""`diogel start`: from an empty home to someone who can sign in."""

import pytest

from diogel.cli import main
from diogel.people.access import May, may
from diogel.people.models import Partnership, Person, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def words(tmp_path):
    (tmp_path / "password").write_text("a quite long password\n")
    given = {
        "--slug": "gwynedd-mon",
        "--name-cy": "Partneriaeth",
        "--name-en": "Partnership",
        "--place-cy": "Gwynedd a Môn",
        "--place-en": "Gwynedd and Anglesey",
        "--given": "Nia",
        "--family": "Dychmygus",
        "--email": "Nia@example.org",
        "--password-file": str(tmp_path / "password"),
    }
    return ["start", *[word for pair in given.items() for word in pair], "--area", "W06000002", "W06000001"]


def changed(words, option, value):
    at = words.index(option)
    return [*words[: at + 1], value, *words[at + 2 :]]


def test_an_empty_home_gets_its_partnership_and_a_co_ordinator_who_signs_in(words, client, capsys):
    assert main(words) == 0
    assert "/cy/accounts/login/" in capsys.readouterr().out
    made = Partnership.objects.get()
    assert sorted(area.code for area in made.areas.all()) == ["W06000001", "W06000002"]
    assert (made.name_state, made.place_state, made.language) == ("checked", "checked", "cy")
    user = User.objects.get(email="nia@example.org")
    assert may(user, May.EDIT_PEOPLE, made)
    answer = client.post("/en/accounts/login/", {"login": "nia@example.org", "password": "a quite long password"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/en/gwynedd-mon/desk/"


def test_a_second_partnership_is_made_only_when_asked_for(words, capsys):
    main(words)
    other = changed(changed(words, "--slug", "wrexham"), "--email", "dai@example.org")
    assert main(other) == 2
    assert "gwynedd-mon" in capsys.readouterr().err
    assert main([*other, "--another"]) == 0
    assert Partnership.objects.count() == 2


def test_one_person_may_co_ordinate_two_and_keeps_their_password(words):
    main(words)
    assert main([*changed(words, "--slug", "wrexham"), "--another"]) == 0
    assert Person.objects.count() == 2
    assert all(may(User.objects.get(), May.EDIT_PLAN, each) for each in Partnership.objects.all())
    assert User.objects.get().check_password("a quite long password")


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--slug", "Gwynedd Môn", "small letters"),
        ("--area", "W06000099", "W06000099 is no local authority"),
        ("--email", "not an address", "valid e"),
        ("--password-file", "/nowhere/at/all", "There is no file"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_is_made(words, capsys, option, value, said):
    assert main(changed(words, option, value)) == 2
    assert said in capsys.readouterr().err
    assert not Partnership.objects.exists()
    assert not Person.objects.exists()


def test_a_short_password_leaves_nothing_behind(words, tmp_path, capsys):
    (tmp_path / "password").write_text("short\n")
    assert main(words) == 2
    assert not Partnership.objects.exists()
    assert not Person.objects.exists()


def test_what_is_missing_is_named_where_nobody_can_be_asked(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert main(["start", "--slug", "x"]) == 2
    assert "--name-cy" in capsys.readouterr().err


def test_what_is_missing_is_asked_for_at_the_prompt(words, monkeypatch, capsys):
    class Terminal:
        def isatty(self):
            return True

    at = words.index("--given")
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("builtins.input", lambda question: "Nia" if "Given" in question else pytest.fail(question))
    assert main([*words[:at], *words[at + 2 :]]) == 0
    assert Person.objects.get().given == "Nia"
