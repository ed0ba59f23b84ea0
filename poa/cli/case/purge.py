"""``poa case purge``: delete the files of a case that is closed, and say which."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import click


@click.command(name="purge", epilog="Example: poa case purge my-case")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="The case file, the journal, what was sent and the weeks told, too.",
)
@click.option("--yes", is_flag=True, help="Do not ask again.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(*, folder: Path, everything: bool, yes: bool, as_json: bool) -> None:
    """Delete the reports, notices and evidence of a case that is closed.

    Only the files of the folders inputs and evidence go; the case file, the
    journal, the copies of what was sent and the history of its weeks stay, unless
    you say --all. Other files of the folder are never touched.
    """
    from poa.case.journal import JOURNAL
    from poa.characters import harmless
    from poa.cli.case.folder import CASE_FILE, EVIDENCE, INPUTS, NOTICE_NAME, SENT, case_file
    from poa.cli.case.wall_clock import on_terminal
    from poa.cli.terminal import console, line, print_json
    from poa.errors import UsageFault
    from poa.files import files_in, remove_files
    from poa.ledger import FOLDER as HISTORY
    from poa.words import counted

    folder = case_file(folder).absolute().parent
    known = files_in(folder)
    gone = [
        name
        for name in known
        if (name.split("/")[0] in {INPUTS, EVIDENCE} and "/" in name)
        or PurePosixPath(name).stem == NOTICE_NAME
    ]
    if everything:
        told = (f"{SENT}/", f"{HISTORY}/")
        gone += [name for name in known if name in {CASE_FILE, JOURNAL} or name.startswith(told)]
    out = console()
    if gone and not yes:
        if not on_terminal():
            raise UsageFault(
                "not_confirmed",
                f"Files would be deleted for good: {len(gone)}. None was touched.",
                hint="Add --yes to delete them.",
            )
        for name in gone:
            click.echo(f"  {harmless(name)}", err=True)
        click.confirm("Delete these files for good?", abort=True, err=True)
    remove_files([known[name] for name in gone], inside=folder)
    if as_json:
        print_json({"deleted": gone})
        return
    out.print(line(counted(len(gone), "1 file was deleted.", "{number} files were deleted.")))
