"""An answer in plainer words, where a language model is set and may be used: asked for by the person, made as a job."""

from __future__ import annotations

from navaid import config, journeys
from navaid.errors import BadInput, NavaidError
from navaid.models import consent
from navaid.models.openai_compatible import OpenAIChat
from navaid.serve.web import answering, work
from navaid.serve.web.here import Here
from navaid.serve.web.jobs import Job
from navaid.serve.wish import chosen


def model(here: Here, found: answering.Found) -> OpenAIChat | None:
    """The model that may be asked; None where there is none, or where the person has not agreed to send to it.

    Which sentences are on a page that was made from papers tells of the person: those go to no other machine.
    """
    settings = here.desk.settings
    if settings.chat == "off" or here.desk.accounts is not None or found.asked is None or found.asked.plain:
        return None
    try:
        made = chosen(config.load())
    except NavaidError:
        return None
    if isinstance(made, str):
        return None
    if made.endpoint.leaves and (found.profile or not consent.given(settings.home_path, made.endpoint.destination)):
        return None
    return made


def begin(here: Here, found: answering.Found) -> Job:
    """The job that puts it in plainer words. Raises BadInput where no model may be asked."""
    asked, chat = found.asked, model(here, found)
    if chat is None or asked is None:
        raise BadInput("no language model may be asked", where="this page", fix="see “Language model” in the settings")
    answer, size = answering.answer(here, found), here.desk.settings.chat_batch

    def do(job: Job) -> work.Done:
        job.tell(now="Putting sentences in plainer words")
        asked.plain = journeys.in_other_words(
            answer, chat, plain=True, size=size, on_batch=lambda done, of: job.tell(done=done, of=of)
        )
        one = asked.plain.rewordings[-1]
        told = f"{one.accepted} of {one.sent} sentences are in plainer words now; each of them matches its source."
        return work.Done((told,), f"/answers/{asked.id}?words=plain", "Read it", one.failures)

    return work.begin(here, "Putting the answer in plainer words", do, own=True)
