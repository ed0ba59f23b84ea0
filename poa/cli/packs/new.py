"""``poa packs new``: a pack that works at once, and shows how to change one section, one phrase, the look."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="new", epilog="Example: poa packs new acme")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--lang", "language", metavar="CODE", default="en", show_default=True, help="Language of the letterhead."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(folder: Path, language: str, *, as_json: bool) -> None:
    """Start a pack: it works at once, as the built-in one does.

    In it: pack.toml (its name and version), the letter with one section to change,
    a file of phrases with the letter's last sentence to change, and shell.docx, the
    letterhead, to be opened in Word or LibreOffice. Every file says in comments
    what to do.
    """
    from poa.cli.terminal import console, line, print_json, typed
    from poa.files import safe_name, write_folder
    from poa.packs.starting import starter_files
    from poa.writers.shell import starter_shell

    name = folder.resolve().name
    identity = safe_name(name)
    files = {file: text.encode() for file, text in starter_files(identity).items()}
    files["shell.docx"] = starter_shell(language, name=name)
    write_folder(folder, files, elsewhere="Give the new pack another name: poa packs new NAME.")
    if as_json:
        print_json({"folder": str(folder), "files": sorted(files)})
        return
    out = console()
    out.print(line(f"{folder} is a pack that works. Change it:", "bold"))
    for what in (
        f"  one section    {folder / 'plan-of-action.md.j2'}",
        f"  one phrase     {folder / 'lang' / 'en.toml'} (the letter's last sentence)",
        f"  the look       {folder / 'shell.docx'} (open it in Word or LibreOffice)",
    ):
        out.print(line(what), soft_wrap=True)
    out.print(line(f"See it while you write: poa packs preview {typed(folder)}"), soft_wrap=True)
    out.print(line(f"Before a client does:   poa packs check {typed(folder)}"), soft_wrap=True)
    out.print(line(f"Use it:                 poa appeal REPORT... --pack {typed(folder)}"), soft_wrap=True)
