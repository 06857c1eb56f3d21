"""`diogel role give`: a role that nobody at the desk may give."""

from diogel.audit.models import Entry
from diogel.cli import main
from diogel.cli.role_give import ROLES
from diogel.people.access import May, Role, may
from diogel.people.models import User


def test_the_command_gives_the_role_that_nobody_at_the_desk_may(cast, capsys):
    said = ["role", "give", "administrator", "--partnership", "gwynedd-mon", "--email"]
    assert main([*said, "nia@example.org"]) == 2
    assert "--given and --family" in capsys.readouterr().err
    assert main([*said, "nia@example.org", "--given", "Nia", "--family", "Dychmygus"]) == 0
    nia = User.objects.get(email="nia@example.org")
    assert may(nia, May.EDIT_PEOPLE, cast.gwynedd_mon)
    assert not nia.has_usable_password()
    assert Entry.objects.filter(deed="gave_role", by="installation").exists()
    assert main([*said, "BRYN@example.org"]) == 0
    assert may(cast.bryn, May.SEE_AUDIT, cast.gwynedd_mon)
    assert main(["role", "give", "member", "--partnership", "nowhere", "--email", "x@example.org"]) == 2
    assert "gwynedd-mon" in capsys.readouterr().err


def test_the_verb_offers_every_role_that_there_is():
    assert set(ROLES) == {role.value for role in Role}
