"""What a program sends, part by part; whatever else is sent is an error, so that no misspelled name goes unseen."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from navaid.answers.plan import MAX_CHARACTERS
from navaid.serve.evidence import MOST
from navaid.serve.trials_wanted import MOST_ABOUT, Asked

Words = Annotated[str, Field(min_length=1, max_length=MAX_CHARACTERS)]
Short = Annotated[str, Field(max_length=200)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Whose = Annotated[str, Field(min_length=1, max_length=60, description="A person whose records are open.")]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class AskBody(Body):
    question: Words
    profile: Annotated[
        Whose | None, Field(description="Answer from this person's papers; needs a session of records.")
    ] = None
    keep: Annotated[bool, Field(description="Keep the answer with this person's papers.")] = False


class SearchBody(Body):
    query: Words
    limit: Annotated[int, Field(ge=1, le=MOST)] = 20


class TriageBody(Body):
    text: Annotated[str, Field(min_length=1, max_length=20_000)]
    country: Annotated[str | None, Field(pattern="^[A-Za-z]{2}$", description="For help lines.")] = None


class VerifyBody(Body):
    source: Annotated[str, Field(min_length=1, max_length=2_000)]
    rewrite: Annotated[str, Field(min_length=1, max_length=2_000)]


class SituationBody(Body):
    situation: Words


class FindTrialsBody(Body):
    words: Short = ""
    drug: Short = ""
    target: Short = ""
    phases: Annotated[list[Short], Field(max_length=10, description="1, 2, 3, 4, early 1 or NA.")] = []
    statuses: Annotated[list[Short], Field(max_length=20, description="open, any, or a status of the registry.")] = []
    near: Annotated[Short, Field(description="A city, or LAT,LON. Looked up on this machine.")] = ""
    within_km: Annotated[float | None, Field(ge=0, le=20_100)] = None
    limit: Annotated[int, Field(ge=1, le=1000)] = 20
    about: Annotated[
        str | None, Field(max_length=MOST_ABOUT, description="A few words about somebody, to hold studies against.")
    ] = None
    profile: Annotated[Whose | None, Field(description="Hold studies against this person's papers instead.")] = None

    @property
    def asked(self) -> Asked:
        return Asked(
            words=self.words,
            drug=self.drug,
            target=self.target,
            phases=tuple(self.phases),
            statuses=tuple(self.statuses),
            near=self.near,
            within_km=self.within_km,
        )


class CheckTrialBody(Body):
    about: Annotated[str | None, Field(max_length=MOST_ABOUT)] = None
    profile: Whose | None = None
    keep: Annotated[
        bool, Field(description="Keep it with this person's papers; a new paper then says if it changes.")
    ] = False


class OpenRecordsBody(BaseModel):
    """A passphrase, or the text of a key file; where several people have accounts, also the account's name."""

    model_config = ConfigDict(extra="forbid")
    passphrase: Annotated[str | None, Field(max_length=1000)] = None
    key_file: Annotated[str | None, Field(max_length=1000)] = None
    account: Annotated[str, Field(max_length=60)] = ""


class ConfirmBody(Body):
    value: Annotated[str | None, Field(max_length=200, description="Which one, where there are several.")] = None
    side: Literal["", "left", "right"] = ""


class CorrectBody(Body):
    value: Name
    side: Literal["", "left", "right"] = ""


class KeepBody(Body):
    keep: Annotated[bool, Field(description="True keeps the file among the papers, false forgets it.")]


class PrepareBody(Body):
    day: Annotated[dt.date | None, Field(description="The day of the visit.")] = None
    anew: Annotated[bool, Field(description="Without what was changed in the plan before.")] = False


class QuestionBody(Body):
    text: Annotated[str, Field(min_length=1, max_length=1_000)]


class ItemBody(Body):
    """What becomes of a question of the plan; parts that are left out stay as they are."""

    text: Annotated[str | None, Field(min_length=1, max_length=1_000)] = None
    to: Annotated[int | None, Field(ge=1, le=10_000, description="The number that it gets.")] = None
    done: Annotated[bool | None, Field(description="Whether it has been asked.")] = None


class NoteBody(Body):
    text: Annotated[str, Field(max_length=2_000)]
