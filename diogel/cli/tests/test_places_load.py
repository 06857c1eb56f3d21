"""`diogel places load`, called as one types it."""

import json

import pytest

from diogel.audit.models import Entry
from diogel.cli import main
from diogel.places.models import Area, Population

pytestmark = pytest.mark.django_db
WARDS = "LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM\nW01000095,Gwynedd 012C,W05001554,Nefyn,W06000002,Gwynedd\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a-populations.csv").write_text("lsoa21_code,census2021_residents\nW01000095,1500\n")
    (tmp_path / "b-wards.csv").write_text(WARDS)
    return tmp_path


def call(capsys, *words):
    status = main(["places", "load", *map(str, words)])
    return status, capsys.readouterr().out


def test_a_folder_is_loaded_in_the_order_in_which_files_need_one_another(folder, capsys):
    status, out = call(capsys, folder)
    assert status == 0
    assert "b-wards.csv: lookup; rows: 1; new areas: 1" in out
    assert Area.objects.get(kind="ward").name_en == "Nefyn"
    assert Population.objects.filter(area__code="W01000095", residents=1500).exists()
    assert Entry.objects.filter(deed="loaded", subject="places").count() == 2


def test_a_broken_file_is_refused_by_name_and_the_others_stand(folder, capsys):
    (folder / "broken.csv").write_text("<html>no</html>")
    status, out = call(capsys, folder, "--json")
    refused = [each for each in json.loads(out)["files"] if "refused" in each]
    assert status == 1
    assert refused == [{"file": "broken.csv", "refused": "It is a web page, saved in place of the file.", "code": "web_page"}]
    assert Area.objects.filter(kind="ward").exists()


def test_nothing_readable_is_nothing_done(tmp_path, capsys):
    (tmp_path / "broken.csv").write_text("")
    assert call(capsys, tmp_path)[0] == 2
    assert call(capsys, tmp_path / "nowhere.csv")[0] == 2


def test_a_dry_run_tells_the_same_and_changes_nothing(folder, capsys):
    _, dry = call(capsys, folder, "--dry-run", "--json")
    assert not Area.objects.exists()
    assert not Entry.objects.exists()
    _, wet = call(capsys, folder, "--json")
    assert json.loads(dry)["files"] == json.loads(wet)["files"]


def test_a_second_loading_changes_nothing(folder, capsys):
    call(capsys, folder)
    _, out = call(capsys, folder, "--json")
    assert all((each["created"], each["changed"], each["links"], each["populations"]) == (0, 0, 0, 0) for each in json.loads(out)["files"])


def test_other_nations_come_in_when_asked_for(tmp_path, capsys):
    (tmp_path / "x.csv").write_text("LAD24CD,LAD24NM,CSP24CD,CSP24NM\nE07000138,Lincoln,E22000175,Lincoln\n")
    call(capsys, tmp_path)
    assert not Area.objects.filter(code="E07000138").exists()
    call(capsys, tmp_path, "--nation", "W", "E")
    assert Area.objects.filter(code="E07000138").exists()


def test_the_report_speaks_welsh_where_it_is_asked_to(folder, capsys):
    (folder / "broken.csv").write_text("<html>no</html>")
    status, out = call(capsys, folder, "--language", "cy")
    assert status == 1
    assert "b-wards.csv: tabl chwilio; rhesi: 1; ardaloedd newydd: 1" in out
    assert "Gwrthodwyd: broken.csv. Tudalen we ydyw, wedi’i chadw yn lle’r ffeil." in out
