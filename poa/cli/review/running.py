"""The run of ``poa review``: read what was named, find what it is held against, review or compare, tell; list the rules."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from poa.cli.review.held_against import Grounds, Held, language_of
from poa.cli.review.saying import INDENT, Say
from poa.cli.terminal import console, line, print_json, progress
from poa.doing import Doing
from poa.errors import PackFault, UsageFault
from poa.files import read, read_folder
from poa.review import Review, Rule, Settings, review, review_data, rules
from poa.review.settings import FILE, PLAIN, read_settings
from poa.words import said, spoken, strung

if TYPE_CHECKING:
    from poa.cli.case.folder import OpenCase
    from poa.cli.review.handed import Handed
    from poa.cli.review.others import Others
    from poa.paper import Paper

_PAPER_LIMIT = 256 << 20  # bytes
_PAPERS = {
    "plan": "plan of action",
    "analysis": "root cause analysis",
    "statement": "supplier's statement",
    "request": "request to a supplier",
    "annex": "annex",
    "weekly": "weekly page",
}
_SEVERITIES = {"error": "error", "warning": "warning", "info": "note"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A paper read: where it lies, its bytes, and its lines."""

    path: Path
    data: bytes
    paper: Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A paper reviewed. ``copy`` is where its comments were written; ``draft`` that open questions are no findings."""

    path: Path
    held: Held
    review: Review
    draft: bool
    copy: Path | None = None


def list_the_rules(values: dict[str, Any]) -> int:
    """Print every letter rule, as the pack tunes it."""
    settings = settings_of(values["pack_folder"])
    language = values["ui_language"] or "en"
    if values["as_json"]:
        print_json(_rules_data(rules(), settings, language))
    else:
        _show_rules(rules(), settings, Say(language))
    return 0


def _show_rules(rules: tuple[Rule, ...], settings: Settings, say: Say) -> None:
    """Print the rules; a pack's own settings are those that hold."""
    for rule in rules:
        severity = settings.severity(rule)
        kind = said("switched off by the pack") if severity is None else said(_SEVERITIES[severity])
        papers = strung("{one}, {other}", [said(_PAPERS[one]) for one in rule.papers])
        say(said("{rule} {severity}: {papers}", rule=rule.id, severity=kind, papers=papers), style="bold")
        say(rule.title, lead=INDENT)
        say(rule.why, lead=INDENT)
        say(said("Source: {source}", source=rule.source), lead=INDENT)


def _rules_data(rules: tuple[Rule, ...], settings: Settings, language: str) -> dict[str, object]:
    """The same as JSON; ``severity`` is null where a pack switched the rule off."""
    return {
        "rules": [
            {
                "id": one.id,
                "severity": settings.severity(one),
                "papers": list(one.papers),
                "title": spoken(one.title, language),
                "why": spoken(one.why, language),
                "source": spoken(one.source, language),
                "lexical": one.lexical,
            }
            for one in rules
        ]
    }


def review_papers(values: dict[str, Any]) -> int:
    """Review what was named, or compare two versions; the exit code."""
    from poa.cli.case.folder import open_case
    from poa.cli.review.annotating import check_annotate
    from poa.cli.review.handed import handed_in

    handed = handed_in(values["drafts"], reports=values["named_reports"], facts=values["facts"])
    if values["annotate"]:
        check_annotate(handed.papers, values["out"], replace=values["overwrite"])
    opened = open_case(values["case_folder"], today=values["today"])
    settings = settings_of(values["pack_folder"])
    grounds = _grounds(handed, opened, values)
    drafts = _read(handed.papers)
    if not values["each"] and len(handed.drafts) == 2:
        from poa.cli.review.versions import compare_versions, pairs_of

        old, new = ([drafts[path] for path in one] for one in handed.drafts)
        if pairs := pairs_of(old, new, grounds):
            return compare_versions(pairs, opened, values)
    done = [
        _reviewed(one, grounds, settings, values, others)
        for others in [_others(values["against"])]
        for one in drafts.values()
    ]
    _tell(done, opened, values)
    verdicts = {one.review.verdict for one in done}
    if "errors" in verdicts:
        return 1
    return 3 if values["strict_warnings"] and "warnings" in verdicts else 0


def settings_of(folder: Path | None) -> Settings:
    """How a pack tunes the rules; as they are without a pack, and where it has no wishes."""
    text = read_folder(folder).get(FILE) if folder else None
    if folder is None or text is None:
        return PLAIN
    return read_settings(text, name=f"{folder.resolve().name}/{FILE}", fault=PackFault)


def _grounds(handed: Handed, opened: OpenCase, values: dict[str, Any]) -> Grounds:
    from poa.cli.options import open_account
    from poa.cli.pack_folders import open_packs

    wanted = handed.reports or opened.inputs or values["suppliers"] or values["performance"]
    # Of rows that are refused, the papers say how many; here, strict is about warnings.
    account = values | {"reports": handed.reports, "strict": False}
    return Grounds(
        facts=handed.facts,
        account=open_account(opened, account) if wanted else None,
        opened=opened,
        pack=lambda: open_packs(values["pack_folder"]),
        language=values["language"],
    )


def _read(papers: tuple[Path, ...]) -> dict[Path, Draft]:
    from poa.readers import read_paper

    found = {}
    with progress() as tell:
        for path in papers:
            tell(Doing(f"Reading {path.name}"))
            data = read(path, limit=_PAPER_LIMIT)
            found[path] = Draft(path=path, data=data, paper=read_paper(data, name=path.name))
    return found


def _others(folder: Path | None) -> Others | None:
    from poa.cli.review.others import read_others

    if folder is None:
        return None
    with progress() as tell:
        others = read_others(folder, tell=tell)
    for name in others.unread:
        console(sys.stderr).print(line(f"Not compared, for it could not be read: {name}"), soft_wrap=True)
    return others


def _reviewed(
    one: Draft, grounds: Grounds, settings: Settings, values: dict[str, Any], others: Others | None
) -> Done:
    from poa.cli.review.annotating import annotate

    held = grounds.of(one.path, one.paper)
    if held is None:
        raise _nothing_to_hold(one.path, grounds.opened)
    final = held.ground.facts.get("final", True) if values["final"] is None else values["final"]
    more: dict[str, Any] = {}
    if others is not None:
        more["others"] = others.beside(one.path, one.paper, home=held.home)
    with progress() as tell:
        tell(Doing(f"Reviewing {one.path.name}"))
        found = review(
            one.paper, held.ground, settings=settings, today=values["today"], draft=not final, **more
        )
    copy = None
    if values["annotate"] and found.findings:
        language = language_of(grounds.opened, held.ground, values["ui_language"])
        copy = annotate(one.path, one.data, found, out=values["out"], language=language)
    return Done(path=one.path, held=held, review=found, draft=not final, copy=copy)


def _nothing_to_hold(path: Path, opened: OpenCase) -> UsageFault:
    if opened.root is not None:
        return UsageFault(
            "no_facts",
            f"There is no report in {opened.root / 'inputs'}, and {path} has no facts beside it.",
            hint="Give the reports, or --facts with the facts.json of the run that made the paper.",
        )
    return UsageFault(
        "no_facts",
        f"There is nothing to hold {path} against: no internal/facts.json lies beside it.",
        hint="Give --facts with the facts.json of the run, --case with the case folder, or the reports.",
    )


def _tell(done: list[Done], opened: OpenCase, values: dict[str, Any]) -> None:
    from poa.cli.review.showing import show, show_end

    language = language_of(opened, done[0].held.ground, values["ui_language"])
    if values["as_json"]:
        print_json(_data(done, language))
        return
    say = Say(language)
    for number, one in enumerate(done):
        if number:
            say("")
        show(one.review, one.held, say, name=str(one.path), draft=one.draft)
        if one.copy is not None:
            say("")
            say(said("With each finding as a comment: {copy}", copy=str(one.copy)))
        elif values["annotate"]:
            say(said("No copy was written: there is nothing to comment on."))
    show_end([one.review for one in done], say)


def _data(done: list[Done], language: str) -> dict[str, object]:
    papers: list[dict[str, object]] = [
        review_data(one.review, language=language)
        | {
            "held_against": one.held.name or None,
            "draft": one.draft,
            "annotated": str(one.copy) if one.copy else None,
        }
        for one in done
    ]
    if len(papers) == 1:
        return papers[0]
    verdicts = [one.review.verdict for one in done]
    worst = next((name for name in ("errors", "warnings") if name in verdicts), "clean")
    return {"review": 1, "verdict": worst, "papers": papers}
