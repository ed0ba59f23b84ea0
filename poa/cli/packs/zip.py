"""``poa packs zip``: a pack in one file."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="zip", epilog="Example: poa packs zip acme")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="The file.  [default: NAME-VERSION.zip]"
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(folder: Path, out: Path | None, *, as_json: bool) -> None:
    """Put a pack into one file, for sending.

    The same files make the same bytes. Links and hidden files stay behind.
    """
    from poa.cli.pack_folders import open_packs
    from poa.cli.terminal import console, line, print_json
    from poa.files import safe_name, save_new
    from poa.files.packed_packs import files_of_pack, zipped_pack

    files = files_of_pack(folder)
    pack = open_packs(folder)  # a pack that cannot be opened is not sent on
    name = safe_name(folder.resolve().name)
    path = out or Path(f"{name}-{safe_name(pack.version)}.zip")
    save_new(path, zipped_pack(name, files), hint="Name another file with --out.")
    if as_json:
        print_json({"file": str(path), "files": sorted(files), "sha256": pack.sha256})
        return
    console().print(line(f"{path}: {pack.version_mark}, {len(files)} files."), soft_wrap=True)
