"""axe sees every fault, and a look only once."""

from __future__ import annotations

import pytest

from tests.axe import Looking

pytestmark = pytest.mark.browser

PAGE = '<!doctype html><html lang="cy"><title>Prawf</title><main><h1>Prawf</h1>{}</main></html>'
PALE = '<p style="color: #bbb">Gwelw</p>'
FRAMED = '<div style="background: #333"><p style="color: #555">Tywyll</p><p style="color: #fff">Golau</p></div>'


@pytest.fixture
def opened(chromium):
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def found(looking: Looking, opened, body: str) -> list[str]:
    opened.set_content(PAGE.format(body))
    return looking(opened)


def test_a_pale_text_is_found_where_it_is_first_met_and_not_said_again(opened):
    looking = Looking()
    assert ["color-contrast" in line for line in found(looking, opened, PALE + PALE)] == [True]
    assert found(looking, opened, PALE) == []


def test_the_same_letters_on_another_ground_are_another_look(opened):
    looking = Looking()
    assert found(looking, opened, '<p style="color: #555">Tywyll</p>') == []
    assert len(found(looking, opened, FRAMED)) == 1


def test_what_is_hidden_does_not_stand_for_what_is_seen(opened):
    looking = Looking()
    assert found(looking, opened, f"<div hidden>{PALE}</div>") == []
    assert len(found(looking, opened, PALE)) == 1


def test_a_button_out_of_use_does_not_stand_for_one_in_use(opened):
    looking, button = Looking(), '<button style="color: #bbb; background: #fff"{}>Anfon</button>'
    assert found(looking, opened, button.format(" disabled")) == []
    assert len(found(looking, opened, button.format(""))) == 1


def test_every_other_rule_looks_at_every_page(opened):
    looking = Looking()
    picture = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==">'
    for _time in range(2):
        assert any(line.startswith("image-alt") for line in found(looking, opened, picture))
