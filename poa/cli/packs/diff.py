"""``poa packs diff``: what changed in the built-in files since they were ejected."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="diff", epilog="Example: poa packs diff acme")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(folder: Path, *, as_json: bool) -> None:
    """Say what changed in built-in files since they were ejected into a pack.

    Take over what you want by hand, then eject the file again under another name
    and compare, or copy the lines.
    """
    from poa.cli.pack_folders import open_packs
    from poa.cli.terminal import console, line, print_json
    from poa.files import read_texts
    from poa.packs.origins import FOLDER, changes, ejected

    pack = open_packs(folder)
    kept = ejected(read_texts(folder / FOLDER, prefix=FOLDER))
    found = tuple(changes(kept, pack.default))
    if as_json:
        print_json([{"file": one.file, "gone": one.gone, "diff": list(one.lines)} for one in found])
        return
    out = console()
    if not kept:
        out.print(line("No file of this pack was ejected."))
    elif not found:
        files = "built-in file that was" if len(kept) == 1 else f"{len(kept)} built-in files that were"
        out.print(line(f"Nothing changed in the {files} ejected."))
    for one in found:
        if one.gone:
            out.print(line(f"{one.file}: there is no built-in file of this name any more."))
        for words in one.lines:
            out.print(line(words), soft_wrap=True)
