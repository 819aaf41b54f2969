"""A page in another language, each sentence by itself, by a language model that may bend nothing: `translate`.

Each translation must pass the tables of its language (`verify/translation.py`). Then the model is given the translation
alone and turns it back into English, and that must be a sentence which `judge` accepts against the source. What fails
is shown in English and marked. The words around the sentences are written by people (`fixed.py`).
"""

from __future__ import annotations

from msgspec.structs import replace

from navaid.answers import batches, fixed, shown
from navaid.answers.batches import OnBatch, Told
from navaid.answers.render.safe import line
from navaid.answers.rewrite import against, spoilt, texts, took
from navaid.answers.verify import translation
from navaid.answers.verify.lexicon import called, checked_code, lexicon
from navaid.answers.verify.pairing import Pair
from navaid.answers.verify.rewrite import Contradicts
from navaid.models.chat import Cancel, ChatModel
from navaid.models.consent import Preview
from navaid.models.openai_compatible import OpenAIChat
from navaid.terms import Answer, Broken, Claim, Refused

_LITERAL = 0.55  # of the words that carry meaning, how many must come back, and be of the source
_BY_TABLES = ("translated: form", "translated: numbers, names and words by tables", "translated: back to English")
_WITHOUT = ("translated: form", "translated: digits and names", "translated: back to English")


def translate(
    answer: Answer,
    model: ChatModel,
    language: str,
    *,
    size: int = 4,
    contradicts: Contradicts | None = None,
    cancel: Cancel = None,
    on_batch: OnBatch = batches.quiet,
) -> Answer:
    """The page in a language, each sentence that did not pass in English. Raises BadInput for what is no language."""
    language = checked_code(language)
    if language.partition("-")[0] == "en":
        return answer
    page = fixed.page(answer, language)
    chosen, not_sent = shown.changeable(answer, nearest=True, away=batches.away(model))
    there = batches.send(model, asked(language), texts(chosen), size=size, cancel=cancel, on_batch=on_batch)
    given = {id_: text for id_, text in there.texts.items() if id_ in chosen}
    rules = {id_: broken(chosen[id_].text, text, language) for id_, text in given.items()}
    passed = {id_: given[id_] for id_, found in rules.items() if not found}
    back = batches.send(
        model, batches.prompt("back", language=called(language)), passed, size=size, cancel=cancel, on_batch=on_batch
    )
    new: dict[str, Claim] = {}
    refused: list[Refused] = []
    for id_, text in given.items():
        claim = chosen[id_]
        found = rules[id_] or _back(claim, back.texts.get(id_), contradicts)
        if found:
            refused.append(Refused(claim=id_, text=line(text), rules=found))
        else:
            new[id_] = replace(claim, text=line(text), original=claim.original or claim.text, language=language)
    table = lexicon(language) is not None
    done = replace(
        took(_both(there, back), model, "translate", language),
        sent=len(chosen),
        accepted=len(new),
        not_sent=not_sent,
        refused=tuple(refused),
        checks=_BY_TABLES if table else _WITHOUT,
        weaker=not table,
    )
    return shown.changed(page, _stepped(page, new), done)


def asked(language: str) -> str:
    """The prompt for a language."""
    table = lexicon(language)
    return batches.prompt("translate", language=called(language), register=table.register if table else "")


def broken(source: str, text: str, language: str) -> tuple[Broken, ...]:
    """The rules that a translation breaks before it is turned back. A fault in one of them rejects too."""
    try:
        if line(text) == line(source):
            return (Broken(rule="language", rewrite="left as it was"),)
        return spoilt(source, text) or translation.check(source, text, language)
    except Exception as error:  # it fails closed: whatever a rule trips over, the sentence stays in English
        return (Broken(rule="error", rewrite=type(error).__name__),)


def _back(claim: Claim, back: str | None, contradicts: Contradicts | None) -> tuple[Broken, ...]:
    """Broken where the translation, turned back, does not match the sentence that has the source."""
    if back is None:
        return (Broken(rule="back to English", rewrite="no answer"),)
    source = claim.original or claim.text
    return returned(source, back, contradicts) if line(back) != claim.text else ()


def returned(source: str, back: str, contradicts: Contradicts | None = None) -> tuple[Broken, ...]:
    """The rules that a sentence breaks which came back to English; the source itself breaks none."""
    if line(back) == line(source):
        return ()
    found = against(source, back, contradicts) or _far(source, back)
    return tuple(replace(one, rule=f"back to English: {one.rule}") for one in found)


def _far(source: str, back: str) -> tuple[Broken, ...]:
    """Broken where too little came back: a way back is asked for word by word, so it may stray less than a rewrite."""
    pair = Pair(source, back)
    for sentence, (there, gone) in (
        (pair.source, pair.kept(pair.source.content)),
        (pair.rewrite, pair.supported(pair.rewrite.content)),
    ):
        if gone and len(there) < _LITERAL * (len(there) + len(gone)):
            lost = " ".join(sentence.words[place].raw for place in gone)
            words = {"source": lost} if sentence is pair.source else {"rewrite": lost}
            return (Broken(rule="wording", **words),)
    return ()


def _both(there: Told, back: Told) -> Told:
    failures = list(dict.fromkeys([*there.failures, *back.failures]))
    return Told(
        sent=there.sent, failures=failures, replies=[*there.replies, *back.replies], calls=there.calls + back.calls
    )


def _stepped(page: Answer, new: dict[str, Claim]) -> dict[str, Claim]:
    """The new claims with the names of their stages as the page has them."""
    own = shown.claims(page)
    return {id_: replace(claim, step=own[id_].step) for id_, claim in new.items()}


def preview(model: OpenAIChat, answer: Answer, *, plain: bool, language: str, size: int) -> Preview | None:
    """The first call that an answer in other words would make, to be shown before it is; None if it stays here."""
    chosen, _ = shown.changeable(answer, nearest=not plain, away=batches.away(model))
    prompt = batches.prompt("plain") if plain else asked(language)
    first = next(batches.calls(prompt, texts(chosen), size), None)
    if first is None:
        return None
    call = first[0]
    return model.preview(call.messages, schema=call.schema, max_tokens=call.max_tokens)
