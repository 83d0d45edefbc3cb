"""Shapes from a file: all taken, or none, and each fault named by its feature."""

import json
import os
from pathlib import Path

import pytest

from maiam.contexts.places import queries, services
from maiam.contexts.places.models import Boundary, Unit
from maiam.platform.access import Actor, acting

SHARED = Path(os.environ.get("MAIAM_SHARED") or Path(__file__).resolve().parents[5].parent / "shared")
SHAPES = SHARED / "data" / "places" / "lam_dong_communes.geojson"
ACTOR = Actor.system("test")

pytestmark = pytest.mark.django_db


def _import(text: str, now, **others):
    with acting(ACTOR):
        return services.import_boundaries(actor=ACTOR, text=text, source="test", now=now, **others)


def _square(commune, *, west=None, south=None, size=0.02) -> list:
    west, south = west or commune.longitude - size / 2, south or commune.latitude - size / 2
    corners = [(0, 0), (size, 0), (size, size), (0, size), (0, 0)]
    return [[[west + x, south + y] for x, y in corners]]


def _file(*features) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def _feature(code: str, coordinates: list, kind: str = "Polygon") -> dict:
    return {"type": "Feature", "properties": {"code": code}, "geometry": {"type": kind, "coordinates": coordinates}}


@pytest.mark.skipif(not SHAPES.exists(), reason="the reference shapes are not on this machine (../shared/data/places)")
def test_the_real_shapes_of_lam_dong_are_taken(province, now):
    assert _import(SHAPES.read_text(), now).taken == 124
    assert not any(feature["properties"]["approximate"] for feature in queries.map_geometry(province)["features"])


@pytest.mark.skipif(not SHAPES.exists(), reason="the reference shapes are not on this machine (../shared/data/places)")
def test_a_real_shape_that_covers_its_neighbours_is_named_and_may_be_left_out(now):
    country = json.loads(SHAPES.with_name("vietnam_communes.geojson").read_text())
    around_coc_san = [one for one in country["features"] if one["properties"]["code"] in {"02647", "02683", "02746"}]

    with pytest.raises(services.BoundaryRefusedError, match=r"Cốc San .* chồng lên nhau 3,3 km²"):
        _import(_file(*around_coc_san), now)

    assert _import(_file(*around_coc_san), now, leave_out=["02746"]).taken == 2


def test_a_shape_replaces_the_approximate_cell(commune, province, now):
    _import(_file(_feature(commune.code, _square(commune))), now)

    drawn = {feature["id"]: feature for feature in queries.map_geometry(province)["features"]}

    assert drawn[commune.id]["properties"]["approximate"] is False


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda c: [[[y, x] for x, y in _square(c)[0]]], "đổi chỗ"),
        (lambda c: [[[x * 100_000, y * 100_000] for x, y in _square(c)[0]]], "VN-2000"),
        (lambda c: _square(c, west=0.001, south=0.001), "chưa được đo"),
        (lambda c: _square(c, west=12.0, south=50.0), "ngoài Việt Nam"),
        (lambda c: [[[c.longitude, float("nan")], *_square(c)[0][1:]]], "không phải số"),
        (lambda c: [[[c.longitude, 10**400], *_square(c)[0][1:]]], "không phải số"),
        (lambda c: [[[c.longitude, 1e308], *_square(c)[0][1:]]], "không phải số"),
        (lambda c: [[[c.longitude, c.latitude]] * 4], "không có diện tích"),
        (lambda c: _square(c, west=106.0, south=20.0), "không chứa vị trí"),
        (lambda c: [[[c.longitude, c.latitude]]], "vòng chưa khép"),
        (lambda c: [[[c.longitude, "x"]]], "tọa độ"),
        (lambda c: [], "tọa độ"),
    ],
)
def test_a_broken_shape_is_refused_with_its_likely_cause(commune, now, change, told):
    with pytest.raises(services.BoundaryRefusedError, match=told):
        _import(_file(_feature(commune.code, change(commune))), now)

    assert not Boundary.objects.exists()


def test_an_unknown_code_and_a_code_twice_are_named(commune, now):
    good = _feature(commune.code, _square(commune))

    with pytest.raises(services.BoundaryRefusedError) as refusal:
        _import(_file(good, good, _feature("99999", _square(commune))), now)

    assert ["đã có ở trên" in refusal.value.faults[0], "không có xã" in refusal.value.faults[1]] == [True, True]
    assert not Boundary.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("{", id="cut"),
        pytest.param("[]", id="a list"),
        pytest.param('{"features": []}', id="no feature"),
        pytest.param('{"features": [NaN]}', id="a number for a feature"),
        pytest.param('{"features": [{"properties": {"code": "24646"}, "geometry": null}]}', id="no shape"),
        pytest.param("[" * 100_000, id="deep"),
    ],
)
def test_what_is_no_geojson_is_refused(now, text):
    with pytest.raises(services.BoundaryRefusedError):
        _import(text, now)


def test_a_bow_tie_is_repaired_and_told(commune, now):
    west, south = commune.longitude - 0.01, commune.latitude - 0.01
    tie = [[[west, south], [west + 0.02, south + 0.02], [west + 0.02, south], [west, south + 0.02], [west, south]]]

    assert _import(_file(_feature(commune.code, tie)), now).repaired == [commune.name]


def test_a_shape_inside_anothers_is_an_overlap_too(commune, elsewhere, now):
    around_both = _square(commune, west=107.0, south=12.0, size=1.2)

    with pytest.raises(services.BoundaryRefusedError, match="chồng lên nhau"):
        _import(_file(_feature(commune.code, around_both), _feature(elsewhere.code, _square(elsewhere))), now)


def test_a_later_file_may_not_take_ground_from_shapes_kept_before(commune, elsewhere, now):
    _import(_file(_feature(elsewhere.code, _square(elsewhere))), now)

    with pytest.raises(services.BoundaryRefusedError, match=elsewhere.name):
        _import(_file(_feature(commune.code, _square(commune, west=107.0, south=12.0, size=1.2))), now)


def test_a_code_that_lost_its_zeros_is_understood(now):
    ba_dinh = Unit.objects.get(code="00004", level="commune", valid_to__isnull=True)

    assert _import(_file(_feature("4", _square(ba_dinh))), now).taken == 1


def test_heights_are_left_out(commune, now):
    with_heights = [[[x, y, 612.5] for x, y in _square(commune)[0]]]

    _import(_file(_feature(commune.code, with_heights)), now)

    assert len(Boundary.objects.get().geometry["coordinates"][0][0][0]) == 2


def test_communes_do_not_share_ground(commune, elsewhere, now):
    wide = _square(commune, west=107.0, south=12.0, size=1.0)

    with pytest.raises(services.BoundaryRefusedError, match="chồng lên nhau"):
        _import(
            _file(
                _feature(commune.code, wide),
                _feature(elsewhere.code, _square(elsewhere, west=107.2, size=0.8, south=12.3)),
            ),
            now,
        )
