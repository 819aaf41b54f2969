"""PubMed and PubMed Central by `esummary`: which articles are there, with which title, and whether retracted."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from urllib.parse import urlsplit

import msgspec

from navaid.errors import SourceUnavailable
from navaid.polite import NOT_FOUND, Polite
from navaid.starter import titles
from navaid.starter.outcomes import MOST_JSON, Outcome, Resolved, decoded, judged
from navaid.starter.rows import SourceRow

_PAUSE_S = 0.35  # NCBI allows three requests a second without a key


class _ArticleId(msgspec.Struct):
    idtype: str = ""
    value: str = ""


class _Summary(msgspec.Struct):
    title: str = ""
    pubtype: list[str] = []
    articleids: list[_ArticleId] = []
    error: str = ""


class _Summaries(msgspec.Struct):
    result: dict[str, msgspec.Raw]  # beside the summaries, by their id, stands a list `uids`


def pubmed(rows: Sequence[SourceRow], polite: Polite, eutils: str) -> list[Resolved]:
    """The outcome of each article by its PMID, in one request. Raises SourceUnavailable."""
    summaries = _summaries("pubmed", [_number(row) for row in rows], polite, eutils)
    return [
        _of_summary(row, summaries.get(_number(row)), retracted=_retracted(summaries.get(_number(row)))) for row in rows
    ]


def pmc(rows: Sequence[SourceRow], polite: Polite, eutils: str) -> list[Resolved]:
    """The same by PMCID. PMC's summaries do not tell of retractions, so PubMed is asked for those."""
    summaries = _summaries("pmc", [_number(row) for row in rows], polite, eutils)
    pmids = {
        row.id: next((i.value for i in summary.articleids if i.idtype == "pmid" and i.value.isdecimal()), "")
        for row in rows
        if (summary := summaries.get(_number(row)))
    }
    in_pubmed: dict[str, _Summary] = {}
    if wanted := sorted({pmid for pmid in pmids.values() if pmid not in ("", "0")}):
        with contextlib.suppress(SourceUnavailable):  # each source says below that this was not looked up
            in_pubmed = _summaries("pubmed", wanted, polite, eutils)
    found = []
    for row in rows:
        twin = in_pubmed.get(pmids.get(row.id, ""))
        note = "" if twin and not twin.error else "whether it was retracted could not be looked up"
        found.append(_of_summary(row, summaries.get(_number(row)), retracted=_retracted(twin), note=note))
    return found


def _summaries(db: str, numbers: Sequence[str], polite: Polite, eutils: str) -> dict[str, _Summary]:
    params = {"db": db, "id": ",".join(numbers), "retmode": "json", "tool": "navaid"}
    if polite.contact:
        params["email"] = polite.contact
    answer = polite.get(f"{eutils}/esummary.fcgi", params=params, pause_s=_PAUSE_S, most_bytes=MOST_JSON)
    if answer.status in NOT_FOUND:  # the service, not the article
        raise SourceUnavailable(f"{urlsplit(answer.url).netloc} answered with status {answer.status}")
    result = decoded(answer, _Summaries).result
    summaries = {}
    for number in numbers:
        if number in result:
            try:
                summaries[number] = msgspec.json.decode(result[number], type=_Summary)
            except msgspec.DecodeError:
                continue  # of another form: for this one nobody could look
    return summaries


def _of_summary(row: SourceRow, summary: _Summary | None, *, retracted: str, note: str = "") -> Resolved:
    if summary is None:
        return Resolved(source=row.id, outcome=Outcome.COULD_NOT_LOOK, note="NCBI sent no summary for it")
    if "cannot get document summary" in summary.error:  # how NCBI says that there is no such article
        return Resolved(source=row.id, outcome=Outcome.GONE, note="NCBI has no article of this number")
    if summary.error:
        return Resolved(source=row.id, outcome=Outcome.COULD_NOT_LOOK, note=titles.plain(summary.error)[:200])
    return judged(row, [summary.title], retracted=retracted, note=note)


def _retracted(summary: _Summary | None) -> str:
    return "PubMed marks it as retracted" if summary and "Retracted Publication" in summary.pubtype else ""


def _number(row: SourceRow) -> str:
    return row.id.partition(":")[2].removeprefix("PMC")
