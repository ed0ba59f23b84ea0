"""``poa packs eject``: a built-in file copied into a pack, with the text that it had."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="eject", epilog="Example: poa packs eject acme _causes.md.j2")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("file", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(folder: Path, file: str, *, as_json: bool) -> None:
    """Copy a built-in file into a pack, to change it as a whole.

    Change a block or a phrase instead where you can: an ejected file does not
    follow the built-in one. What it was is kept in the folder origins, so that
    'poa packs diff' can say what changed since.
    """
    from poa.cli.pack_folders import open_packs
    from poa.cli.terminal import console, line, print_json
    from poa.errors import PackFault, did_you_mean
    from poa.files import check_absent, write_folder
    from poa.packs.origins import origin_name

    pack = open_packs(folder)
    text = pack.default.get(file)
    if text is None or file == "pack.toml":
        known = sorted(name for name in pack.default if name != "pack.toml")
        raise PackFault(
            "unknown_file",
            f"There is no built-in file '{file}'{did_you_mean(file, known)}",
            file=file,
            hint=f"The built-in files are: {', '.join(known)}.",
        )
    hint = "Rename or delete the one in the pack, then run this again."
    check_absent(folder / file, hint=hint)
    kept = origin_name(file)
    write_folder(folder, {file: text.encode(), kept: text.encode()}, replace=True, elsewhere=hint)
    if as_json:
        print_json({"file": str(folder / file), "origin": str(folder / kept)})
        return
    console().print(
        line(f"{folder / file} is yours now; what it was is kept in {folder / kept}."), soft_wrap=True
    )
