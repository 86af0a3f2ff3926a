"""What fields look like that a program should have filled in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from readtheroom.text.later import Later

MAY_HOLD = Later(r"[{}|%\[\]<>$]|__")
"""What a text without any merge field mostly lacks."""

_PHRASE = r"[^\W\d_][\w .,'’/|:\-]{0,60}"


MERGE_FIELD = Later(
    rf"\{{\{{\{{?\s?[^{{}}\s][^{{}}\n]{{0,80}}\}}\}}\}}?"  # {{first_name}}, {{ x | default("you") }}, {{{name}}}
    rf"|\{{%[^%\n]{{1,80}}%\}}"  # {% if customer %}
    rf"|[$#]\{{\w[^{{}}\n]{{0,60}}\}}"  # ${name}, #{name}
    rf"|\{{[^{{}}|\n]{{1,40}}(?:\|[^{{}}|\n]{{1,40}})+\}}"  # {Hi|Hello}: text to be spun
    r"|\{[A-Za-z]\w{0,20}[_.][\w.]{1,40}\}|\{[a-z]{1,20}[A-Z]\w{0,40}\}"  # {first_name}, {user.name}, {firstName}
    r"|\{\s?[A-ZÀ-ÖØ-ÞΆ-Ϋ][A-ZÀ-ÖØ-ÞΆ-Ϋ0-9_ -]{1,30}\}"  # {PRENOM}
    rf"|\*\|{_PHRASE}\|\*"  # *|FNAME|*
    rf"|%%{_PHRASE}%%|%\[{_PHRASE}\]%"  # %%name%%
    rf"|(?<![\w%])%[A-Za-z][A-Za-z]*_?[A-Za-z_]{{2,30}}%(?![\w%])"  # %FIRSTNAME%
    rf"|(?<![\w%])(?<!\d )%(?:\d\$)?[sd](?![\w%])"  # %s, %1$s
    rf"|<<{_PHRASE}>>|<%=?[^%\n]{{1,60}}%>"  # <<name>>, <%= name %>
    rf"|\[\[{_PHRASE}\]\]|\[[A-Za-z]{{1,20}}_[A-Za-z_]{{1,30}}\]"  # [[name]], [first_name]
    rf"|(?<!\w)__[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*__(?!\w)"  # __NAME__
    r"|\[object Object\]"
)
"""A field in the syntax of common tools."""


def in_brackets(names: Sequence[str]) -> Later:
    """Any of the names in any brackets, with or without its accents: capitals mostly go without."""
    some = "|".join(dict.fromkeys(_written(form) for name in names for form in _accents_apart(name)))
    return Later(rf"[\[(<{{]\s*(?:{some})\s*[\])>}}]", re.IGNORECASE)


def _accents_apart(name: str) -> Iterator[str]:
    yield name
    apart = unicodedata.normalize("NFD", name)
    yield unicodedata.normalize("NFC", "".join(char for char in apart if not unicodedata.combining(char)))


def _written(name: str) -> str:
    end = r"[^\])>}\n]{0,80}" if name.endswith("*") else ""
    return re.escape(name.rstrip("*")).replace("\\ ", r"[\s_\-]*") + end
