"""``poa packs which``: the chain of files behind a paper or a phrase."""

from __future__ import annotations

from pathlib import Path

import click

from poa.cli.options import pack_option


@click.command(name="which", epilog="Example: poa packs which plan-of-action --pack acme")
@click.argument("name", metavar="NAME")
@pack_option
@click.option(
    "--lang", "language", metavar="CODE", default="en", show_default=True, help="Language of the paper."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
@click.option("--debug", is_flag=True, help="Show the traceback of a fault.")
def command(name: str, pack_folder: Path | None, language: str, *, as_json: bool, debug: bool) -> None:  # noqa: ARG001 - main reads --debug
    """Say which files make a paper, or say a phrase, and why.

    NAME is a paper (plan-of-action), a file (_rates.md.j2, lang/de.toml) or the
    key of a phrase. The first line wins.
    """
    from poa.cli.appeal import open_packs
    from poa.cli.terminal import console, line, print_json
    from poa.packs.chain import chain_of

    steps = chain_of(open_packs(pack_folder), name, language=language)
    if as_json:
        print_json([{"file": one.file, "why": one.why, "depth": one.depth} for one in steps])
        return
    for one in steps:
        console().print(line(f"{'  ' * one.depth}{one.file}: {one.why}"))
