"""``poa case codes``: the kinds of cause, and the gaps in one's own control that stand beside some."""

from __future__ import annotations

import click

from poa.cli.options import ui_language_option


@click.command(name="codes", epilog="Example: poa case codes")
@ui_language_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
@click.option("--debug", is_flag=True, help="Show the traceback of a fault.")
def command(ui_language: str | None, as_json: bool, debug: bool) -> None:  # noqa: ARG001, FBT001 - click calls by name; main reads --debug
    """List the codes that a cause in case.toml can have, and those of gaps."""
    from poa.cli.terminal import console, print_json, table
    from poa.policy.causes import cause_codes, gap_codes
    from poa.words import said, spoken

    language = ui_language or "en"
    causes = [one for one in cause_codes().values() if one.in_letter]
    gaps = gap_codes().values()
    if as_json:
        print_json(
            {
                "causes": [{"code": one.code, "layer": one.layer, "title": one.title} for one in causes],
                "gaps": [{"code": one.code, "title": one.title} for one in gaps],
            }
        )
        return
    out = console()
    for title, rows in (
        (said("Causes"), [(one.code, spoken(one.title, language)) for one in causes]),
        (said("Gaps in your own control"), [(one.code, spoken(one.title, language)) for one in gaps]),
    ):
        out.print(table((spoken(title, language), ""), rows))
        out.print()
