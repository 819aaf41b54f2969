"""The fixed words of an answer in another language: titles, notices, reasons, and what must come first.

They are written by people (`tables/words.es.yaml`, `tables/triage.es.yaml`), never by a model. What a table lacks, or
what has changed in English since, stays in English: a message that must come first then says so in front.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from navaid.answers.triage.tables import tables as triage_tables
from navaid.answers.wording import words
from navaid.tables import load as load_table
from navaid.terms import Answer, Record, Row, Section, Triage

_TABLES = Path(__file__).parent / "tables"
_SLOT = re.compile(r"\{(emergency|distress|abuse)\}")


class Message(Record, frozen=True):
    """A message in the language. `of` is the digest of the English message that it says."""

    of: str
    text: str


def has(language: str) -> bool:
    """Whether there are fixed words in a language."""
    return bool(_table("words", language))


def page(answer: Answer, language: str) -> Answer:
    """The answer with the words around its sentences in the language, as far as there are any."""
    table = _table("words", language)
    if not table:
        return replace(answer, triage=first(answer.triage, language), language=language)
    asked = answer.question.text
    return replace(
        answer,
        language=language,
        triage=first(answer.triage, language),
        sections=tuple(_section(section, table) for section in answer.sections),
        open_because=tuple(_reasons(table).get(reason, reason) for reason in answer.open_because),
        notice=_notice(answer.notice, table),
        ask=table["ask_care_team"].format(question=asked) if answer.ask else "",
    )


def first(triage: Triage, language: str) -> Triage:
    """What must come first, in the language where its message is known there, else in English and said to be."""
    if not triage.message:
        return triage
    text = _message(triage, language)
    if not text:
        lead = _table("words", language).get("only_english", "")
        text = f"{lead}\n{triage.message}" if lead else triage.message
    return replace(triage, message=text)


def stale(language: str) -> list[str]:
    """Messages of triage that the language lacks, or that have changed in English since they were written there."""
    table, english = _messages(language), triage_tables().messages
    return sorted(name for name, text in english.items() if name not in table or table[name].of != digest(text))


def digest(text: str) -> str:
    """Eight hex digits of the English message, which a translation of it names."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:8]


# --------------------------------------------------------------------------- what must come first


def _message(triage: Triage, language: str) -> str:
    """The message in the language, with the same numbers to call, or nothing."""
    found, own = triage_tables(), _messages(language)
    rule = next((rule for rule in found.rules if triage.reason.startswith(f"{rule.id}:")), None)
    if rule is None or rule.message not in own:
        return ""
    english, there = found.messages[rule.message], own[rule.message]
    if there.of != digest(english) or sorted(_SLOT.findall(english)) != sorted(_SLOT.findall(there.text)):
        return ""
    filled = _filled(english, triage.message)
    if filled is None:
        return ""
    phrases = _table("triage", language)["phrases"]
    given = {slot: _replaced(value, phrases) for slot, value in filled.items()}
    return _SLOT.sub(lambda slot: given[slot[1]], " ".join(there.text.split()))


def _filled(template: str, message: str) -> dict[str, str] | None:
    """What stands in the slots of a message that was made from the template."""
    parts = _SLOT.split(" ".join(template.split()))
    pattern = "".join(re.escape(part) if at % 2 == 0 else f"(?P<{part}_{at}>.*?)" for at, part in enumerate(parts))
    met = re.fullmatch(pattern, " ".join(message.split()))
    return None if met is None else {name.partition("_")[0]: value for name, value in met.groupdict().items()}


def _replaced(value: str, phrases: dict[str, str]) -> str:
    for english, own in phrases.items():
        value = value.replace(english, own)
    return value


# --------------------------------------------------------------------------- titles and notices


def _section(section: Section, table: dict[str, Any]) -> Section:
    return replace(
        section,
        title=_title(section.title, table),
        columns=tuple(table["names"].get(column, column) for column in section.columns),
        rows=tuple(Row(title=_title(row.title, table), cells=row.cells) for row in section.rows),
        claims=tuple(
            replace(claim, step=table["steps"].get(claim.step, claim.step)) if claim.step else claim
            for claim in section.claims
        ),
    )


def _title(title: str, table: dict[str, Any]) -> str:
    """A title in the language; "Where it stands: HER2-positive" is a title and a name."""
    if title == words()["side_by_side"]:
        return str(table["side_by_side"])
    head, colon, name = title.partition(": ")
    own = table["sections"].get(_sections().get(head, ""), head)
    return f"{own}{colon}{table['names'].get(name, name)}"


def _notice(notice: str, table: dict[str, Any]) -> str:
    not_english = words()["not_english"].strip()
    return " ".join(str(part).strip() for part in (
        *((table["not_english"],) if notice.startswith(not_english) else ()),
        table["notice_personal" if notice.endswith(words()["notice_personal"].strip()) else "notice"],
    ))  # fmt: skip


@cache
def _sections() -> dict[str, str]:
    rows = load_table((_TABLES / "sections.yaml").read_text(encoding="utf-8"))
    return {row["title"]: row["id"] for row in rows}


def _reasons(table: dict[str, Any]) -> dict[str, str]:
    """Why a part of a question stays open, from English."""
    return _beyond(table) | {words()["about_others"]: str(table["about_others"])}


def _beyond(table: dict[str, Any]) -> dict[str, str]:
    kinds = load_table((_TABLES / "beyond.yaml").read_text(encoding="utf-8"))
    return {row["reason"]: table["beyond"][kind] for kind, row in kinds.items() if kind in table["beyond"]}


@cache
def _table(name: str, language: str) -> dict[str, Any]:
    path = _TABLES / f"{name}.{language.partition('-')[0]}.yaml"
    if not re.fullmatch(rf"{name}\.[a-z]{{2,3}}\.yaml", path.name) or not path.is_file():
        return {}
    table: dict[str, Any] = load_table(path.read_text(encoding="utf-8"))
    return table


@cache
def _messages(language: str) -> dict[str, Message]:
    return {name: Message(**row) for name, row in _table("triage", language).get("messages", {}).items()}
