"""Getting fields out of a record that may be malformed: what is of the wrong type is left out, and named."""

from __future__ import annotations

from typing import Any

from navaid.terms import Date


class Fields:
    """A JSON object whose members are asked for by path; `unread` collects the paths that could not be used."""

    def __init__(self, record: dict[str, Any], unread: list[str], at: str = "") -> None:
        self._record, self._unread, self._at = record, unread, at

    def text(self, path: str) -> str:
        """The text at a path, empty where there is none."""
        return self.verbatim(path).strip()

    def verbatim(self, path: str) -> str:
        """The text at a path as it stands, blanks and all: spans are counted in it."""
        value = self._get(path, str)
        return value if isinstance(value, str) else ""

    def texts(self, path: str) -> tuple[str, ...]:
        """The texts of a list at a path."""
        return tuple(text.strip() for text in self._list(path, str) if text.strip())

    def number(self, path: str) -> float | None:
        value = self._get(path, (int, float))
        return float(value) if value is not None and not isinstance(value, bool) else None

    def truth(self, path: str) -> bool | None:
        """True or false; older copies say it in words."""
        value = self._get(path, (bool, str))
        return {"yes": True, "no": False}.get(value.strip().lower()) if isinstance(value, str) else value

    def day(self, path: str) -> Date | None:
        """A whole day (`2026-01-31`); a month alone is none."""
        text = self.text(path)
        try:
            return Date.fromisoformat(text) if len(text) == 10 else None
        except ValueError:
            self._unread.append(self._at + path)
            return None

    def part(self, path: str) -> Fields:
        """The object at a path; an empty one where there is none."""
        return Fields(self._get(path, dict) or {}, self._unread, f"{self._at}{path}.")

    def parts(self, path: str) -> list[Fields]:
        """The objects of a list at a path."""
        rows = enumerate(self._list(path, dict))
        return [Fields(row, self._unread, f"{self._at}{path}[{number}].") for number, row in rows]

    def _list(self, path: str, kind: type) -> list[Any]:
        values: list[Any] = self._get(path, list) or []
        if any(not isinstance(value, kind) for value in values):
            self._unread.append(self._at + path)
        return [value for value in values if isinstance(value, kind)]

    def _get(self, path: str, kind: type | tuple[type, ...]) -> Any:
        value: Any = self._record
        for name in path.split("."):
            if not isinstance(value, dict):
                self._unread.append(self._at + path)
                return None
            value = value.get(name)
            if value is None:
                return None
        if isinstance(value, kind):
            return value
        self._unread.append(self._at + path)
        return None
