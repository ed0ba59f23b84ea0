"""One question at a time on a terminal: skipped with Enter, explained with ?, left with q."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import click
from rich.console import Console
from rich.table import Table

from poa.cli.options import Day
from poa.cli.terminal import console, line
from poa.words import said, spoken

_YES, _NO = ("y", "yes", "是", "はい", "j", "ja"), ("n", "no", "否", "いいえ", "nein")
_HELP, _LEAVE = ("?", "\uff1f"), ("q", "quit", "exit")
_NOTHING = "-"  # in the place of words that are offered


class Left(Exception):
    """The user leaves; everything answered is saved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """Asks in one language, on stderr; ``written`` is the language of the letter, by name."""

    language: str
    written: str = "English"
    _out: Console = field(default_factory=lambda: console(sys.stderr))

    def tell(self, sentence: str = "", *, bold: bool = False, dim: bool = False) -> None:
        """A sentence, wrapped to the terminal."""
        self._out.print(line(spoken(sentence, self.language), "bold" if bold else "dim" if dim else ""))

    def listed(self, rows: Sequence[str], *, numbered: bool = False) -> None:
        """Rows with a dash or a number before each."""
        table = Table.grid(padding=(0, 1, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for number, row in enumerate(rows, start=1):
            mark = f"{number:>4}" if numbered else "   -"
            table.add_row(line(mark), line(spoken(row, self.language)))
        self._out.print(table)

    def text(self, question: str, *, about: str = "", offered: str = "", note: str = "") -> str | None:
        """Words, the offered ones where Enter is pressed; None where there are none."""
        self.tell(question, bold=True)
        if note:
            self.tell(note, dim=True)
        if offered:
            self.tell(said("Enter takes: {words}   - leaves it open", words=offered))
        while True:
            given = self._given()
            match given.casefold():
                case one if one in _LEAVE:
                    raise Left
                case one if one in _HELP:
                    self.tell(about or said("Write what is true of your account, in your own words."))
                case "":
                    return offered or None
                case _ if offered and given == _NOTHING:
                    return None
                case _:
                    return given

    def words(self, question: str, *, about: str = "", offered: str = "") -> str | None:
        """Words for the letter, asked again until they are some, with the language that it is written in."""
        note = said(
            "In your own words, in the language of the letter: {language}.", language=said(self.written)
        )
        while True:
            given = self.text(question, about=about, offered=offered, note="" if offered else note)
            if given is None or given == offered or _says_something(given):
                return given
            self.tell(said("Write it in words: a number, a day or a single letter says nothing."))

    def day(self, question: str, *, about: str = "", offered: date | None = None) -> date | None:
        """A day, asked again until it is one; None where it is skipped."""
        while True:
            given = self.text(question, about=about, offered=offered.isoformat() if offered else "")
            if given is None:
                return None
            try:
                return Day().convert(given, None, None)
            except click.BadParameter:
                self.tell(
                    said("'{given}' is no day; write it as {example}.", given=given, example="2026-10-31")
                )

    def yes(self, question: str, *, about: str = "") -> bool | None:
        """Yes, no, or not known."""
        asked = said("{question} (y/n)", question=spoken(question, self.language))
        while True:
            given = self.text(asked, about=about)
            if given is None or given.casefold() in (*_YES, *_NO):
                return None if given is None else given.casefold() in _YES
            self.tell(said("Answer y or n, or press Enter where you do not know."))

    def choice(
        self, question: str, choices: Sequence[str], *, own: bool, about: str = ""
    ) -> int | str | None:
        """The number (from 0) of one of the choices, or own words where ``own``; None where it is skipped."""
        self.listed(choices, numbered=True)
        note = ""
        if own:
            note = said(
                "Own words stand in the language of the letter: {language}.", language=said(self.written)
            )
        while True:
            given = self.text(question, about=about, note=note)
            if given is None:
                return None
            if given.isdecimal() and 1 <= int(given) <= len(choices):
                return int(given) - 1
            if own and not given.isdecimal() and _says_something(given):
                return given
            self.tell(
                said("Write the number of one of these, or your own words.")
                if own
                else said("Write the number of one of these.")
            )

    def lines(self, question: str, *, about: str = "") -> list[str]:
        """Several answers, one a line, until an empty one."""
        found: list[str] = []
        given = self.words(question, about=about)
        while given is not None:
            found.append(given)
            given = self.text(said("And why that? Enter ends."), about=about)
        return found

    def paste(self) -> str:
        """A text of many lines, to a line that holds a dot alone, or to its end."""
        self.tell(said("Paste it now. End with a line that holds a dot alone."), bold=True)
        found: list[str] = []
        try:
            while (
                row := str(click.prompt("", default="", show_default=False, prompt_suffix="", err=True))
            ) != ".":
                found.append(row)
        except click.Abort:
            pass
        return "\n".join(found).strip()

    def _given(self) -> str:
        """What is typed; the end of the input and Ctrl-C leave."""
        try:
            typed = str(click.prompt(">", default="", show_default=False, prompt_suffix=" ", err=True))
            return typed.encode("utf-8", "replace").decode().strip()
        except click.Abort:
            self.tell()
            raise Left from None


def _says_something(given: str) -> bool:
    """Whether a text holds more than a number, a day, or a yes."""
    letters = [sign for sign in given if sign.isalpha()]
    return len(letters) > 2 or any(not sign.isascii() for sign in letters)
