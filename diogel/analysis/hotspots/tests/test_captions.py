"""Open data and police extracts are told apart under every result, in both languages."""

import itertools

import pytest

from diogel.analysis.hotspots.captions import CAPTIONS, Method, Origin, caption


@pytest.mark.parametrize(("method", "origin"), itertools.product(Method, Origin))
def test_every_method_has_a_caption_for_every_origin_in_both_languages(method, origin):
    welsh, english = caption(method, origin)
    for sentence in (welsh, english):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "'" not in sentence
        assert "{" not in sentence
        assert "%" not in sentence


@pytest.mark.parametrize("method", Method)
def test_the_two_origins_never_share_a_caption(method):
    assert len({half for origin in Origin for half in caption(method, origin)}) == 4


def test_open_data_are_never_said_to_show_a_street():
    for (method, origin), (_, english) in CAPTIONS.items():
        assert "dangerous" not in english
        if origin is Origin.SNAPPED and method is not Method.PILED:
            assert "point" in english


def test_points_of_unknown_origin_get_no_caption():
    with pytest.raises(TypeError, match="where the points come from"):
        caption(Method.DENSITY, "open data")
