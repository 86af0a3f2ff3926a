"""Signs of a tone that are no words: prices, percentages, links, capitals … Each is named in `SIGNALS`.

A signal gives the places where it shows in one text, in order. Those that need a certain character look for it first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from readtheroom.protocols import Text
from readtheroom.spans import Span
from readtheroom.text.later import Later

Signal: TypeAlias = Callable[[Text], list[Span]]

LONGEST_READ = 20_000
"""Code points of a text that are read: more than any platform publishes as one post."""

_AMOUNT = r"\d{1,9}(?:[.,]\d{1,3}){0,3}"
_NO_BUDGET = r"(?![.,]?\d|\s?(?:[kKmM]\b|[bB]n\b|[mM]il|[bB]il|[tT]ri|[mM]rd|μύρ|εκατ|δισ))"
_MONEY = (
    rf"(?:[€£$₹]|\b(?:EUR|USD|GBP|CHF)\s)\s?{_AMOUNT}{_NO_BUDGET}"
    rf"|{_AMOUNT}\s?(?:[€£$₹](?!\d)|(?:EUR|euros?|Euro|ευρώ|reais|CHF)\b)"
)
_PRICE = Later(_MONEY)
_PRICE_FROM = Later(
    rf"\b(?i:from|only|just|ab|nur|für|dès|à|desde|por|solo|sólo|da|a|per|só|από|μόνο|με)\s(?:{_MONEY})"
)
_PRICE_MARKS = ("€", "£", "$", "₹", "EUR", "euro", "Euro", "ευρώ", "reais", "USD", "GBP", "CHF")
_PERCENTAGE = Later(r"(?<![\w.,])[-–−]?\d{1,2}(?:[.,]\d)?[ \u00a0\u202f]?%")
_MARKDOWN = Later(r"(?<![\w.,%])[-–−]\s?\d{1,2}[ \u00a0\u202f]?%")
_CODE = Later(
    r"\b(?i:(?:(?:promo|rabatt|gutschein)[ -]?)?code|c[oó]digo|codice|cup[oó]n|cupom|voucher|κωδικ[οόέ]\w?)"
    r"(?: (?i:promo|promocional|sconto|desconto|descuento))?\s?:?\s?[\"“„«'’]?[A-ZÀ-ÞΑ-Ω][A-ZÀ-ÞΑ-Ω0-9]{3,19}\b"
)
_CODE_MARKS = ("cod", "cód", "cup", "vouch", "κωδ")
_EXCLAMATION = Later(r"!(?:\s?[!1]){0,20}")
_CAPITALS = Later(r"\b[^\W\d_]{3,}\b")
_HOOK = Later(r"\?(?=[\s\"”»)]{1,3}\S)|(?<=[α-ωά-ώ]);(?=\s\S)")
_QUESTION = Later(r"[?？]+|(?<=[α-ωά-ώ]);")
_EMOJI = Later("[\u2600-\u27bf\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001faff]")
_CLOCK = Later(
    r"(?<![\d:.,])(?:[01]?\d|2[0-4])"
    r"(?:[:h][0-5]\d|\s?(?:[ap]\.?m\b|Uhr\b|h\b|π\.?μ|μ\.?μ)|\.[0-5]\d\s?(?:[ap]\.?m\b|Uhr\b|h\b))"
)
_QUOTATION = Later(
    r"“[^”\n]{12,400}”|„[^“”\n]{12,400}[“”]|«[^»\n]{12,400}»|»[^«\n]{12,400}«|(?<!\w)\"(?=\S)[^\"\n]{12,400}\""
)
_QUOTES = '“„«»"'
_DATE = r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d)"
_PHONE = Later(rf"(?<![\w.,:/€$£-])(?!{_DATE})(?:\+|\(?0)?\d(?:[ ()./-]{{0,2}}\d){{6,13}}(?![\w%])")


_NO_DIGIT = frozenset(map(chr, range(128))) - frozenset("0123456789")


def _read(text: Text) -> str:
    return text.text[:LONGEST_READ]


def _spans(pattern: Later, text: Text) -> list[Span]:
    return [Span(*found.span()) for found in pattern.finditer(_read(text))]


def price(text: Text) -> list[Span]:
    """An amount of money as one pays it in a shop; no millions."""
    return _spans(_PRICE, text) if any(mark in text.text for mark in _PRICE_MARKS) else []


def percentage(text: Text) -> list[Span]:
    """A share below 100 %."""
    return _spans(_PERCENTAGE, text) if "%" in text.text else []


def markdown(text: Text) -> list[Span]:
    """A percentage with a minus sign: what a price is cut by."""
    return _spans(_MARKDOWN, text) if "%" in text.text else []


def price_from(text: Text) -> list[Span]:
    """A price with the word before it that offers: from $4, ab 99 €, dès 399 €."""
    return _spans(_PRICE_FROM, text) if any(mark in text.text for mark in _PRICE_MARKS) else []


def link(text: Text) -> list[Span]:
    """A web address."""
    return [each.span for each in text.entities if each.kind == "url"] if "." in text.text else []


def code(text: Text) -> list[Span]:
    """A discount code in capitals that is called so."""
    lower = _read(text).lower()
    return [Span(*m.span()) for m in _CODE.finditer(_read(text))] if any(mark in lower for mark in _CODE_MARKS) else []


def exclamations(text: Text) -> list[Span]:
    """Two exclamation marks or more, together or apart."""
    return _spans(_EXCLAMATION, text) if text.text.count("!") > 1 else []


def capitals(text: Text) -> list[Span]:
    """Words in capitals, if they are three or more and half of the words: shouting."""
    if text.text.islower():
        return []
    words = list(_CAPITALS.finditer(_read(text)))
    loud = [Span(*word.span()) for word in words if word.group().isupper()]
    return loud if len(loud) > 2 and 2 * len(loud) >= len(words) else []


def question(text: Text) -> list[Span]:
    """A question mark, Greek ones included."""
    return _spans(_QUESTION, text) if any(mark in text.text for mark in "?？;") else []


def hook(text: Text) -> list[Span]:
    """A question that the text itself goes on to answer."""
    return _spans(_HOOK, text) if "?" in text.text or ";" in text.text else []


def emoji(text: Text) -> list[Span]:
    """An emoji of any kind."""
    return [] if text.text.isascii() else _spans(_EMOJI, text)


def hashtags(text: Text) -> list[Span]:
    """Three hashtags or more."""
    if text.text.count("#") + text.text.count("＃") < 3:
        return []
    tags = [each.span for each in text.entities if each.kind == "hashtag"]
    return tags if len(tags) > 2 else []


def clock(text: Text) -> list[Span]:
    """A time of day."""
    return _spans(_CLOCK, text) if _has_digit(text) else []


def phone(text: Text) -> list[Span]:
    """A telephone number of seven digits or more."""
    return _spans(_PHONE, text) if _has_digit(text) else []


def quotation(text: Text) -> list[Span]:
    """Words of somebody else: a dozen letters or more in quotation marks."""
    return _spans(_QUOTATION, text) if any(mark in text.text for mark in _QUOTES) else []


def _has_digit(text: Text) -> bool:
    return not _NO_DIGIT.issuperset(text.text) if text.text.isascii() else any(map(str.isdigit, text.text))


SIGNALS: Mapping[str, Signal] = {
    each.__name__: each
    for each in (
        price, percentage, markdown, price_from, link, code, exclamations, capitals, question, hook, emoji, hashtags,
        clock, phone, quotation,
    )
}  # fmt: skip


def described() -> Iterator[str]:
    """What each signal is, for the documentation of the option."""
    for name, signal in SIGNALS.items():
        yield f"`{name}`: {(signal.__doc__ or '').rstrip('.')}"
