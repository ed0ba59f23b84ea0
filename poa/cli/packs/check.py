"""``poa packs check``: every problem of a pack in one run, each with its place and what mends it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from poa.build.trying import Trouble
    from poa.doing import Tell
    from poa.packs import Pack
    from poa.packs.checking import Problem

_PAPERS = 3  # that are named of those in which a trouble shows


@click.command(name="check", epilog="Example: poa packs check acme --annotate")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--fast", is_flag=True, help="Look at the files only; make no papers.")
@click.option("--lang", "language", metavar="CODE", help="One language only.  [default: all of the pack's]")
@click.option("--sample", metavar="NAME", help="One sample case only.  [default: all]")
@click.option("--annotate", is_flag=True, help="Write a copy of shell.docx with its problems as comments.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="That copy.  [default: shell-annotated.docx, here]",
)
@click.option("--overwrite", is_flag=True, help="Replace a copy that is already there.")
@click.option("--strict", is_flag=True, help="End with code 3 for warnings, too.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(
    *,
    folder: Path,
    fast: bool,
    language: str | None,
    sample: str | None,
    annotate: bool,
    out: Path | None,
    overwrite: bool,
    strict: bool,
    as_json: bool,
) -> None:
    """Find every problem of a pack before a client does.

    First the files: names, filters, blocks, phrases, options, and shell.docx, the
    letterhead. Then every paper is made, in every language, of every sample case,
    and read by the letter rules.
    Exit 0: nothing wrong; 1: errors; 3: warnings, with --strict.
    """
    from poa.build.filled import problems_apart
    from poa.build.samples import SAMPLES
    from poa.build.word_looked import look_at
    from poa.cli.pack_folders import words_of
    from poa.cli.packs.shell_file import copy_for, look
    from poa.cli.terminal import console, line, print_json, progress
    from poa.errors import PackFault
    from poa.files import bundled, read_folder
    from poa.packs import open_pack
    from poa.packs.manifest import FILE

    default = read_folder(bundled("templates") / "default")
    name = folder.resolve().name
    sources = read_folder(folder)
    shell = look(folder, pack=name)
    copied = copy_for(shell, pack=name, out=out, replace=overwrite, folder=folder) if annotate else None
    letters = look_at(words_of(folder, sources.get(FILE, "")), pack=name)
    opens, problems = problems_apart(name, {**sources, **letters.sources}, default=default)
    problems = letters.placed(problems)
    found: Sequence[Trouble] = ()
    well = opens and not any(one.severity == "error" for one in problems)
    pack = open_pack(name, sources, default=default, shell=shell.data) if well else None
    problems = (*problems, *shell.problems)
    if pack is not None and not fast:
        languages = (language,) if language else pack.languages
        with progress() as tell:
            found = tried(
                folder, languages, (sample,) if sample else tuple(SAMPLES), tell, bare=shell.is_broken
            )
    errors = sum(one.severity == "error" for one in problems) + sum(one.severity == "error" for one in found)
    warnings = len(problems) + len(found) - errors
    if as_json:
        print_json(
            {
                "check": 1,
                "pack": name,
                "errors": errors,
                "warnings": warnings,
                "problems": [one.as_data() for one in problems],
                "papers": [one.as_data() for one in found],
            }
            | (copied.as_data() if copied else {})
        )
    else:
        _show(problems, found, console())
        _sum(pack, errors, warnings, console(), tried=well and not fast)
        if well and not fast and shell.is_broken:
            console().print(line("The papers were tried without shell.docx."))
        if copied:
            console().print(line(copied.words), soft_wrap=copied.path is not None)
    if errors:
        raise click.exceptions.Exit(1)
    if not opens:
        raise PackFault("no_pack", f"{name} cannot be opened.", file=name)
    if warnings and strict:
        raise click.exceptions.Exit(3)


def tried(
    folder: Path, languages: Sequence[str], samples: Sequence[str], tell: Tell, *, bare: bool = False
) -> tuple[Trouble, ...]:
    """The papers of each language tried, several languages at a time where there are cores for it.

    ``bare`` leaves the pack's shell out, whose problems were told already.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context
    from os import cpu_count

    from poa.build.trying import together
    from poa.doing import Doing

    workers = min(cpu_count() or 1, len(languages))
    if workers < 2:
        return tuple(one for language in languages for one in try_one(folder, language, samples, bare=bare))
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        done = [pool.submit(try_one, folder, language, samples, bare=bare) for language in languages]
        found: list[Trouble] = []
        for language, one in zip(languages, done, strict=True):
            tell(Doing(f"Trying the papers in {language}"))
            found += one.result()
    return together(found)


def try_one(
    folder: Path, language: str, samples: Sequence[str], *, bare: bool = False
) -> tuple[Trouble, ...]:
    """The papers of one language tried; a function of its own so that another process can run it."""
    from poa.build.trying import troubles
    from poa.cli.pack_folders import open_packs

    return troubles(open_packs(folder, bare=bare), languages=(language,), samples=samples)


def _show(problems: Sequence[Problem], found: Sequence[Trouble], out: Console) -> None:
    from poa.cli.terminal import item, line

    for one in problems:
        style = "bold red" if one.severity == "error" else "bold"
        out.print(line(f"{one.place}: {one.severity}: {one.message}", style))
        source, caret = one.shown
        for row in (source, caret):
            if row:
                out.print(line(f"    {row}"), soft_wrap=True)
        out.print(item("    ", one.remedy))
        out.print()
    for trouble in found:
        place = ":".join(str(part) for part in (trouble.file, trouble.line) if part is not None)
        style = "bold red" if trouble.severity == "error" else "bold"
        out.print(line(f"{f'{place}: ' if place else ''}{trouble.severity}: {trouble.message}", style))
        more = len(trouble.papers) - _PAPERS
        named = ", ".join(trouble.papers[:_PAPERS]) + (f" and {more} more" if more > 0 else "")
        out.print(item("    ", f"In {named}."))
        if trouble.remedy:
            out.print(item("    ", trouble.remedy))
        out.print()


def _sum(pack: Pack | None, errors: int, warnings: int, out: Console, *, tried: bool) -> None:
    from poa.cli.terminal import line

    if not errors and not warnings and pack is not None:
        made = (
            f"; {len(pack.documents)} papers in {len(pack.languages)} languages were made and read"
            if tried
            else ""
        )
        out.print(line(f"{pack.version_mark}: nothing is wrong{made}.", "green"))
        return
    out.print(
        line(f"{errors} error{'' if errors == 1 else 's'}, {warnings} warning{'' if warnings == 1 else 's'}.")
    )
    if errors and not tried:
        out.print(line("No paper was tried. Mend these, and run the same command again."))
