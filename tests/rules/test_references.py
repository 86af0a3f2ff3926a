"""Each rule of the core pack says where its subject can be looked up."""

from urllib.parse import urlsplit

from readtheroom.model import Rule
from readtheroom.policy.load import load_policy

RULES: tuple[Rule, ...] = tuple(setting.rule for setting in load_policy().settings)


def test_every_rule_has_a_reference() -> None:
    assert len(RULES) > 150
    assert [rule.id for rule in RULES if not rule.references] == []


def test_a_reference_is_an_address() -> None:
    addresses = {address for rule in RULES for address in rule.references}
    assert [each for each in addresses if not _is_address(each)] == []


def _is_address(written: str) -> bool:
    parts = urlsplit(written)
    return parts.scheme in {"http", "https"} and "." in parts.netloc and written.isascii() and " " not in written
