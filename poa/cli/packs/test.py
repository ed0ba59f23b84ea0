"""``poa packs test``: the papers of a pack beside those that were accepted, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from poa.packs import Pack

GOLDEN = "golden"
_SAMPLES = ("normal", "blank_case")


@click.command(name="test", epilog="Example: poa packs test acme --accept")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--accept", is_flag=True, help="Keep the papers as they are now.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(*, folder: Path, accept: bool, as_json: bool) -> None:
    """Compare the papers of a pack with the ones that it kept.

    They lie in its folder golden, as Markdown, by sample case and language: kept
    with --accept, and read by whoever changes the pack. Exit 1 where one differs.
    """
    from difflib import unified_diff

    from poa.cli.pack_folders import open_packs
    from poa.cli.terminal import console, line, print_json, typed
    from poa.errors import InputFault
    from poa.files import read_texts, write_folder

    pack = open_packs(folder)
    made = dict(_papers(pack))
    kept = read_texts(folder / GOLDEN, prefix=GOLDEN)
    if accept:
        write_folder(
            folder / GOLDEN,
            {name.removeprefix(f"{GOLDEN}/"): text.encode() for name, text in made.items()},
            replace=True,
            elsewhere="Let yourself write to the folder of the pack.",
            stale=[name.removeprefix(f"{GOLDEN}/") for name in kept if name not in made],
        )
        kept_now = f"{len(made)} paper{' is' if len(made) == 1 else 's are'} kept in {folder / GOLDEN}."
        console().print(line(kept_now), soft_wrap=True)
        return
    if not kept:
        raise InputFault(
            "no_golden",
            f"{folder} has kept no papers yet.",
            file=str(folder / GOLDEN),
            hint=f"Read them, then: poa packs test {typed(folder)} --accept",
        )
    differences = {
        name: list(
            unified_diff(
                kept.get(name, "").splitlines(), made.get(name, "").splitlines(), "kept", "now", lineterm=""
            )
        )
        for name in sorted({*kept, *made})
        if kept.get(name) != made.get(name)
    }
    if as_json:
        print_json({"papers": len(made), "differences": differences})
    else:
        out = console()
        for name, lines in differences.items():
            out.print(line(name, "bold"))
            for words in lines:
                out.print(line(words), soft_wrap=True)
        out.print(line(f"{len(made) - len(differences)} of {len(made)} papers are as they were kept."))
        if differences:
            words = "Where that is what you want, keep them as they are now:"
            out.print(line(f"{words} poa packs test {typed(folder)} --accept"), soft_wrap=True)
    if differences:
        raise click.exceptions.Exit(1)


def _papers(pack: Pack) -> Iterator[tuple[str, str]]:
    """The Markdown of each paper by where it is kept."""
    from poa.build.sampled import sampled
    from poa.errors import UsageFault
    from poa.writers import writer

    for language in pack.languages:
        for sample in _SAMPLES:
            for document in pack.documents:
                try:
                    made = sampled(document, sample=sample, pack=pack, language=language)
                except UsageFault as fault:
                    if fault.code != "nothing_to_tell":
                        raise
                    continue
                printed = writer("md").write(made.paper(), images=made.images)
                yield f"{GOLDEN}/{sample}/{language}/{document}.md", printed.decode()
