"""How far a study is from a place: the great circle to the nearest site that a person could join at."""

from __future__ import annotations

from math import asin, cos, pi, radians, sin, sqrt

from navaid.terms import Record, Site, Study
from navaid.trials.registry_words import is_open

EARTH_KM = 6371.0
_LEVEL_KM = 2 * pi * EARTH_KM / 360  # of one degree of latitude


class Point(Record, frozen=True):
    """A place on the earth, in degrees, and what it is called."""

    latitude: float
    longitude: float
    name: str = ""


class Near(Record, frozen=True):
    """The site that is nearest to a point. `open`: people may join there; else no site of the study is open."""

    site: Site
    km: float
    open: bool


def distance_km(one: Point, other: Point) -> float:
    """Along the great circle (haversine), in kilometres.

    >>> round(distance_km(Point(52.52, 13.405), Point(48.137, 11.575)))
    504
    """
    down, across = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    part = sin(down / 2) ** 2 + cos(radians(one.latitude)) * cos(radians(other.latitude)) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(part)))


def nearest(study: Study, point: Point) -> Near | None:
    """The nearest open site, however near a closed one is; the nearest of all where none is open; None without any.

    A site without a status of its own has the study's.
    """
    found = [
        Near(site=site, km=distance_km(point, Point(site.latitude, site.longitude)), open=_open(site, study))
        for site in study.sites
        if site.latitude is not None and site.longitude is not None
    ]
    return min(found, key=lambda near: (not near.open, near.km), default=None)


def _open(site: Site, study: Study) -> bool:
    return is_open(site.status or study.overall_status)


def box(point: Point, km: float) -> tuple[float, float, float, float]:
    """South, north, west and east of a box that holds the circle; west may be below -180 and east above 180."""
    south, north = point.latitude - km / _LEVEL_KM, point.latitude + km / _LEVEL_KM
    if south <= -89 or north >= 89:
        return max(south, -90.0), min(north, 90.0), -540.0, 540.0
    across = km / (_LEVEL_KM * cos(radians(max(abs(south), abs(north)))))
    return south, north, point.longitude - across, point.longitude + across
