"""``poa review``: a finished or edited paper held against its facts and against the letter rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from poa.cli.options import Day, account_options, ui_language_option

_FILE = click.Path(path_type=Path)
_NOT_SHARED = {"reports", "strict"}  # what is named first are papers, and strict is about warnings


@click.command(name="review", epilog="Example: poa review plan-of-action.docx --case my-case")
@click.argument("drafts", metavar="DRAFT...", nargs=-1, type=_FILE)
@click.option("--facts", metavar="FILE", type=_FILE, help="facts.json of the run that made it.")
@click.option(
    "--report",
    "named_reports",
    metavar="FILE",
    multiple=True,
    type=_FILE,
    help="A report, where its name does not show that it is one.",
)
@click.option("--rules", "list_rules", is_flag=True, help="List the letter rules, and review nothing.")
@click.option(
    "--annotate", is_flag=True, help="Write a copy of the Word file with each finding as a comment."
)
@click.option("--out", metavar="DIR", type=_FILE, help="Folder for that copy.  [default: beside the paper]")
@click.option("--overwrite", is_flag=True, help="Replace a copy that is already there.")
@click.option("--strict", "strict_warnings", is_flag=True, help="End with code 3 where there is a warning.")
@click.option("--today", metavar="DATE", type=Day(), help="Judges days of actions.  [default: the letter's]")
@click.option(
    "--final/--draft",
    default=None,
    help="Whether open questions in brackets are findings.  [default: as it was made]",
)
@click.option(
    "--lang", "language", metavar="CODE", help="Language of the paper, where the file does not say."
)
@ui_language_option
@click.option(
    "--against",
    metavar="FOLDER",
    type=_FILE,
    help="Letters of other clients: passages that are near to theirs are told.",
)
@click.option("--each", is_flag=True, help="Review two papers of one kind, instead of comparing them.")
@click.option(
    "--pack",
    "pack_folder",
    type=_FILE,
    metavar="FOLDER",
    help="Your own templates; its review.toml tunes the rules.",
)
@account_options
def command(**values: Any) -> int:
    """Hold a finished or edited paper against its facts and the letter rules.

    DRAFT is a paper (.docx, .md, .txt), or the folder that poa appeal wrote, for
    the papers in it that are sent. Reports among them, or a case, are what it is
    held against; otherwise the facts beside it, in the folder internal.

    Two papers of one kind, OLD and NEW, are compared instead. Nothing is sent and
    no paper is changed.
    """
    from poa.cli.review.running import list_the_rules, review_papers

    return list_the_rules(values) if values["list_rules"] else review_papers(values)


command.params = [one for one in command.params if one.name not in _NOT_SHARED]
