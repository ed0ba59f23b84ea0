"""What a paper is held against: facts that were named, papers made again from the rows, the facts beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from poa.errors import InputFault
from poa.files import read
from poa.review import Ground, ground_of, read_ground

if TYPE_CHECKING:
    from poa.account import Account
    from poa.case import Case
    from poa.cli.case.folder import OpenCase
    from poa.doing import Tell
    from poa.facts import Facts, LateOrder
    from poa.packs import Pack
    from poa.paper import Paper

FACTS = "facts.json"
_INNER = "internal"
_BELOW = {"annex", "suppliers"}  # where papers lie that are not for Amazon's form
_LIMIT = 1 << 30  # bytes
_WHICH = "Give the facts.json that poa appeal wrote, or what poa summary --json prints now."


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The ground of a paper, and its file's name, empty where it is the rows themselves.

    ``home`` is the folder that poa wrote, if any. ``passed_over`` is the last day of rows that were given and are
    older than the facts: they say nothing of what the paper should print now.
    """

    ground: Ground
    name: str
    home: Path | None = None
    passed_over: str | None = None


def read_facts(path: Path, opened: OpenCase) -> Ground:
    """The ground that a file of facts is, with the statements of the case where it has none.

    Raises InputFault where it is no facts, or facts without the rows behind them.
    """
    data: Any = None
    with suppress(ValueError, RecursionError):  # told below, as of any other file that holds no facts
        data = json.loads(read(path, limit=_LIMIT))
    if not isinstance(data, dict):
        raise InputFault("no_facts", f"{path} holds no facts of poa.", file=str(path), hint=_WHICH)
    ground = read_ground(data, name=str(path))
    if not ground.evidence:
        raise InputFault(
            "facts_without_rows",
            f"{path} holds facts without the rows behind them, so that no figure can be proven by it.",
            file=str(path),
            hint=_WHICH,
        )
    return with_case(ground, opened)


def with_case(ground: Ground, opened: OpenCase) -> Ground:
    """The ground with what the seller states, where a case is at hand and the facts were made without one."""
    from poa.case import statements

    if ground.case or not opened.name:
        return ground
    stated = {
        fact: {
            "value": value,
            "unit": "statement",
            "rows": {"rule": f"stated by the seller in {opened.name}"},
        }
        for fact, value in statements(opened.case).items()
    }
    case = opened.case.model_dump(mode="json", exclude_none=True)
    return replace(ground, case=case, evidence={**ground.evidence, **stated})


def language_of(opened: OpenCase, ground: Ground, chosen: str | None) -> str:
    """The language to speak: the one chosen, else that of the case at hand, or of the case behind the facts."""
    stated = (ground.case.get("seller") or {}).get("language")
    return opened.reads(chosen or (None if opened.root else stated))


def facts_beside(path: Path) -> Path | None:
    """Where poa wrote down the facts of a paper that lies in a folder of its making."""
    return next((one for one in _places(path.absolute().parent) if one.is_file()), None)


def _places(folder: Path) -> Iterator[Path]:
    yield folder / _INNER / FACTS
    if folder.name in _BELOW:
        yield folder.parent / _INNER / FACTS
    if folder.name == _INNER:  # the cover
        yield folder / FACTS
    if folder.name == "edited" and folder.parent.name == _INNER:  # kept by a run that came later
        yield folder.parent / FACTS


@dataclass(kw_only=True)
class Grounds:
    """Finds the ground of each paper; the rows are read once, the papers made again once a language.

    ``facts`` were named outright and go before those beside a paper. ``account`` is what reports and case
    are, None where none were given; what it says is then newer than facts of an earlier run.
    """

    facts: Path | None
    account: Account | None
    opened: OpenCase
    pack: Callable[[], Pack]
    language: str | None = None
    _read: dict[Path, Ground] = field(default_factory=dict)
    _made: dict[str, Ground] = field(default_factory=dict)
    _counted: tuple[Facts, tuple[LateOrder, ...]] | None = None

    def of(self, path: Path, paper: Paper) -> Held | None:
        """What a paper is held against; None where there is nothing."""
        beside = facts_beside(path)
        home = beside.parent.parent if beside else None
        told = self.facts or beside
        if told is None and self.account is None:
            return None
        before = self._facts(told) if told else None
        if self.account is None and before is not None:
            return Held(ground=before, name=str(_short(told)), home=home)
        language = self.language or paper.language or (before.language if before else "en")
        fresh = self._fresh(language, later=before is not None)
        if before is None:
            return Held(ground=fresh, name="", home=home)
        name, last = str(_short(told)), str(fresh.facts.get("as_of"))
        if last < str(before.facts.get("as_of")):
            return Held(ground=before, name=name, home=home, passed_over=last)
        return Held(ground=replace(before, newer=fresh), name=name, home=home)

    def beside(self, path: Path) -> Held | None:
        """What a paper was held against when it was made; None where it lies alone."""
        told = facts_beside(path)
        if told is None:
            return None
        return Held(ground=self._facts(told), name=str(_short(told)), home=told.parent.parent)

    def _facts(self, path: Path) -> Ground:
        if path not in self._read:
            self._read[path] = read_facts(path, self.opened)
        return self._read[path]

    def _fresh(self, language: str, *, later: bool) -> Ground:
        from poa.cli.asking import answered

        if self.account is None:
            raise ValueError
        if language not in self._made:
            self._made[language] = answered(
                self.account, lambda one, tell: self._made_again(one, language, later=later, tell=tell)
            )
        return self._made[language]

    def _made_again(self, account: Account, language: str, *, later: bool, tell: Tell) -> Ground:
        """The papers as poa would print them now, as ground; nothing is written."""
        from poa.account import facts_and_late_orders
        from poa.build import Appeal, appeal_papers
        from poa.cli.appeal import check_facts, evidence_of

        facts, late_orders = self._counted or facts_and_late_orders(account, tell=tell)
        self._counted = (facts, late_orders)
        check_facts(facts, account)
        opened = self.opened
        papers = appeal_papers(
            Appeal(
                facts=facts,
                late_orders=late_orders,
                case=_dated(opened, facts) if later else opened.case,
                case_file=(opened.name, opened.data),
                notice=opened.notice,
                notice_file=opened.notice_file,
                answers=opened.answers,
                deadline=opened.deadline,
                evidence=evidence_of(opened),
                earlier=opened.earlier,
                pack=self.pack(),
                language=language,
                ui_language=language,
                formats=["md"],
            ),
            tell=tell,
        )
        data: Mapping[str, Any] = json.loads(papers.files[f"{_INNER}/{FACTS}"])
        # Whether it could be final is not asked for here; what is open in the case decides it.
        return ground_of({**data, "final": not papers.questions}, name=FACTS)


def _dated(opened: OpenCase, facts: Facts) -> Case:
    """The case, without the letter's day where the data has become newer than the letter."""
    last = max(str(facts.as_of.value), str(facts.unconfirmed_as_of.value))
    letter = opened.case.letter_date
    if letter is None or letter.isoformat() >= last:
        return opened.case
    return opened.case.model_copy(update={"letter_date": None})


def _short(path: Path | None) -> Path | None:
    """A path as it would be typed here."""
    here = Path.cwd()
    return path.relative_to(here) if path and path.is_absolute() and path.is_relative_to(here) else path
