"""What the pages say, in one place: verdicts, labels, how old the data are."""

from __future__ import annotations

from navaid.starter.trials import TrialFact
from navaid.terms import CriterionType, Date, Fit, Judgement, Label, Match, Study
from navaid.trials.find.tags import antigens, cell_therapies, kinds
from navaid.trials.registry_words import age_words, phase_words, status_words

REFRESH = "navaid trials sync"
NOTICE = (
    "Navaid compared words: it reads papers and records, and can be wrong in both. "
    "Only the study's own team can say whether somebody can join, and you and your doctors whether it is right for you."
)
FACTS = (
    "Not live records: facts that come with Navaid, each as of the day it names. "
    "Fetch the records to know what is so now."
)
NOTHING_HELD = (
    "No studies are kept on this machine yet, so none were looked through: this says nothing about which studies exist."
)
_OLD_DAYS = 60

_LABELS = {
    (CriterionType.INCLUSION, Label.MET): "fulfilled",
    (CriterionType.INCLUSION, Label.NOT_MET): "not fulfilled",
    (CriterionType.INCLUSION, Label.UNKNOWN): "not known",
    (CriterionType.EXCLUSION, Label.MET): "applies, which speaks against joining",
    (CriterionType.EXCLUSION, Label.NOT_MET): "does not apply",
    (CriterionType.EXCLUSION, Label.UNKNOWN): "not known",
}
_TYPES = {CriterionType.INCLUSION: "asked for", CriterionType.EXCLUSION: "must not be"}


def label(judgement: Judgement) -> str:
    """What is known of a statement."""
    return _LABELS[judgement.criterion.type, judgement.label]


def kind(judgement: Judgement) -> str:
    """Whether the study asks for it or leaves people out for it."""
    return _TYPES[judgement.criterion.type]


def verdict(match: Match) -> str:
    """What all statements together say."""
    if not match.judgements:
        return "Could not be checked: the record has no text that says who may join."
    if match.verdict is Fit.DOES_NOT_FIT:
        count = len(match.decisive)
        speak = "One statement speaks" if count == 1 else f"{count} statements speak"
        again = "papers can be out of date or misread, so your team can look at it again"
        return f"Does not seem to fit. {speak} against it; {again}."
    if match.verdict is Fit.MAY_FIT:
        missing = "one answer is" if match.unknown == 1 else f"{match.unknown} answers are"
        return f"May fit. Nothing known speaks against it; {missing} missing."
    return "Seems to fit. All statements are fulfilled as far as your papers say."


def what(study: Study) -> str:
    """Kind of cell therapy, phase, status, and who may join by age and sex, in one line."""
    cells = [kinds()[id_].short for id_ in cell_therapies(study)]
    parts = [*cells, phase_words(study.phases), status_words(study.overall_status), age_words(study)]
    return " · ".join(filter(None, parts))


def age(study: Study, today: Date) -> str:
    """How old the data are: the registry's day and ours."""
    posted = (
        f"posted by the registry on {study.updated}" if study.updated else "the record does not say when it was posted"
    )
    seen = f"seen by Navaid on {study.seen}" if study.seen else "seen now"
    old = (today - study.seen).days if study.seen else 0
    return f"Data: {posted}; {seen}" + (f", {old} days ago: it may have changed since" if old > _OLD_DAYS else "") + "."


def fact_line(fact: TrialFact) -> str:
    """Phase, status with its day, kind and target of a row of the embedded table."""
    cells = [kinds()[id_].short for id_ in fact.cells if id_ in kinds()]
    targets = [antigens()[id_].name for id_ in fact.targets if id_ in antigens()]
    status = f"{status_words(fact.status)} (as of {fact.as_of})" if fact.status else "status not seen"
    target = f"target {' and '.join(targets)}" if targets else ""
    return " · ".join(filter(None, (*cells, target, phase_words(fact.phases), status)))


def registry_link(nct_id: str) -> str:
    """The study's page at the registry."""
    return f"https://clinicaltrials.gov/study/{nct_id}"
