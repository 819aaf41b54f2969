"""Sheets on which people label sentences without seeing what was found, and back from them to tests/journeys/golden/.

    python -m benchmarks.personal_parts.sheets write DIR    # sentences.tsv; once it is filled in, NAME.tsv and NAME.txt
    python -m benchmarks.personal_parts.sheets read DIR     # the labels of all sheets become the golden answers
    python -m benchmarks.personal_parts.sheets pages        # the labels stay; which page shows what is written anew

`sentences.tsv` asks of each sentence whether it is `general` or `limited`. `NAME.tsv` asks of each limited one whether
it `applies`, `may_apply`, `does_not_apply`, or is `general` after all, for the person of NAME.txt (the truth, and the
papers). A sheet that is there already keeps what was filled in. A second reader's sheets lie beside them as
`NAME.second.tsv`; where two differ, both labels are shown, and nothing is written until they agree.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml
from tests.journeys.written_people import FOLDER, about, people

from benchmarks.personal_parts.asked import Told, embedded, told
from benchmarks.personal_parts.gold import GOLDEN, general, labels, limited, open_of, read_again
from navaid import starter
from navaid.terms import Applies, Claim

COLUMNS = ("claim", "about", "sentence", "label", "not_known")
FIRST = ("general", "limited")
LABELS = tuple(Applies)


def write(folder: Path, all_: Mapping[str, Told]) -> None:
    """The sheet of all sentences, and those of the people for what it calls limited."""
    folder.mkdir(parents=True, exist_ok=True)
    claims = {id_: said.claim for one in all_.values() for id_, said in one.said.items()}
    first = _filled(folder / "sentences.tsv")
    for id_ in claims.keys() & general():
        first.setdefault(id_, ("general", ""))
    known = {id_ for name in people() for id_ in labels(name)}
    for id_ in claims.keys() & known:
        first.setdefault(id_, ("limited", ""))
    _sheet(folder / "sentences.tsv", claims.values(), first)
    open_ = sum(1 for id_ in claims if first.get(id_, ("", ""))[0] not in FIRST)
    print(f"{len(claims)} sentences, {open_} still to be called general or limited: {folder / 'sentences.tsv'}")
    for name, one in all_.items():
        (folder / f"{name}.txt").write_text(_papers(name), encoding="utf-8")
        given = _labelled(name) | _filled(folder / f"{name}.tsv")
        asked = [said.claim for id_, said in one.said.items() if first.get(id_, ("", ""))[0] == "limited"]
        if asked:
            _sheet(folder / f"{name}.tsv", asked, given)
            left = sum(claim.id not in given for claim in asked)
            print(f"{name}: {len(asked)} limited sentences, {left} to be labelled")


def read(folder: Path, all_: Mapping[str, Told]) -> int:
    """The labels of the sheets become the golden answers. 1 where a label is missing or two readers differ."""
    problems = [*_differ(folder), *_missing(folder, all_)]
    print(*problems, sep="\n")
    if problems:
        return 1
    first, given = _filled(folder / "sentences.tsv"), {name: _filled(folder / f"{name}.tsv") for name in all_}
    after_all = {id_ for name in all_ for id_, (label, _) in given[name].items() if label == "general"}
    always = after_all - {id_ for name in all_ for id_, (label, _) in given[name].items() if label != "general"}
    GOLDEN.mkdir(exist_ok=True)
    rows = sorted({id_ for id_, (label, _) in first.items() if label == "general"} | always)
    _write("general", "Sentences that make no limit: they are for whoever reads them.", _block(rows))
    read_again()
    for name, one in all_.items():
        _golden(name, {i: row for i, row in given[name].items() if i in one.said and i not in general()}, one)
    read_again()
    return 0


def pages(all_: Mapping[str, Told]) -> int:
    """Which page shows what, written anew beside the labels that are there."""
    for name, one in all_.items():
        _golden(name, _labelled(name), one)
    return 0


def _labelled(name: str) -> dict[str, tuple[str, str]]:
    """The golden labels, with what is not known, in the form of a sheet."""
    return {id_: (label.value, open_of(name).get(id_, "")) for id_, label in labels(name).items()}


def _golden(name: str, given: Mapping[str, tuple[str, str]], one: Told) -> None:
    rows = sorted(given.items())
    shown = {id_: limited(page) for id_, page in one.pages.items()}
    answers = {id_: {"shown": list(page.shown), "folded": list(page.folded)} for id_, page in shown.items()}
    body = _block({"labels": {id_: label for id_, (label, _) in rows}})
    body += _block({"not_known": {id_: words for id_, (_, words) in rows if words}})
    body += yaml.safe_dump({"answers": answers}, sort_keys=False, width=118, default_flow_style=None)
    _write(name, "Labels given by hand for the limited sentences, and the pages on which they stand.", body)


def _block(body: object) -> str:
    """YAML with a row for each entry."""
    return yaml.safe_dump(body, sort_keys=False, width=118, allow_unicode=True, default_flow_style=False)


def _write(name: str, head: str, body: str) -> None:
    (GOLDEN / f"{name}.yaml").write_text(f"# {head}\n{body}", encoding="utf-8")


def _missing(folder: Path, all_: Mapping[str, Told]) -> Iterator[str]:
    first = _filled(folder / "sentences.tsv")
    for id_ in {id_ for one in all_.values() for id_ in one.said}:
        if first.get(id_, ("", ""))[0] not in FIRST:
            yield f"sentences.tsv: {id_} is neither general nor limited"
    for name, one in all_.items():
        given = _filled(folder / f"{name}.tsv")
        for id_ in one.said:
            if first.get(id_, ("", ""))[0] == "limited" and given.get(id_, ("", ""))[0] not in LABELS:
                yield f"{name}.tsv: {id_} has no label"


def _differ(folder: Path) -> Iterator[str]:
    for second in sorted(folder.glob("*.second.tsv")):
        one, other = _filled(folder / second.name.replace(".second", "")), _filled(second)
        for id_ in one.keys() & other.keys():
            if one[id_][0] != other[id_][0]:
                yield f"{second.name}: {id_} is {one[id_][0]} to the one reader, {other[id_][0]} to the other"


def _sheet(path: Path, claims: Iterable[Claim], given: Mapping[str, tuple[str, str]]) -> None:
    titles = {topic.id: topic.title for topic in starter.load().topics}
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file, delimiter="\t", lineterminator="\n")
        sheet.writerow(COLUMNS)
        for claim in sorted(claims, key=lambda claim: claim.id):
            text = " ".join(claim.text.split())
            sheet.writerow((claim.id, titles.get(claim.subject, claim.subject), text, *given.get(claim.id, ("", ""))))


def _filled(path: Path) -> dict[str, tuple[str, str]]:
    """The labels of a sheet, with what the reader says is not known; rows left empty are left out."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        found = {row["claim"]: ((row["label"] or "").strip(), (row["not_known"] or "").strip()) for row in rows}
    return {id_: given for id_, given in found.items() if given[0]}


def _papers(name: str) -> str:
    """The truth about the person, and their papers, as a reader needs them."""
    texts = (f"--- {path.name}\n{path.read_text(encoding='utf-8')}" for path in sorted((FOLDER / name).glob("*.txt")))
    return "\n".join([f"THE TRUTH (28 November 2026)\n{about(name)['truth']}", *texts])


def main() -> int:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("what", choices=("write", "read", "pages"))
    arguments.add_argument("folder", type=Path, nargs="?", default=Path("sheets"))
    options = arguments.parse_args()
    with embedded() as library:
        all_ = {name: told(library, name) for name in people()}
    if options.what == "pages":
        return pages(all_)
    if options.what == "read":
        return read(options.folder, all_)
    write(options.folder, all_)
    return 0


if __name__ == "__main__":
    sys.exit(main())
