"""``poa packs unzip``: a pack taken out of a file, safely."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="unzip", epilog="Example: poa packs unzip acme-1.0.zip")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="The folder.  [default: the pack's name]"
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(file: Path, out: Path | None, *, as_json: bool) -> None:
    """Take a pack out of a zip file into a new folder.

    Files that lead out of it, links, programs and bombs are refused; nothing is
    written then. What the pack does, 'poa packs check' says.
    """
    from poa.cli.terminal import console, line, print_json, typed
    from poa.errors import InputFault
    from poa.files import safe_name, write_folder
    from poa.files.packed_packs import unzipped_pack

    if not file.is_file():
        raise InputFault("no_such_file", f"There is no file {file}.", file=str(file), hint="Check the name.")
    name, files = unzipped_pack(file)
    folder = out or Path(safe_name(name))
    write_folder(folder, files, elsewhere="Name another folder with --out.")
    if as_json:
        print_json({"folder": str(folder), "files": sorted(files)})
        return
    console().print(
        line(f"{folder}: {len(files)} files. Next: poa packs check {typed(folder)}"), soft_wrap=True
    )
