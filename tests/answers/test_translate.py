"""A translated page: each sentence passed the tables and came back to English, or stands in English and says so."""

from __future__ import annotations

import string

import msgspec
import pytest
from tests.answers.pairs import SPANISH, SPANISH_BENT
from tests.answers.spanish import CLAIMS
from tests.answers.test_render_samples import COMPARISON
from tests.answers.wording import data, in_form, model, page, shown
from tests.models import scripted
from tests.models.conftest import real  # noqa: F401  a fixture
from tests.models.scripted import Behaviour, Server

from navaid.answers import fixed, translate
from navaid.answers.render import render
from navaid.answers.render.words import words
from navaid.answers.triage import triage
from navaid.answers.triage.tables import tables as triage_tables
from navaid.answers.verify import names
from navaid.answers.verify.figures import digits, figures
from navaid.answers.verify.lexicon import checked_code, fold, lexicon
from navaid.answers.verify.lexicon import words as split
from navaid.answers.verify.rewrite import judge
from navaid.answers.verify.translation import check
from navaid.errors import BadInput
from navaid.models.endpoint import Endpoint
from navaid.models.openai_compatible import OpenAIChat
from navaid.models.wire import Limits
from navaid.terms import Answer, TriageClass, decode, encode

SENTENCES = [source for source, _, _ in SPANISH[:6]]
THERE = {source: text for source, text, _ in SPANISH}
BACK = {text: back for _, text, back in SPANISH}


def reply(there: dict[str, str], back: dict[str, str]):  # type: ignore[no-untyped-def]
    """A model that translates by tables; a sentence that is in none comes back as it was."""

    def say(messages: list[dict[str, str]]) -> str:
        table = back if "into English" in messages[0]["content"] else there
        return in_form([(one["id"], table.get(one["text"], one["text"])) for one in data(messages)])

    return say


@pytest.fixture
def server():  # type: ignore[no-untyped-def]
    with scripted.serve(reply(THERE, BACK)) as one:
        yield one


def safe(before: Answer, after: Answer) -> None:
    """Every sentence is in English as it was, or passed its tables."""
    for old, new in zip(before.claims, after.claims, strict=True):
        if new.language == "en":
            assert new.text == old.text
        else:
            assert new.original == old.text
            assert check(old.text, new.text, new.language) == ()
        assert new.citations == old.citations
    for format in ("terminal", "markdown", "html", "json"):
        assert render(after, format)


# --------------------------------------------------------------------------- faithful


def test_a_page_in_spanish(server: Server) -> None:
    before = page(SENTENCES)
    after = translate.translate(before, model(server), "es")
    safe(before, after)
    (told,) = after.rewordings
    assert told.accepted == len(SENTENCES), told.refused
    assert told.calls == 4
    assert not told.weaker
    assert shown(after) == [THERE[one] for one in SENTENCES]
    assert decode(encode(after), Answer) == after
    flat = " ".join(render(after, "terminal", width=300, quotes=True).split())
    for part in ("Usted preguntó", "En pocas palabras", "coincide con su fuente", "Navaid informa", "Fuentes"):
        assert part in flat
    assert f"La frase en inglés: {SENTENCES[0]}" in flat
    html = render(after, "html")
    assert '<html lang="es">' in html
    assert after.grade is None


def test_the_translator_is_not_shown_the_question_nor_the_way_back_the_source(server: Server) -> None:
    translate.translate(page(SENTENCES), model(server), "es")
    for call in server.calls:
        body = call.body.decode()
        assert "Quill" not in body
        assert "23 mm" not in body
    last = server.calls[-1].json["messages"]
    assert "into English" in last[0]["content"]
    assert {one["text"] for one in data(last)} <= set(BACK)


@pytest.mark.parametrize(("source", "text", "back"), SPANISH, ids=[text[:30] for _, text, _ in SPANISH])
def test_faithful_spanish_passes_the_tables(source: str, text: str, back: str) -> None:
    assert check(source, text, "es") == ()
    assert judge(source, back).accepted or back == source


def test_faithful_spanish_of_our_own_claims_mostly_passes() -> None:
    """A floor. When first tried, 24 of the first 32 passed, then, with the tables mended, 21 of the other 25."""
    passed = [check(source, text, "es") == () for source, text in CLAIMS]
    assert sum(passed) / len(passed) >= 0.9


# --------------------------------------------------------------------------- unfaithful


@pytest.mark.parametrize(("kind", "source", "text"), SPANISH_BENT, ids=[kind for kind, _, _ in SPANISH_BENT])
def test_bent_spanish_stays_english_and_is_marked(server: Server, kind: str, source: str, text: str) -> None:
    server.reply = reply({**THERE, source: text}, {**BACK, text: source})  # the way back hides it
    before = page([SENTENCES[0], source])
    after = translate.translate(before, model(server), "es")
    safe(before, after)
    assert shown(after) == [THERE[SENTENCES[0]], source]
    assert [claim.language for claim in after.claims] == ["es", "en"]
    (refused,) = after.rewordings[0].refused
    assert refused.rules[0].rule
    assert "(sin traducir)" in render(after, "terminal", width=300)
    assert f'<p lang="en" dir="auto">{source}</p>' in render(after, "html").replace("&#39;", "'")


def test_what_tables_cannot_see_is_caught_on_the_way_back(server: Server) -> None:
    source, bent = "The drug can cause swollen ankles.", "El medicamento puede causar manchas en la piel."
    assert check(source, bent, "es") == ()
    server.reply = reply({source: bent}, {bent: "The drug can cause spots on the skin."})
    after = translate.translate(page([source]), model(server), "es")
    assert shown(after) == [source]
    assert after.rewordings[0].refused[0].rules[0].rule.startswith("back to English: ")


def test_a_translation_without_a_way_back_stays_english(server: Server) -> None:
    def mute(messages: list[dict[str, str]]) -> str:
        return in_form([]) if "into English" in messages[0]["content"] else reply(THERE, BACK)(messages)

    server.reply = mute
    after = translate.translate(page(SENTENCES), model(server), "es")
    assert shown(after) == SENTENCES
    assert after.rewordings[0].refused[0].rules[0].rewrite == "no answer"


@pytest.mark.parametrize(
    "behaviour",
    [
        scripted.status(401),
        scripted.status(429, {"Retry-After": "900"}),
        scripted.status(500),
        scripted.hang_up,
        scripted.says("¡Claro!"),
        scripted.says('{"sentences": [{"cite": "s7", "text": "Nada."}]}'),
        scripted.cut(scripted.completion(in_form([("s1", "A")])), 40),
    ],
)
def test_no_failure_costs_the_page(server: Server, behaviour: Behaviour) -> None:
    server.always(behaviour)
    before = page(SENTENCES)
    after = translate.translate(before, model(server), "es")
    safe(before, after)
    assert shown(after) == SENTENCES
    assert after.rewordings[0].failures
    assert "no se pudo usar hasta el final" in " ".join(render(after, "terminal").split())


def test_a_failure_on_the_way_back_shows_nothing_unchecked(server: Server) -> None:
    server.then(scripted.well, scripted.well, scripted.well, scripted.status(401))
    after = translate.translate(page(SENTENCES), model(server), "es")
    assert shown(after) == [*(THERE[one] for one in SENTENCES[:4]), *SENTENCES[4:]]


# --------------------------------------------------------------------------- a language without a table


def test_another_language_is_checked_less_and_the_page_says_so(server: Server) -> None:
    source = "Tamoxifen was given to 244 women with a BRCA1 mutation for 5 years."
    french = "Le tamoxifène a été donné à 244 femmes avec une mutation BRCA1 pendant 5 ans."
    server.reply = reply({source: french}, {french: source})
    after = translate.translate(page([source]), model(server), "fr")
    assert shown(after) == [french]
    assert after.rewordings[0].weaker
    assert words().top.weaker[:40] in " ".join(render(after, "terminal", width=300).split())
    assert f'<p lang="fr" dir="auto">{french}</p>' in render(after, "html")


@pytest.mark.parametrize(
    "bent",
    [
        "Le tamoxifène a été donné à 224 femmes avec une mutation BRCA1 pendant 5 ans.",
        "Le tamoxifène a été donné à 244 femmes avec une mutation BRCA2 pendant 5 ans.",
        "Le létrozole a été donné à 244 femmes avec une mutation BRCA1 pendant 5 ans.",
        "Le tamoxifène a été donné à 244 femmes avec une mutation BRCA1.",
        "Tamoxifen was given to 244 women with a BRCA1 mutation for 5 years.",
        "Tamoxifen was given to the 244 women that have a BRCA1 mutation for 5 years.",
    ],
)
def test_another_language_still_keeps_numbers_and_names(bent: str) -> None:
    source = "Tamoxifen was given to 244 women with a BRCA1 mutation for 5 years."
    assert translate.broken(source, bent, "fr")


def test_digits_of_other_scripts_are_digits() -> None:
    source = "It was given to 244 women with a BRCA1 mutation."
    assert check(source, "यह BRCA1 उत्परिवर्तन वाली २४४ महिलाओं को दी गई।", "hi") == ()
    assert check(source, "यह BRCA1 उत्परिवर्तन वाली २४ महिलाओं को दी गई।", "hi")[0].rule == "number"
    assert check(source, "أُعطي لعدد ٢٤٤ امرأة لديهن طفرة BRCA1.", "ar") == ()


def test_no_language_is_an_error_and_english_is_none_to_translate(server: Server) -> None:
    for code in ("../../etc", "e", "Spanish!", "es;rm", ""):
        with pytest.raises(BadInput):
            translate.translate(page(SENTENCES), model(server), code)
    before = page(SENTENCES)
    assert translate.translate(before, model(server), "EN") == before
    assert server.calls == []
    assert checked_code("ES_mx") == "es-MX"


# --------------------------------------------------------------------------- the words around


def test_messages_that_come_first_are_in_spanish_with_the_same_numbers_to_call() -> None:
    found = triage("I had chemo last week and my temperature is 38.4 C", "US")
    there = fixed.first(found, "es")
    assert there.class_ is TriageClass.URGENT_SAME_DAY
    assert "(911)" in there.message
    assert "38,0 °C" in there.message
    crisis = fixed.first(triage("I want to kill myself", "US"), "es")
    assert "llame o envíe un mensaje de texto al 988" in crisis.message
    assert "{" not in there.message + crisis.message


def test_every_spanish_message_fits_its_english_one() -> None:
    """Where this fails, read the English message again, mend the Spanish one, and set `of` to its new digest."""
    english = triage_tables().messages
    behind = {name: fixed.digest(english[name]) for name in fixed.stale("es")}
    assert behind == {}, "these are shown in English on a Spanish page"
    for name, message in fixed._messages("es").items():
        assert slots(english[name]) == slots(message.text)
        assert _high(english[name], "en") == _high(message.text, "es"), f"{name}: the numbers differ"


def _high(text: str, code: str) -> set[float]:
    """The numbers of a message that are no matter of style: temperatures and numbers to call."""
    table = lexicon(code)
    assert table is not None
    return {one.values[0] for one in figures(split(names.without(text)), table) if one.values[0] >= 20}


def slots(value: object) -> object:
    """The names in braces, in the shape of what holds them."""
    if isinstance(value, dict):
        return {key: slots(one) for key, one in value.items()}
    if isinstance(value, list):
        return [slots(one) for one in value]
    return sorted(name for _, name, _, _ in string.Formatter().parse(str(value)) if name)


def test_a_message_unknown_in_a_language_is_shown_in_english() -> None:
    found = triage("I had chemo last week and my temperature is 38.4 C")
    changed = type(found)(class_=found.class_, message="Call now, we changed this.", reason=found.reason)
    there = fixed.first(changed, "es").message
    assert there == "Este mensaje solo está en inglés:\nCall now, we changed this."
    assert fixed.first(found, "fr").message == found.message


def test_titles_and_reasons_have_spanish_words() -> None:
    assert fixed.has("es")
    table = fixed._table("words", "es")
    assert set(table["sections"]) == set(fixed._sections().values())
    assert len(fixed._beyond(table)) == len(table["beyond"])
    there = fixed.page(COMPARISON, "es")
    assert "Questions" not in " ".join(section.title for section in there.sections)


def test_spanish_labels_have_the_slots_of_the_english_ones() -> None:
    spanish, english = (slots(msgspec.to_builtins(words(code))) for code in ("es", "en"))
    assert spanish == english


# --------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("tamoxifen", "tamoxifeno"),
        ("letrozole", "letrozol"),
        ("doxorubicin", "doxorrubicina"),
        ("cyclophosphamide", "ciclofosfamida"),
        ("methotrexate", "metotrexato"),
        ("carboplatin", "carboplatino"),
        ("capecitabine", "capecitabina"),
        ("deruxtecan", "deruxtecán"),
        ("fluorouracil", "fluorouracilo"),
        ("dexamethasone", "dexametasona"),
    ],
)
def test_medicine_names_meet(english: str, spanish: str) -> None:
    assert fold(english) == fold(spanish)


@pytest.mark.parametrize(
    ("code", "text", "values"),
    [
        ("en", "two of 10 women", [(20.0, "percent")]),
        ("es", "dos de cada 10 mujeres", [(20.0, "percent")]),
        ("en", "one in eight", [(12.5, "percent")]),
        ("es", "treinta y cinco días", [(35.0, "day")]),
        ("es", "dos mil trescientas mujeres", [(2300.0, "")]),
        ("en", "two thousand three hundred women", [(2300.0, "")]),
        ("es", "5,3 meses", [(5.3, "month")]),
        ("en", "a third of them", [(33.3, "percent")]),
        ("es", "la tercera parte", [(33.3, "percent")]),
        ("en", "12-week course", [(12.0, "week")]),
        ("es", "un año", []),
    ],
)
def test_numbers_are_read(code: str, text: str, values: list[tuple[float, str]]) -> None:
    table = lexicon(code)
    assert table is not None
    assert [(one.values[0], one.unit) for one in figures(split(text), table)] == values


def test_a_point_in_spanish_is_two_things() -> None:
    assert digits("1.234", ",") == (1234.0, 1.234)
    assert digits("475,000", ".") == (475000.0,)


# --------------------------------------------------------------------------- a real model


def test_a_real_small_model_leaves_only_what_passed(real: Endpoint) -> None:  # noqa: F811
    before = page(["Letrozole can cause joint pain.", "A biopsy removes a small sample of tissue."])
    after = translate.translate(before, OpenAIChat(real, limits=Limits(whole_s=60.0)), "es", size=1)
    safe(before, after)
    assert after.rewordings[0].calls >= 1
