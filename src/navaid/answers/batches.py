"""Sentences go to a language model in small batches, each with an id, and one sentence comes back for each id.

A model composes nothing here: its reply names one of the ids sent and gives one sentence. What it says of another
id, of one id twice, or in any other form, is passed over. No failure of a model leaves this room; it is told in `Told`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from navaid.answers.render.safe import line
from navaid.errors import CallCancelled, ContextTooLong, ModelUnavailable, ReplyUnusable
from navaid.models.chat import Cancel, ChatModel, Message, Reply, Role, Schema
from navaid.models.endpoint import Endpoint
from navaid.tables import load as load_table
from navaid.terms import encode

_TABLE = Path(__file__).parent / "tables" / "prompts.yaml"
_GIVE_UP = 3  # replies in a row that cannot be used: this model will not learn it on this page
_TOKENS_A_SENTENCE = 60  # for the JSON around a sentence, and the room that plainer words take
_CHARACTERS_A_TOKEN = 2  # of English there are 4 to 5, of other languages and scripts fewer

OnBatch = Callable[[int, int], None]
"""Called with how many sentences are through, and of how many."""


def quiet(done: int, total: int) -> None:
    """The `OnBatch` that says nothing."""


class Call:
    """One call: the ids of its sentences in order, and what is sent."""

    def __init__(self, prompt: str, batch: Mapping[str, str]) -> None:
        self.ids = {f"s{n}": id_ for n, id_ in enumerate(batch, 1)}
        data = [{"id": short, "text": line(batch[id_])} for short, id_ in self.ids.items()]
        # "<" goes as an escape, so that no sentence can end the data before they end.
        shown = encode(data).decode().replace("<", "\\u003c")
        self.messages = (
            Message(role=Role.SYSTEM, content=prompt),
            Message(role=Role.USER, content=f"<data>\n{shown}\n</data>"),
        )
        characters = sum(len(text) for text in batch.values())
        self.max_tokens = characters // _CHARACTERS_A_TOKEN + _TOKENS_A_SENTENCE * len(batch)

    @property
    def schema(self) -> Schema:
        """One sentence and one citation out of the ids sent, as often as there are ids."""
        cited = {"cite": {"type": "string", "enum": list(self.ids)}, "text": {"type": "string"}}
        item = {"type": "object", "properties": cited, "required": ["cite", "text"], "additionalProperties": False}
        return {
            "type": "object",
            "properties": {"sentences": {"type": "array", "items": item, "maxItems": 2 * len(self.ids)}},
            "required": ["sentences"],
            "additionalProperties": False,
        }

    def read(self, value: Any) -> dict[str, str]:
        """The sentences by the ids of the caller: each id that was cited once, with a text."""
        items = value.get("sentences") if isinstance(value, dict) else None
        found = [
            (item["cite"], item["text"])
            for item in (items if isinstance(items, list) else [])
            if isinstance(item, dict) and isinstance(item.get("cite"), str) and isinstance(item.get("text"), str)
        ]
        times = Counter(cite for cite, _ in found)
        return {self.ids[cite]: text for cite, text in found if times[cite] == 1 and cite in self.ids}


@dataclass
class Told:
    """What a model made of sentences: `texts` by id, raw and not yet judged, and what it took."""

    sent: int = 0
    texts: dict[str, str] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    calls: int = 0

    def failed(self, error: ModelUnavailable) -> None:
        if error.what not in self.failures:
            self.failures.append(error.what)


def away(model: ChatModel) -> bool:
    """Whether what the model gets leaves this machine, as far as its address tells."""
    endpoint = getattr(model, "endpoint", None)
    return isinstance(endpoint, Endpoint) and endpoint.leaves


def prompt(task: str, **named: str) -> str:
    """The prompt of a task, its names in braces filled in."""
    text = _prompts()[task]
    for name, value in named.items():
        text = text.replace("{" + name + "}", value)
    return text


def calls(prompt: str, sentences: Mapping[str, str], size: int) -> Iterator[tuple[Call, dict[str, str]]]:
    """The calls that sentences make, in order, each with its own sentences."""
    ids = list(sentences)
    for at in range(0, len(ids), max(1, size)):
        batch = {id_: sentences[id_] for id_ in ids[at : at + max(1, size)]}
        yield Call(prompt, batch), batch


def send(
    model: ChatModel,
    prompt: str,
    sentences: Mapping[str, str],
    *,
    size: int,
    cancel: Cancel = None,
    on_batch: OnBatch = quiet,
) -> Told:
    """What the model made of each sentence. Raises nothing but what is no fault of a model."""
    told = Told(sent=len(sentences))
    unusable = done = 0
    for call, batch in calls(prompt, sentences, size):
        waiting = [call]
        while waiting:
            now = waiting.pop(0)
            try:
                told.calls += 1
                reply = model.complete(now.messages, schema=now.schema, max_tokens=now.max_tokens, cancel=cancel)
            except (ReplyUnusable, ContextTooLong) as error:
                if len(now.ids) > 1:  # a small model may manage one at a time what it cannot do for four
                    waiting += [Call(prompt, {id_: batch[id_]}) for id_ in now.ids.values()]
                    continue
                told.failed(error)
                unusable += 1
                if unusable == _GIVE_UP:
                    return told
            except CallCancelled as error:
                told.failed(error)
                return told
            except ModelUnavailable as error:  # no connection, no key, no time: the next call would meet the same
                told.failed(error)
                return told
            else:
                unusable = 0
                told.replies.append(reply)
                told.texts |= now.read(reply.value)
        done += len(batch)
        on_batch(done, len(sentences))
    return told


@cache
def _prompts() -> dict[str, str]:
    table: dict[str, str] = load_table(_TABLE.read_text(encoding="utf-8"))
    return table
