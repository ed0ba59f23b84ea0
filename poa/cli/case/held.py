"""``poa case held``: the seller's own word on whether an action held in a week, where no file can tell."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="held", epilog="Example: poa case held my-case P2 2026-W44")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("action", metavar="ACTION")
@click.argument("week", metavar="WEEK")
@click.option("--missed", is_flag=True, help="It did not hold in that week.")
@click.option("--note", default="", metavar="TEXT", help="How you know.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(
    *,
    folder: Path,
    action: str,
    week: str,
    missed: bool,
    note: str,
    as_json: bool,
) -> None:
    """Note that an action (P1, C2 ...) held in a week, by your own check.

    poa weekly takes your word only where the rows cannot tell; it is marked as
    your own. It is written as a [[check]] into case.toml.
    """
    from poa.case import read_case
    from poa.case.editing import with_entry_of
    from poa.cli.case.folder import case_file, open_case
    from poa.cli.terminal import console, line, print_json
    from poa.files import replace_file

    path = case_file(folder)
    opened = open_case(folder)
    told: dict[str, str | bool | None] = {
        "action": action,
        "week": week.upper(),
        "held": not missed,
        "note": note,
    }
    data, _ = with_entry_of(opened.data, "check", told)
    read_case(
        data, name=path.name
    )  # refuses an action or a week that does not exist, before anything is written
    replace_file(path, data)
    if as_json:
        print_json({"check": told})
    else:
        console().print(
            line(f"{action} {'missed' if missed else 'held'} in {week.upper()}, by your own word.")
        )
