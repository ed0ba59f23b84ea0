"""``poa case new``: a folder for one appeal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from poa.cli.case.ask import letter_language_option
from poa.cli.options import ui_language_option

if TYPE_CHECKING:
    from poa.words import Said


@click.command(name="new", epilog="Example: poa case new my-case late-shipments.csv --notice notice.txt")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("reports", nargs=-1, metavar="[REPORT]...", type=click.Path(path_type=Path))
@click.option(
    "--notice", type=click.Path(path_type=Path), metavar="FILE", help="Amazon's notice, as text or e-mail."
)
@click.option("--marketplace", metavar="CODE", help="US, UK, DE, JP ...  [default: the notice's, else US]")
@click.option("--ask/--no-ask", default=None, help="Ask the questions at once.  [default: on a terminal]")
@letter_language_option
@ui_language_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(**values: Any) -> None:
    """Start a case folder with your reports and Amazon's notice.

    The files are copied into its folder inputs. What proves your actions belongs
    into evidence; what only you can say, into case.toml. Then: poa case ask.
    """
    from poa.cli.case.wall_clock import on_terminal
    from poa.cli.terminal import print_json, teller
    from poa.files import write_folder

    folder, language = values["folder"], values["ui_language"] or "en"
    _check_new(folder)
    files, store = _files(values)
    write_folder(folder, files)
    if values["as_json"]:
        print_json({"folder": str(folder), "files": sorted(files), "marketplace": store})
        return
    asking = on_terminal() if values["ask"] is None else values["ask"]
    for sentence in _told(folder, files, asking=asking, notice=values["notice"] is not None):
        teller(language)(sentence)
    if asking:
        from poa.cli.case.ask import ask_all

        ask_all(folder, ui_language=language, language=values["language"])


def _check_new(folder: Path) -> None:
    """Raise OutputFault before any work where the folder could not be made, or is somebody's already."""
    from poa.cli.case.folder import CASE_FILE
    from poa.errors import OutputFault
    from poa.files import check_output

    if (folder / CASE_FILE).exists():
        raise OutputFault(
            "already_exists",
            f"{folder} already holds a case, and nothing in it was touched.",
            file=str(folder),
            hint=f"Go on with it: poa case ask {folder}",
        )
    try:
        check_output(folder, replace=False)
    except OutputFault as fault:
        fault.hint = "Name a folder that is not there yet."
        raise


def _files(values: dict[str, Any]) -> tuple[dict[str, bytes], str]:
    """The files of the folder by their name in it, and its store."""
    from poa.case.blank import blank_case
    from poa.cli.case.folder import CASE_FILE, EVIDENCE, EVIDENCE_NOTE, INPUTS, notice_in
    from poa.files import free_name, read
    from poa.policy import marketplace

    notice: Path | None = values["notice"]
    copied: dict[str, bytes] = {}  # each by a name that is safe everywhere, and no name twice
    for path in values["reports"]:
        copied[free_name(path.name, copied)] = read(path)
    notice_file, stated = "", None
    if notice:
        told, (_, data) = notice_in(notice)
        stated = told.marketplace
        notice_file = free_name(notice.name, copied)
        copied[notice_file] = data
    store = marketplace(values["marketplace"] or stated or "US").code
    case = blank_case(
        marketplace=store,
        notice_file=f"{INPUTS}/{notice_file}" if notice_file else "",
        speak=values["ui_language"] or "en",
    )
    return {
        **{f"{INPUTS}/{name}": data for name, data in copied.items()},
        CASE_FILE: case,
        f"{EVIDENCE}/{EVIDENCE_NOTE}": _README.encode(),
    }, store


_README = """\
Files that prove your actions: photos, exports, invoices, screenshots of settings.
Mark the part that matters; never alter a document. Write a file's name into
case.toml as the evidence of the action that it shows. Amazon takes PDF, PNG, JPG
and GIF; save others as PDF.
"""


def _told(folder: Path, files: dict[str, bytes], *, asking: bool, notice: bool) -> Iterator[Said]:
    from poa.cli.case.folder import EVIDENCE, INPUTS
    from poa.words import counted, said

    copies = sum(name.startswith(f"{INPUTS}/") for name in files)
    yield counted(
        copies,
        "The case folder {folder} is made; 1 file was copied into it.",
        "The case folder {folder} is made; {number} files were copied into it.",
        folder=str(folder),
    )
    if not notice and not asking:
        inputs = str(folder / INPUTS)
        yield said("Save Amazon's notice into {folder}, and write its name into case.toml.", folder=inputs)
    yield said("Put what proves your actions into {folder}.", folder=str(folder / EVIDENCE))
    if not asking:
        yield said("Next: poa case ask {folder}", folder=str(folder))
