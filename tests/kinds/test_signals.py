"""Signs of a tone that are no words: where each shows, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readtheroom.kinds._signals import SIGNALS, described
from readtheroom.model import Field
from readtheroom.spans import verbatim
from readtheroom.text.analysis import AnalysedText
from readtheroom.text.lexicon import LexiconBuilder

LEXICON = LexiconBuilder().build()


def analysed(text: str) -> AnalysedText:
    """A text as kinds see it."""
    return AnalysedText(Field("text", text, verbatim(text)), 0, LEXICON)


def found(signal: str, text: str) -> list[str]:
    """What a signal points at."""
    return [text[span.start : span.end] for span in SIGNALS[signal](analysed(text))]


@pytest.mark.parametrize(
    ("signal", "text", "expected"),
    [
        ("price", "Mugs $5, €4.50 or £1,299.00", ["$5", "€4.50", "£1,299.00"]),
        ("price", "ab 89 € oder 12,90€", ["89 €", "12,90€"]),
        ("price", "20 euros, 20 ευρώ, EUR 2,70", ["20 euros", "20 ευρώ", "EUR 2,70"]),
        ("price", "R$ 3 e 5 reais", ["$ 3", "5 reais"]),
        ("price", "$5 million for the victims, €3bn, 5 millones de €", []),
        ("price", "5 mugs, €uro, $HOPP", []),
        ("quotation", "“A chair to sleep in”, she says", ["“A chair to sleep in”"]),
        (
            "quotation",
            "«Une chaise pour dormir», „ein Stuhl zum Schlafen“",
            ["«Une chaise pour dormir»", "„ein Stuhl zum Schlafen“"],
        ),
        ("quotation", 'She: "A chair to sleep in."', ['"A chair to sleep in."']),
        ("quotation", 'The “new” chair is 12" wide and 20" high', []),
        ("percentage", "up to -40 % and 2.5% off", ["-40 %", "2.5%"]),
        ("percentage", "100% cotton, %5", []),
        ("markdown", "-40 % auf alles, –15% heute", ["-40 %", "–15%"]),
        ("markdown", "40% off, 20%-30%, minus 5", []),
        ("price_from", "From $4, ab 99 €, dès 399 €, από 89€", ["From $4", "ab 99 €", "dès 399 €", "από 89€"]),
        ("price_from", "$4, grab 99 €, we paid 20 euros", []),
        ("link", "See https://example.com/a or example.com", ["https://example.com/a", "example.com"]),
        ("link", "No link. None", []),
        ("code", "Code SPRING25 inside", ["Code SPRING25"]),
        ("code", "code promo : ÉTÉ2026", ["code promo : ÉTÉ2026"]),
        ("code", "mit Rabattcode HERBST", ["Rabattcode HERBST"]),
        ("code", "με κωδικό ΚΑΛΟΚΑΙΡΙ", ["κωδικό ΚΑΛΟΚΑΙΡΙ"]),
        ("code", "código: OTOÑO10 y cupom VERAO", ["código: OTOÑO10", "cupom VERAO"]),
        ("code", "a code of conduct, the code Mary wrote, decode THIS", []),
        ("exclamations", "Now! Really!", ["!", "!"]),
        ("exclamations", "Now!!!", ["!!!"]),
        ("exclamations", "Now!", []),
        ("capitals", "BUY THE MUG now", ["BUY", "THE", "MUG"]),
        ("capitals", "ΟΛΑ ΜΙΣΗ ΤΙΜΗ", ["ΟΛΑ", "ΜΙΣΗ", "ΤΙΜΗ"]),
        ("capitals", "The WHO and the NATO met at the FAO in old Rome", []),
        ("question", "Tired? Τι κάνετε;", ["?", ";"]),
        ("question", "a;b; no", []),
        ("hook", "Tired? Have a mug.", ["?"]),
        ("hook", "Κουράστηκες; Πάρε καφέ.", [";"]),
        ("hook", "Are you tired?", []),
        ("emoji", "One 🎉 two ☕", ["🎉", "☕"]),
        ("emoji", "½ naïve", []),
        ("hashtags", "#one #two #three", ["#one", "#two", "#three"]),
        ("hashtags", "#one #two, # three", []),
        ("clock", "until 8 pm, 18:30, 18h30, 9 Uhr, 7 π.μ.", ["8 pm", "18:30", "18h30", "9 Uhr", "7 π.μ"]),
        ("clock", "3 pens, 2.5 h3, 1:2", []),
        ("phone", "Call +44 20 7946 0000 or (030) 1234567", ["+44 20 7946 0000", "(030) 1234567"]),
        ("phone", "In 2026, 1,000,000 mugs", []),
        ("phone", "From 22.08.2013 08:30, on 2013-08-22", []),
    ],
)
def test_where_a_signal_shows(signal: str, text: str, expected: list[str]) -> None:
    assert found(signal, text) == expected


@given(st.sampled_from(sorted(SIGNALS)), st.text(alphabet="aA€$%!?;:#. 019+()-–🎉ΑαcodeCODE\n"))
def test_places_are_in_the_text_and_in_order(signal: str, text: str) -> None:
    spans = SIGNALS[signal](analysed(text))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize("signal", sorted(SIGNALS))
@pytest.mark.parametrize("piece", ["1", "1 ", "€1", "1,", "! ", "code ", "? ", "A", "AAA ", "+1(", "9:"])
def test_hostile_texts_cost_no_time(signal: str, piece: str) -> None:
    """Who looks at each sign from each other one takes hours."""
    SIGNALS[signal](analysed(piece * 300_000))


def test_every_signal_is_described() -> None:
    assert [each.split(":")[0].strip("`") for each in described()] == list(SIGNALS)
    assert all(len(each.split(":")[1]) > 8 for each in described())
