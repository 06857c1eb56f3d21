"""Degrees become metres of the National Grid and degrees again; what cannot be right is refused."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diogel.analysis.hotspots.projection import tm_grid, to_degrees, to_grid

# PROJ 9.5 without the grid of shifts (EPSG 1314 and 27700), in metres.
BY_PROJ = {
    (-4.1274, 53.2274): (258083.0069, 372152.5012),
    (-4.632, 53.309): (224738.942, 382349.0091),
    (-2.9916, 53.0466): (333621.2353, 350386.062),
    (-0.1276, 51.5072): (530043.195, 180358.2086),
    (-3.19, 55.95): (325784.748, 673635.7681),
    (-1.15, 60.15): (447297.0056, 1140915.1752),
    (-5.71, 50.07): (134622.3174, 25471.5987),
    (-8.1, 54.5): (5284.486, 528769.5392),
}
longitudes, latitudes = st.floats(-8.9, 2.0), st.floats(49.8, 61.0)


def _angle(degrees, minutes, seconds):
    return np.array([math.radians(degrees + minutes / 60 + seconds / 3600)])


def test_the_water_tower_of_the_ordnance_surveys_guide_stands_where_it_says():
    east, north = tm_grid(_angle(1, 43, 4.5177), _angle(52, 39, 27.2531))
    assert east[0] == pytest.approx(651409.903, abs=0.001)
    assert north[0] == pytest.approx(313177.270, abs=0.001)


@pytest.mark.parametrize(("place", "metres"), BY_PROJ.items())
def test_places_lie_where_proj_puts_them_to_half_a_centimetre(place, metres):
    east, north = to_grid([place[0]], [place[1]])
    assert math.dist((east[0], north[0]), metres) < 0.005


def _twin(longitude, latitude):
    """The Ordnance Survey's own steps, one place at a time: latitude by turns, and Redfearn's series."""
    lam, phi = math.radians(longitude), math.radians(latitude)
    a, b = 6378137.0, 6356752.314245
    e2 = 1 - b * b / a / a
    nu = a / math.sqrt(1 - e2 * math.sin(phi) ** 2)
    xyz = [nu * math.cos(phi) * math.cos(lam), nu * math.cos(phi) * math.sin(lam), nu * (1 - e2) * math.sin(phi)]
    s, rx, ry, rz = 20.4894e-6, *(math.radians(turn / 3600) for turn in (-0.1502, -0.2470, -0.8421))
    turned = np.array([-446.448, 125.157, -542.060]) + np.array([[1 + s, -rz, ry], [rz, 1 + s, -rx], [-ry, rx, 1 + s]]) @ xyz
    x, y, z = turned
    a, b = 6377563.396, 6356256.909
    e2 = 1 - b * b / a / a
    lam, p = math.atan2(y, x), math.hypot(x, y)
    phi = math.atan2(z, p * (1 - e2))
    for _ in range(20):
        nu = a / math.sqrt(1 - e2 * math.sin(phi) ** 2)
        phi = math.atan2(z + e2 * nu * math.sin(phi), p)
    return _redfearn(lam, phi, a, b, e2)


def _redfearn(lam, phi, a, b, e2):
    f0, phi0, n = 0.9996012717, math.radians(49), (a - b) / (a + b)
    nu = a * f0 / math.sqrt(1 - e2 * math.sin(phi) ** 2)
    rho = a * f0 * (1 - e2) / (1 - e2 * math.sin(phi) ** 2) ** 1.5
    eta2 = nu / rho - 1
    d, u = phi - phi0, phi + phi0
    m = b * f0 * ((1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * d
                  - (3 * n + 3 * n**2 + 21 / 8 * n**3) * math.sin(d) * math.cos(u)
                  + (15 / 8 * n**2 + 15 / 8 * n**3) * math.sin(2 * d) * math.cos(2 * u)
                  - 35 / 24 * n**3 * math.sin(3 * d) * math.cos(3 * u))  # fmt: skip
    t, c, sn = math.tan(phi), math.cos(phi), math.sin(phi)
    one, two = m - 100000, nu / 2 * sn * c
    three = nu / 24 * sn * c**3 * (5 - t**2 + 9 * eta2)
    four = nu / 720 * sn * c**5 * (61 - 58 * t**2 + t**4)
    five, six = nu * c, nu / 6 * c**3 * (nu / rho - t**2)
    seven = nu / 120 * c**5 * (5 - 18 * t**2 + t**4 + 14 * eta2 - 58 * t**2 * eta2)
    w = lam - math.radians(-2)
    return 400000 + five * w + six * w**3 + seven * w**5, one + two * w**2 + three * w**4 + four * w**6


@settings(deadline=None)
@given(st.floats(-6.0, 1.7), latitudes)
def test_every_place_of_britain_lies_where_the_long_hand_formula_puts_it(longitude, latitude):
    east, north = to_grid([longitude], [latitude])
    assert math.dist((east[0], north[0]), _twin(longitude, latitude)) < 0.002


@settings(deadline=None)
@given(st.lists(st.tuples(longitudes, latitudes), min_size=1, max_size=20))
def test_metres_lead_back_to_the_degrees_they_came_from(places):
    lon, lat = np.array(places).T
    back = to_degrees(*to_grid(lon, lat))
    assert np.abs(back[0] - lon).max() < 1e-10
    assert np.abs(back[1] - lat).max() < 1e-10


@pytest.mark.parametrize(
    ("lon", "lat", "reason"),
    [
        ([53.2], [-4.1], "swapped"),
        ([-4.1, 53.2], [53.2, -4.1], "swapped at 1 places, the first at place 1"),
        ([2.35], [48.86], "outside the United Kingdom"),
        ([0.0], [0.0], "outside"),
        ([258083.0], [372152.0], "not in degrees"),
        ([-4.1, math.nan], [53.2, 53.2], "1 places have no longitude or latitude, the first at place 1"),
        ([-4.1], [math.inf], "no longitude"),
        ([-4.1, -4.2], [53.2], "two rows of one length"),
        ([[-4.1]], [[53.2]], "two rows"),
    ],
)
def test_degrees_that_cannot_be_right_are_refused_with_the_reason(lon, lat, reason):
    with pytest.raises(ValueError, match=reason):
        to_grid(lon, lat)


@pytest.mark.parametrize(
    ("east", "north", "reason"), [([-4.1], [53.2], "degrees"), ([9e6], [3e5], "off the British"), ([math.nan], [1.0], "no easting")]
)
def test_metres_that_cannot_be_right_are_refused_with_the_reason(east, north, reason):
    with pytest.raises(ValueError, match=reason):
        to_degrees(east, north)


def test_no_places_give_no_metres():
    assert [len(side) for side in (*to_grid([], []), *to_degrees([], []))] == [0, 0, 0, 0]
