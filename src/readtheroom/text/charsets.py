"""Sets of characters that the rules of twitter-text name, for use inside `[...]` of a pattern of `re`.

Source: the patterns of twitter-text 3 (Twitter, Inc.), whose conformance files the tests run.
"""

from __future__ import annotations

SPACES = "\t-\r \x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
DIRECTIONAL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
INVALID = "\ufffe\ufeff\uffff"
"""Not allowed in a post on X."""
CONTROLS = "\x00-\x1f\x7f"
PUNCTUATION = r"!-/:-@\[-`{-~"
"""All of ASCII's."""

LATIN_ACCENTS = (
    "\xc0-\xd6\xd8-\xf6\xf8-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289\u028b\u02bb"
    "\u0300-\u036f\u1e00-\u1eff"
)
"""Latin letters with marks; the signs of multiplication and division are left out."""

CYRILLIC = "\u0400-\u052f\u1c80-\u1c88\u1d2b\u1d78\u2de0-\u2dff\ua640-\ua69f\ufe2e\ufe2f"
DASHES = "\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u301c\u3030\u30a0"
"""Unicode category Pd without ASCII's hyphen and the forms for vertical and full-width writing."""
