"""What a case decides of a pack: its options, the papers that are made, and what their files are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from poa.build.asked import Appeal
from poa.facts import Plain
from poa.files import plain_name
from poa.packs import Pack
from poa.packs.options import option_values
from poa.words import Said, said

_STALE = timedelta(days=180)  # after which a letter should be read again: Amazon changes what it asks


def options_of(appeal: Appeal) -> dict[str, Plain]:
    """The value of each option of the pack, as templates get it; PackFault for an answer of the case that does not fit."""
    return _values(appeal)[0]


def option_questions(appeal: Appeal) -> tuple[str, ...]:
    """What the pack requires and the case does not say, in the pack's own words."""
    return _values(appeal)[1]


def _values(appeal: Appeal) -> tuple[dict[str, Plain], tuple[str, ...]]:
    name = appeal.case_file[0] or "case.toml"
    values, missing = option_values(appeal.pack.options, appeal.case.options, file=name)
    return values, tuple(one.help for one in missing)


def wanted(appeal: Appeal, papers: Iterable[str]) -> tuple[str, ...]:
    """The papers that are made: those that no option switches off."""
    values = options_of(appeal)
    rules = appeal.pack.papers
    return tuple(
        one for one in papers if one not in rules or rules[one].when is None or values[str(rules[one].when)]
    )


def call(appeal: Appeal, paper: str) -> str:
    """What the files of a paper are called, without their ending: by the pack, or as it is."""
    rule = appeal.pack.papers.get(paper)
    if rule is None or rule.file is None:
        return paper
    fields = {
        "seller": appeal.case.seller.name or "",
        "store": appeal.facts.marketplace_name,
        "as_of": str(appeal.facts.as_of.value),
        "letter_date": appeal.case.letter_date.isoformat() if appeal.case.letter_date else "",
    }
    return plain_name(f"{rule.name(paper, fields)}.x").removesuffix(".x")


def named(appeal: Appeal, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files under the names that the pack gives its papers; one that would take another's keeps its own."""
    found: dict[str, bytes] = {}
    for name, data in files.items():
        paper, dot, ending = name.partition(".")
        told = f"{call(appeal, paper)}{dot}{ending}"
        found[name if told in files or told in found else told] = data
    return found


def reminder(pack: Pack, *, on: date | None) -> Said | None:
    """That a pack was last read through long before the letter; None where it was not, or it does not say."""
    if pack.reviewed is None or on is None or on - pack.reviewed <= _STALE:
        return None
    return said(
        "The letters of the pack {pack} were last read through on {day}: look whether they still hold.",
        pack=pack.id,
        day=pack.reviewed,
    )
