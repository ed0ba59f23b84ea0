"""``poa case codes``: the kinds of cause, the gaps in one's own control beside some, and the control figures."""

from __future__ import annotations

import click

from poa.cli.options import ui_language_option


@click.command(name="codes", epilog="Example: poa case codes")
@ui_language_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(*, ui_language: str | None, as_json: bool) -> None:
    """List the codes of causes and of gaps, and the control figures of actions.

    A control figure is what poa weekly measures of an action each week: write it
    as kpi into its entry in case.toml, with target and weeks, or use 'poa case
    follow'.
    """
    from poa.cli.terminal import console, print_json
    from poa.policy.causes import cause_codes, gap_codes
    from poa.policy.kpis import kpis
    from poa.words import said

    language = ui_language or "en"
    causes = [one for one in cause_codes().values() if one.in_letter]
    gaps = gap_codes().values()
    if as_json:
        print_json(
            {
                "causes": [{"code": one.code, "layer": one.layer, "title": one.title} for one in causes],
                "gaps": [{"code": one.code, "title": one.title} for one in gaps],
                "kpis": [
                    {
                        "code": one.id,
                        "title": one.title,
                        "unit": one.unit,
                        "better": one.better,
                        "fits": [*one.fits],
                    }
                    for one in kpis().values()
                ],
            }
        )
        return
    out = console(language=language)
    for title, titles in (
        (said("Causes"), {one.code: said(one.title) for one in causes}),
        (said("Gaps in your own control"), {one.code: said(one.title) for one in gaps}),
        (said("Control figures of actions (kpi)"), {one.id: said(one.title) for one in kpis().values()}),
    ):
        out.table((title, ""), [*titles.items()])
        out.print()
