"""``poa packs preview``: each document of a pack in the browser, made anew with each change of a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from poa.errors import InputFault, UsageFault, did_you_mean

if TYPE_CHECKING:
    from poa.cli.packs.preview_desk import Choice, Desk
    from poa.cli.packs.preview_server import PreviewServer


@click.command(name="preview", epilog="Example: poa packs preview acme")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--port", type=click.IntRange(0, 65535), metavar="N", default=0, help="Port.  [default: any that is free]"
)
@click.option("--no-browser", is_flag=True, help="Print the address, open nothing.")
@click.option("--lang", "language", metavar="CODE", help="Language of the documents to begin with.")
@click.option(
    "--sample", metavar="NAME", default="normal", show_default=True, help="Sample case to begin with."
)
def command(*, folder: Path, port: int, language: str | None, sample: str, no_browser: bool) -> None:
    """See each document of the pack in FOLDER while you write it.

    A page in your browser shows the document that you choose, with a sample case,
    in a moment after each change of a file, and what is wrong beside its line.
    Only this machine can see it. Ctrl-C ends it.
    """
    from poa.cli.packs.preview_desk import Desk
    from poa.cli.terminal import console, line

    desk = Desk(found_pack(folder))
    server = serve(desk, first_choice(desk, language=language, sample=sample), port=port)
    out = console()
    try:
        desk.watch()
        out.print(line(f"Preview of {desk.name}: {server.address}"), soft_wrap=True)
        out.print(line("It follows each change of a file. Ctrl-C ends it."), soft_wrap=True)
        out.file.flush()
        if not no_browser:
            _open(server.address)
        server.serve_forever(poll_interval=0.2)
    except KeyboardInterrupt:
        # A fresh console: the other may have been stopped in the middle of a line.
        console().print(line("\nThe preview has ended."))
    finally:
        desk.end()
        server.server_close()


def found_pack(folder: Path) -> Path:
    """The folder of a pack, or of one that ships with poa by its name; InputFault for anything else."""
    from poa.cli.terminal import typed
    from poa.files import bundled_packs

    if not folder.is_dir():
        shipped = bundled_packs()
        if str(folder) in shipped:
            return shipped[str(folder)]
        raise InputFault(
            "no_such_folder",
            f"There is no folder {folder}.",
            file=str(folder),
            hint=f"Start one: poa packs new {typed(folder.name or 'acme')}",
        )
    if not (folder / "pack.toml").is_file():
        raise InputFault(
            "no_pack",
            f"{folder} holds no pack: there is no pack.toml in it.",
            file=str(folder),
            hint="Name the folder with pack.toml, or start a pack: poa packs new acme",
        )
    return folder


def first_choice(desk: Desk, *, language: str | None, sample: str) -> Choice:
    """What is shown first; UsageFault for a language or a sample case that is not there."""
    from poa.build.samples import SAMPLES
    from poa.cli.packs.preview_desk import Choice

    for code, option, value, known in (
        ("unknown_language", "--lang", language, desk.languages),
        ("no_such_sample", "--sample", sample, tuple(SAMPLES)),
    ):
        if value is not None and value not in known:
            raise UsageFault(
                code,
                f"{option} cannot be '{value}'{did_you_mean(value, known)}",
                hint=f"Choose from {', '.join(known)}.",
            )
    spoken = language or ("en" if "en" in desk.languages else desk.languages[0])
    return Choice(document=desk.documents[0], language=spoken, sample=sample)


def serve(desk: Desk, chosen: Choice, *, port: int) -> PreviewServer:
    """The server, bound to its port; UsageFault where another program has it."""
    from poa.cli.packs.preview_server import PreviewServer

    try:
        return PreviewServer(desk, port=port, chosen=chosen)
    except OSError as error:
        raise UsageFault(
            "port_taken",
            f"Port {port} cannot be used: {error.strerror or error}.",
            hint="Choose another --port, or leave it out.",
        ) from None


def _open(address: str) -> None:
    """Open the browser, where there is a screen for one: a browser in the terminal would take it over."""
    import os
    import sys
    import webbrowser

    if sys.platform not in {"win32", "darwin"} and not {"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ):
        return
    try:
        webbrowser.open(address)
    except (OSError, webbrowser.Error):
        return
