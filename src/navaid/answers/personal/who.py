"""A population in plain words: "women before menopause with HER2-positive cancer that has spread"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from navaid import vocabulary
from navaid.answers.personal.asking import row, table, together
from navaid.terms import Population
from navaid.trials.match import told

_AGES = {">=": "{} or older", ">": "over {}", "<": "under {}", "<=": "{} or younger"}
_NUMBERS = {">=": "{} or more", ">": "more than {}", "<": "under {}", "<=": "at most {}"}
_IN_TUMOUR = " in the tumor"
_ONE = re.compile(r"(\b(?:at most|under|with|had) 1 (?:\w+ )?(?:treatment|node))s\b")  # "at most 1 treatment"
_RUN = 3  # numbers in a row
_RECEPTORS = ("hr", "her2")


def in_words(population: Population) -> str:
    """Whom it is about, empty for a general one."""
    if population == Population():
        return ""
    words = [_people(population), *_cancers(population)]
    genes = _or(_each("biomarkers", together(population.biomarkers)))
    if genes:
        genes = genes.replace(_IN_TUMOUR, "", genes.count(_IN_TUMOUR) - 1)
        words.append(f"{'and' if len(words) > 1 else 'with'} {genes}")
    limits = [_limit(concept, values) for concept, values in population.limits.items()]
    words.append(" and ".join([*filter(None, [_or(_each("settings", population.settings))]), *limits]))
    said = " ".join(filter(None, words))
    if not population.also:
        return said
    return f"{said} ({population.also})" if said != "people" else population.also


def _people(population: Population) -> str:
    found = _each("menopause", population.menopause, "who") or _each("sex", population.sex, "who")
    found = found or [who for who in _each("subtypes", population.subtypes, "who") if who]
    return _or(found) or "people"


def _cancers(population: Population) -> Iterator[str]:
    """The cancer as the subtypes and stages name it, with "with" before it."""
    parts: dict[str, list[str]] = {}
    kinds: list[str] = []
    for id_ in population.subtypes:
        found = row("subtypes", id_) or {"words": id_.replace("_", " "), "part": "unknown"}
        if found["part"] in ("hr", "her2", "whole"):
            parts.setdefault(str(found["part"]), []).append(str(found["words"]))
        elif found["words"]:
            kinds.append(str(found["words"]) if found.get("noun") else f"{found['words']} cancer")
    receptors = ", ".join(_or(parts[part]) for part in _RECEPTORS if part in parts)
    either = " or ".join(filter(None, [*parts.get("whole", []), receptors]))
    stages = _spread(population)
    if either or kinds or stages:
        yield f"with {either} {_or(kinds) or 'cancer'}".replace("  ", " ")
        yield stages


def _spread(population: Population) -> str:
    """How far it has gone; nothing where the places that it has spread to say so."""
    if set(population.stages) == {"early", "locally_advanced"}:
        return "that has not spread to other organs"
    if population.stages == ("metastatic",) and "metastasis.site" in population.limits:
        return ""
    return _or(_each("stages", population.stages)).replace(", of stage", ",").replace(" or of stage", " or")


def _each(axis: str, ids: Sequence[str], key: str = "words") -> list[str]:
    rows = [(id_, row(axis, id_)) for id_ in ids]
    said = [str(found.get(key, "")) if found else id_.replace("_", " ") for id_, found in rows]
    return list(dict.fromkeys(filter(None, said)))


def _limit(concept: str, values: Sequence[str]) -> str:
    pattern = table()["limits"].get(concept, f"with {told.label(concept)}: {{what}}")
    if isinstance(pattern, dict):
        return _or([str(pattern.get(value, f"with {told.label(concept)}: {value}")) for value in values])
    said = str(pattern).format(what=_or([_value(concept, value) for value in _runs(values)]))
    return _ONE.sub(r"\1", said)


def _runs(values: Sequence[str]) -> Sequence[str]:
    """Numbers in a row told by the first and the last."""
    if len(values) < _RUN or not all(value.isdigit() for value in values):
        return values
    first, last = int(values[0]), int(values[-1])
    return [f"{first} to {last}"] if last - first == len(values) - 1 else values


def _value(concept: str, value: str) -> str:
    match = re.fullmatch(r"(>=|<=|>|<)\s*(\S+)", value)
    if match:
        return (_AGES if concept == "age" else _NUMBERS)[match[1]].format(match[2])
    if match := re.fullmatch(r"(\S+)\.\.(\S+)", value):
        return f"{match[1]} to {match[2]}"
    if (
        concept in ("drug", "drug_class", "taking", "progression", "medication")
        and value in vocabulary.vocabulary().concepts
    ):
        return vocabulary.concept(value).name
    return "no" if value == "0" and concept == "nodes.positive" else told.in_words(concept, value)


def _or(words: Sequence[str]) -> str:
    """The words with "or" before the last."""
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)
