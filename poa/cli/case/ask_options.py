"""The questions of a pack: what it lets the case decide, in the pack's own words, each answer of the option's type."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from math import isfinite
from typing import TYPE_CHECKING

from poa.words import Said, said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from poa.case.editing import Answer
    from poa.cli.case.book import CaseBook
    from poa.cli.case.prompts import Prompts
    from poa.packs.options import Option, Value


def ask_options(book: CaseBook, options: Sequence[Option]) -> None:
    """Every option that the case does not answer yet; one that has a default keeps it where Enter is pressed."""
    for option in options:
        if not _answered(book.opened.case.options, option):
            book.ask(f"options.{option.name}", partial(_asked, option, book.prompts))


def open_options(told: Mapping[str, Value], options: Sequence[Option]) -> list[Option]:
    """What a pack requires and the case does not say."""
    return [one for one in options if one.required and one.default in {None, ""} and not _answered(told, one)]


def _answered(told: Mapping[str, Value], option: Option) -> bool:
    return told.get(option.name) not in {None, ""} and option.accepts(told[option.name])


def _asked(option: Option, prompts: Prompts) -> Answer | None:
    """One question, asked until its answer has the type; None where it is skipped."""
    about = _about(option)
    match option.type:
        case "yes_no":
            return prompts.yes(option.help, about=about)
        case "choice":
            chosen = prompts.choice(option.help, option.choices, own=False, about=about)
            return option.choices[chosen] if isinstance(chosen, int) else None
        case "day":
            return prompts.day(option.help, about=about)
        case "whole" | "number":
            return _number(option, prompts, about)
        case "text":
            return prompts.text(option.help, about=about)


def _number(option: Option, prompts: Prompts, about: Said) -> Answer | None:
    while (given := prompts.text(option.help, about=about)) is not None:
        with suppress(ValueError):
            value = float(given)
            if isfinite(value) and (option.type == "number" or value.is_integer()):
                return int(value) if value.is_integer() else value
        prompts.tell(said("Write a whole number.") if option.type == "whole" else said("Write a number."))
    return None


def _about(option: Option) -> Said:
    """What an answer is for, and what stands where there is none."""
    if option.default is not None:
        return said(
            "The pack asks it for its papers. Enter leaves it at: {value}.", value=_shown(option.default)
        )
    if option.required:
        return said("The pack asks it for its papers; without an answer no final paper is made.")
    return said("The pack asks it for its papers. Enter leaves it out.")


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "y" if value else "n"
    return str(value)
