"""Compiled rules, and the judgement of one post by them. No I/O; safe to use from several threads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from readtheroom import registry
from readtheroom.engine import calendar
from readtheroom.engine.allowing import allowed
from readtheroom.engine.allowing import holds as counts
from readtheroom.engine.case import PostCase
from readtheroom.engine.scene import Scene
from readtheroom.engine.seen import NOTHING_KNOWN
from readtheroom.engine.unheld import Stopping, unheld
from readtheroom.engine.verdict import finding, labels, order, verdict
from readtheroom.errors import Fault, PolicyError
from readtheroom.findings import Evidence, Finding, Match, PostResult, Refusal, Skip
from readtheroom.model import NO_ROOM, Account, Approvals, Field, Hold, Post, Room, Rule
from readtheroom.policy.register import Register
from readtheroom.policy.values import AllowLimit
from readtheroom.protocols import CalendarChecker, Checker, Setup
from readtheroom.slots import OVERDUE, Slot
from readtheroom.spans import Span, verbatim
from readtheroom.text.lexicon import KnownTerms, Lexicon, LexiconBuilder, LexiconState

STAGES = ("text", "moment", "room", "labels", "findings")
"""The order in which kinds run, by what they read."""

CALENDAR = "calendar"
"""What kinds read that judge posts together, once each was judged by itself."""

QUARTER = timedelta(minutes=15)
"""Offsets from UTC are whole ones, so no day begins or ends within one."""


class Settings(NamedTuple):
    """What policy says besides rules."""

    audience: tuple[str, ...] = ()
    window: timedelta = timedelta(hours=48)
    when_unavailable: Literal["ignore", "warn", "block"] = "warn"
    languages: tuple[str, ...] = ()
    """Those that drafts are written in; none means those that the rules have terms in."""
    folder: str | None = None
    """Where word lists may be kept."""
    allow: tuple[AllowLimit, ...] = ()
    """Who may accept findings, and for how long."""
    stopping: Stopping = "used"
    """What becomes of the rule that stops posts while a hold stands."""


class _Stage(NamedTuple):
    checkers: tuple[Checker, ...]
    rules: tuple[Rule, ...]


class _Scopes(NamedTuple):
    post: dict[str, _Stage]
    calendar: calendar.Checkers


class Engine:
    """All rules of a policy, compiled. Raises `PolicyError` with every fault that kinds find in their rules.

    `terms` may be what another engine for the same rules and accounts had: then no term is looked at again.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        accounts: tuple[Account, ...] = (),
        settings: Settings | None = None,
        terms: LexiconState | None = None,
    ) -> None:
        self.rules = tuple(rules)
        self.settings = settings or Settings()
        (self._stages, self._calendar), self.terms = _compile(self.rules, accounts, self.settings.folder, terms)
        self._calendar_rules = {rule.id: rule for rule in self.rules if rule.kind in self._calendar}
        self._asking = sorted(self._stages["room"].rules, key=lambda rule: rule.id)
        self._accounts = Register(accounts)
        self._lexicon = Lexicon(self.terms, self.settings.folder)
        self._languages = self.settings.languages or self.terms.languages
        self._empty = Scene(Room(), lambda _: frozenset(), self.settings.window, self.settings.folder)

    def scene(self, room: Room = NO_ROOM, known: Mapping[str, frozenset[str]] = NOTHING_KNOWN) -> Scene:
        """The room made ready: its headlines read by the same labellers as drafts, unless what they say is `known`."""
        return Scene(room, self.labels_of, self.settings.window, self.settings.folder, known)

    def labels_of(self, headline: str) -> frozenset[str]:
        """What the rules say about a headline."""
        post = Post("", "", 1, (Field("text", headline, verbatim(headline)),))
        case = self._case(post, self._empty, datetime.now(UTC))
        for stage in ("text", "labels"):
            case.labels.extend(_run(self._stages[stage], case))
        return frozenset(filter(None, (match.says for match in case.labels)))

    def days(self, moment: datetime, audience: tuple[str, ...]) -> list[Match]:
        """What the rules say of a moment (aware) for an audience, whatever is posted: the days that it is."""
        post = Post("", "", 1, (Field("text", "", verbatim("")),), audience=audience)
        return _run(self._stages["moment"], self._case(post, self._empty, moment.astimezone(UTC)))

    def turn(self, post: Post, moment: datetime, until: datetime) -> datetime | None:
        """The first quarter of an hour after a moment, and before another (both aware), from which on the rules say
        something else of when the post goes out: a day begins or ends. UTC."""
        case = self._case(post, self._empty, moment.astimezone(UTC))
        said = _said(_run(self._stages["moment"], case))
        quarter = case.moment.replace(minute=case.moment.minute // 15 * 15, second=0, microsecond=0)
        while (quarter := quarter + QUARTER) < until:
            case.moment = quarter
            if _said(_run(self._stages["moment"], case)) != said:
                return quarter
        return None

    def judge(
        self,
        post: Post,
        scene: Scene,
        now: datetime,
        holds: tuple[Hold, ...] = (),
        approvals: Approvals | None = None,
    ) -> PostResult:
        """The verdict on one post, for the moment at which it goes out (`now`, aware, where it has no time).

        `holds`: what is held besides what the room itself says; `approvals`: None means what the draft itself says.
        """
        return self.plan(post, scene, now, holds, approvals)[0]

    def plan(
        self,
        post: Post,
        scene: Scene,
        now: datetime,
        holds: tuple[Hold, ...] = (),
        approvals: Approvals | None = None,
        kinds: Collection[str] = (),
    ) -> tuple[PostResult, calendar.Entry | None]:
        """The same, and what a calendar has to know of the post for rules of these `kinds`."""
        case = self._case(post, scene, _moment(post, now), holds, approvals)
        result = self._judge(case, scene, now)
        return result, calendar.entry(case, kinds) if kinds else None

    def has_calendar_for(self, platforms: Collection[str]) -> bool:
        """Whether a rule of the calendar may have something to say of posts on these platforms (none: on all)."""
        return any(
            rule.severity and not (rule.platforms and platforms and set(rule.platforms).isdisjoint(platforms))
            for rule in self._calendar_rules.values()
        )

    def judge_calendar(self, entries: Iterable[calendar.Entry], now: datetime) -> dict[Slot, list[Finding]]:
        """What the rules of the calendar say of posts that are still to go out; see `calendar.judge`."""
        return calendar.judge(self._calendar, entries, now)

    def joined(self, result: PostResult, found: Sequence[Finding], now: datetime) -> PostResult:
        """A result with what its calendar adds; see `calendar.joined`."""
        return calendar.joined(result, found, now, self.settings.allow) if found else result

    def _judge(self, case: PostCase, scene: Scene, now: datetime) -> PostResult:
        post = case.post
        for name in STAGES[:-1]:
            case.labels.extend(_run(self._stages[name], case))
        found, limits = _findings(case.labels, post), self.settings.allow
        standing, accepted, unused = allowed(found, post, case.moment, limits, now)
        case.unused_allows = {n: why for n, why in unused.items() if why != Refusal() or not self._may_serve(case, n)}
        standing += _findings(_run(self._stages["findings"], case), post)
        missing = self._skips(case)
        skipped = (*missing, *case.skipped, *unheld(case, self.settings.stopping))
        return PostResult(
            post,
            verdict(standing, skipped, warn_of_skips=bool(missing) and self._warns_if_blind(case, scene, now)),
            tuple(sorted(standing, key=lambda each: order(each, post))),
            labels(case.labels, post),
            skipped,
            tuple(sorted(accepted, key=lambda each: order(each, post))),
            scene.coverage.notes if self._asking else (),
        )

    def _may_serve(self, case: PostCase, allow: int) -> bool:
        """Whether one may yet be of use, with posts around this one: nobody knows before they are all there."""
        each = case.post.allow[allow]
        return each.rule in self._calendar_rules and counts(each, case.moment)

    def _warns_if_blind(self, case: PostCase, scene: Scene, now: datetime) -> bool:
        """For a post of the future the room of now is all there is: that is said, and no reason to warn; that somebody
        who could have told of its audience did not is one."""
        blind = case.lacks or scene.coverage.is_blind(min(case.moment, now), case.audience)
        return blind and self.settings.when_unavailable == "warn"

    def _case(
        self,
        post: Post,
        scene: Scene,
        moment: datetime,
        holds: tuple[Hold, ...] = (),
        approvals: Approvals | None = None,
    ) -> PostCase:
        account = self._accounts.find(post.account, post.platforms) if post.account else None
        audience = post.audience or (account.regions if account else ()) or self.settings.audience
        return PostCase(post, self._lexicon, scene, moment, audience, self._languages, holds, approvals)

    def _skips(self, case: PostCase) -> tuple[Skip, ...]:
        """Rules that need the room, where the room cannot speak for the post, or not for all that was to be asked."""
        rules = self._asking
        if not rules:
            return ()
        gap = "; ".join(filter(None, [case.gap, case.missing]))
        blind = case.gap is not None or case.lacks
        required = self.settings.when_unavailable == "block" and blind
        return tuple(Skip(rule.id, gap, required) for rule in rules) if gap else ()


def _moment(post: Post, now: datetime) -> datetime:
    """When a post goes out (UTC). One that was due a little while ago has not gone out yet: it does so now,
    and the room of now is what readers have in mind."""
    at = post.scheduled_at or now
    return (now if timedelta() < now - at <= OVERDUE else at).astimezone(UTC)


def _compile(
    rules: Sequence[Rule], accounts: tuple[Account, ...], folder: str | None, terms: LexiconState | None
) -> tuple[_Scopes, LexiconState]:
    if terms:
        known = KnownTerms(terms)
        stages = _stages(rules, Setup(known, accounts, folder, proven=True, labels=_labels(rules)))
        if known.complete:
            return stages, terms
    builder = LexiconBuilder()
    return _stages(rules, Setup(builder, accounts, folder, labels=_labels(rules))), builder.state


def _labels(rules: Iterable[Rule]) -> frozenset[str]:
    """Those that rules, or their kinds, put on drafts."""
    kinds = {rule.kind for rule in rules}
    of_kinds = (label for kind in kinds for label in getattr(registry.load("kinds", kind), "LABELS", ()))
    return frozenset((*(rule.label for rule in rules if rule.label), *of_kinds))


def _stages(rules: Sequence[Rule], setup: Setup) -> _Scopes:
    by_kind: dict[str, list[Rule]] = {}
    for rule in rules:
        by_kind.setdefault(rule.kind, []).append(rule)
    stages: dict[str, tuple[list[Checker], list[Rule]]] = {name: ([], []) for name in STAGES}
    of_calendar: dict[str, CalendarChecker] = {}
    faults: list[Fault] = []
    for name, some in by_kind.items():
        kind = registry.load("kinds", name)
        try:
            checker = kind.compile(some, setup)
            if kind.READS == CALENDAR:
                of_calendar[name] = checker
            else:
                stages[kind.READS][0].append(checker)
                stages[kind.READS][1].extend(some)
                asks = getattr(kind, "needs_room", None)
                stages["room"][1].extend(filter(asks, some) if asks else ())
        except PolicyError as error:
            faults.extend(error.faults)
    if faults:
        raise PolicyError(faults)
    done = {name: _Stage(tuple(checkers), tuple(some)) for name, (checkers, some) in stages.items()}
    return _Scopes(done, of_calendar)


def _run(stage: _Stage, case: PostCase) -> list[Match]:
    return [match for checker in stage.checkers for match in checker.check(case) if _applies(match, case.post)]


def _said(matches: Iterable[Match]) -> set[tuple[str, str | None, int | str, Span, tuple[Evidence, ...]]]:
    return {(match.rule.id, match.says, match.field, match.span, match.evidence) for match in matches}


def _applies(match: Match, post: Post) -> bool:
    """Whether the rule is meant for the post's platforms and the field."""
    rule = match.rule
    if rule.platforms and post.platforms and not set(rule.platforms) & set(post.platforms):
        return False
    if not rule.fields or isinstance(match.field, str):
        return True
    name = post.fields[match.field].name
    return any(name == each or name.partition("[")[0] == each for each in rule.fields)


def _findings(matches: Iterable[Match], post: Post) -> list[Finding]:
    """One finding for each thing that rules with a severity say; the same said twice counts once."""
    found: dict[tuple[str, str, int, int, str], Finding] = {}
    for match in matches:
        severity = match.severity or match.rule.severity
        if match.rule.severity and severity:
            each = finding(match, severity, post)
            found.setdefault((each.rule, each.field, each.start, each.end, each.message), each)
    return list(found.values())
