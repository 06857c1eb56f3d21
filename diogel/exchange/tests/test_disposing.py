"""What was read of files goes when its time is over, is told to the log, and that they came stays."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from diogel.audit.models import Entry
from diogel.exchange import disposing
from diogel.exchange.models import KEPT_FOR, WAITS_FOR, GivenForm, Intake, Returned
from diogel.exchange.undoing import undo
from diogel.home import today
from diogel.people.access import Installation
from diogel.plan.models import Plan

pytestmark = pytest.mark.django_db
WORDS = {"reading": {"words": ["Gwenllian"]}, "left": [{"text": "Gwenllian"}], "made": [{"model": "plan.number"}]}


def came(days):
    noon = timezone.localtime().replace(hour=12)  # late in the evening it may be the next day by the summer's clock
    return {
        "received_at": noon - timedelta(days=days),
        "received_by": "user:1",
        "sha256": "0" * 64,
        "file_name": "Cynllun Gwenllian.docx",
    }


def an_intake(cast, days, state="waiting"):
    return Intake.objects.create(partnership=cast.gwynedd_mon, language="cy", state=state, counts={"new": 3}, **WORDS, **came(days))


def a_return(cast, days, state="waiting"):
    plan = Plan.objects.create(partnership=cast.gwynedd_mon, code=f"p{days}", from_on=today(), to_on=today())
    form = GivenForm.objects.create(plan=plan, body=cast.police, quarter="2021-12", language="cy", given_at=timezone.now())
    return Returned.objects.create(form=form, state=state, said={"1": {"text": "Gwenllian"}}, kept={"1": {}}, **came(days))


def gone(**how):
    return list(disposing.erase_past_keeping(by=Installation(), on=today(), **how))


@pytest.mark.parametrize("make", [an_intake, a_return])
@pytest.mark.parametrize(
    ("state", "days", "becomes"),
    [("waiting", WAITS_FOR + 1, "thrown"), ("taken", KEPT_FOR + 1, "taken"), ("thrown", KEPT_FOR + 1, "thrown")],
)
def test_its_words_and_its_name_go_on_the_day_after_the_last_and_its_numbers_stay(cast, make, state, days, becomes):
    keeps, goes = make(cast, days - 1, state), make(cast, days, state)
    assert keeps.keep_until == today()
    assert gone(is_dry=True) == [goes]
    assert gone() == [goes]
    assert gone() == []
    goes.refresh_from_db()
    assert (goes.state, goes.erased_on, goes.file_name, goes.sha256) == (becomes, today(), "….docx", "0" * 64)
    assert "Gwenllian" not in str(vars(goes))
    assert getattr(goes, "counts", {"new": 3}) == {"new": 3}
    keeps.refresh_from_db()
    assert "Gwenllian" in str(vars(keeps))
    told = Entry.objects.get(deed="erased")
    assert (told.by, told.subject) == ("installation", f"{goes._meta.label_lower}:{goes.pk}")
    assert "Gwenllian" not in str(told.detail)


def test_what_was_taken_over_too_long_ago_is_undone_no_more(client, cast):
    row = an_intake(cast, KEPT_FOR + 1, "taken")
    gone()
    row.refresh_from_db()
    with pytest.raises(ValidationError):
        undo(row, by=cast.ann)
    client.force_login(cast.ann)
    page = f"/en/gwynedd-mon/desk/exchange/{row.pk}/"
    assert client.get(f"{page}undo/").status_code == 404
    told = client.get(page).content.decode()
    assert "the time for which it is kept was over" in told
    assert "Undo this import" not in told


def test_only_one_partnerships_files_go_where_it_alone_is_asked_for_and_only_by_who_may(cast):
    row = an_intake(cast, WAITS_FOR + 1)
    assert gone(partnership=cast.wrexham) == []
    for who in (cast.carys, cast.dai):
        with pytest.raises(PermissionDenied):
            list(disposing.erase_past_keeping(by=who, on=today()))
    row.refresh_from_db()
    assert row.state == "waiting"
