"""What `ask --plain` and `--language` wish for: a model is found, a person agrees, and what it took is told."""

from __future__ import annotations

import sys

import typer

from navaid import config, journeys
from navaid.errors import ModelUnavailable
from navaid.journeys import Explain, silent
from navaid.models import consent, find
from navaid.models.consent import Sending
from navaid.models.openai_compatible import OpenAIChat
from navaid.terms import Answer, Record, Rewording, TriageClass

SENDING = Sending(purpose="put sentences of the library in other words")
_AT_ONCE = (TriageClass.EMERGENCY_NOW, TriageClass.URGENT_SAME_DAY, TriageClass.CRISIS)


class Wish(Record, frozen=True):
    """Other words for an answer: plainer ones, another language, both or none."""

    plain: bool = False
    language: str = "en"

    def fulfil(self, answer: Answer, *, explain: Explain = silent, ask: bool = True) -> Answer:
        """The answer as wished, as far as the model's words match their sources.

        What must come first is shown before any model is asked for anything. Raises ModelUnavailable where none is
        set, and BadInput for a code that is no language; a model that fails is told of on the page. With `ask` a
        person is asked before anything is sent to another machine.
        """
        if not self.plain and self.language == "en":
            return answer
        from navaid.answers.verify.lexicon import checked_code

        language = checked_code(self.language)
        if ask:
            _first(answer, language)
        settings = config.load()
        model = chosen(settings)
        if isinstance(model, str):
            return self._without(answer, model, language)
        if ask and not _agreed(model, answer, self.plain, language, settings):
            return self._without(answer, "you did not agree to send anything", language)
        try:
            done = journeys.in_other_words(
                answer,
                model,
                plain=self.plain,
                language=language,
                size=settings.chat_batch,
                explain=explain,
                on_batch=_progress if ask and sys.stderr.isatty() else lambda done, total: None,
            )
        except KeyboardInterrupt:
            return self._without(answer, "it was stopped", language)
        for one in done.rewordings if ask else ():
            typer.echo(told(one), err=True)
            if explain is not silent:
                _refusals(one)
        return done

    def _without(self, answer: Answer, reason: str, language: str) -> Answer:
        """The answer as it was, with the reason why."""
        from navaid.answers import fixed, shown

        task = "plain" if self.plain else "translate"
        one = Rewording(task=task, model="", language=language, sent=0, failures=(reason,))
        page = answer if language == "en" else fixed.page(answer, language)
        return shown.changed(page, {}, one)


def chosen(settings: config.Settings) -> OpenAIChat | str:
    """The model in force, or why it cannot be had now. Raises ModelUnavailable where none is set."""
    try:
        model = find.chat_model(settings, SENDING)
    except ModelUnavailable as error:
        return error.what
    if model is None:
        raise ModelUnavailable(
            "plainer words and other languages need a language model, and none is set",
            where="the setting `chat`",
            fix="set NAVAID_CHAT=auto for one of Ollama on this machine, or see docs/models.md; "
            "without --plain and --language no model is needed",
        )
    return model


def told(one: Rewording) -> str:
    """What a pass of a model came to and what it took, in a line."""
    parts = [f"{one.sent} sentences in {one.calls} calls", f"{one.accepted} match their source and are shown"]
    parts += [f"{len(one.refused)} refused"] if one.refused else []
    parts += [f"{one.same} unchanged"] if one.same else []
    if one.tokens_in is not None and one.tokens_out is not None:
        parts.append(f"{one.tokens_in:,} tokens sent, {one.tokens_out:,} received")
    parts += [f"cost {one.cost:.4f} {one.currency}"] if one.cost is not None else []
    parts += [f"{one.seconds:.0f} s", *(f"stopped: {reason}" for reason in one.failures)]
    parts += ["--quotes shows the sentences before"] if one.accepted else []
    name = {"plain": "plainer words", "translate": f"language {one.language}"}[one.task]
    return f"{name} by {one.model}: {'; '.join(parts)}"


def _first(answer: Answer, language: str) -> None:
    """What must come first, at once: a model may take minutes."""
    if answer.triage.class_ not in _AT_ONCE:
        return
    from navaid.answers import fixed
    from navaid.answers.render.words import words

    typer.echo(words(language).first[answer.triage.class_].upper(), err=True)
    typer.echo(fixed.first(answer.triage, language).message + "\n", err=True)


def _agreed(model: OpenAIChat, answer: Answer, plain: bool, language: str, settings: config.Settings) -> bool:
    """Whether the sentences may go to the model: it is on this machine, was agreed to, or is agreed to now."""
    where = model.endpoint.destination
    if not model.endpoint.leaves or consent.given(settings.home_path, where):
        return True
    if not _somebody_is_there():
        return True  # nobody is there to be asked: the gate holds the call back, and the page says so
    from navaid.answers import translate

    preview = translate.preview(model, answer, plain=plain, language=language, size=settings.chat_batch)
    if preview is None:
        return True
    typer.echo(preview.words, err=True)
    typer.echo("\nThe page's other sentences would follow in the same way. Your question is not sent.", err=True)
    if not typer.confirm(f"Send to {where}, now and from now on?", default=False, err=True):
        return False
    consent.give(settings.home_path, where)
    return True


def _somebody_is_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _refusals(one: Rewording) -> None:
    for refused in one.refused:
        typer.echo(f"refused for {refused.claim}: {refused.text}", err=True)
        for rule in refused.rules:
            typer.echo(f"  {rule.rule}: source {rule.source or '-'} | model {rule.rewrite or '-'}", err=True)


def _progress(done: int, total: int) -> None:
    typer.echo(f"\r{done} of {total} sentences", nl=done >= total, err=True)
