"""``poa packs list``: the packs that come with poa."""

from __future__ import annotations

import click


@click.command(name="list", epilog="Example: poa packs list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(*, as_json: bool) -> None:
    """List the packs that come with poa, with their papers and languages."""
    from poa.cli.pack_folders import open_packs
    from poa.cli.terminal import console, print_json
    from poa.files import bundled_packs

    found = [
        (name, open_packs(None if name == "default" else folder)) for name, folder in bundled_packs().items()
    ]
    if as_json:
        print_json(
            [
                {
                    "name": name,
                    "id": one.id,
                    "version": one.version,
                    "documents": list(one.documents),
                    "languages": list(one.languages),
                }
                for name, one in found
            ]
        )
        return
    rows = [(name, one.version, ", ".join(one.documents), ", ".join(one.languages)) for name, one in found]
    console().table(("Pack", "Version", "Papers", "Languages"), rows)
