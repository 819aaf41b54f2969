"""What the rest of Navaid knows of a language model: messages in, text out. The text is only ever text.

`OpenAIChat` (openai_compatible.py) is the one implementation that calls a server; anything with these two
methods will do, such as a function in a test.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from navaid.models.watch import Cancel
from navaid.terms import Record

__all__ = ["Cancel", "ChatModel", "Finish", "Message", "Reply", "Role", "Schema"]

Schema = dict[str, Any]
"""A JSON schema, of the keywords that `schema.py` knows."""


class Role(enum.StrEnum):
    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


class Message(Record, frozen=True):
    role: Role
    content: str


class Finish(enum.StrEnum):
    """Why the model stopped. `LENGTH`: the limit of tokens cut it off; `OTHER`: the server gave no known reason."""

    STOP = "stop"
    LENGTH = "length"
    OTHER = "other"


class Reply(Record, frozen=True):
    """What a model answered and what it took.

    `value` is the JSON in the text where a schema was asked for; it is checked against the schema. Token
    counts are the server's own, None where it gives none. `cost` is in `currency`, None without prices.
    """

    text: str
    model: str
    seconds: float
    finish: Finish = Finish.STOP
    tokens_in: int | None = None
    tokens_out: int | None = None
    cost: float | None = None
    currency: str = ""
    value: Any = None


class ChatModel(Protocol):
    """A language model. Every failure is a `ModelUnavailable` that holds neither prompt nor key."""

    name: str

    def complete(
        self, messages: Sequence[Message], *, schema: Schema | None = None, max_tokens: int, cancel: Cancel = None
    ) -> Reply:
        """The whole reply. With a schema, its `value` follows the schema, else ReplyUnusable is raised."""

    def stream(self, messages: Sequence[Message], *, max_tokens: int, cancel: Cancel = None) -> Iterator[str]:
        """The reply in pieces. What came before an error is no reply: throw it away."""
