"""``poa batch``: one job for many accounts, with all cores or a cluster, and an index over them by urgency."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from poa.cli.batch.outcome import by_urgency, counted
from poa.errors import OutputFault, PoaError, UsageFault

if TYPE_CHECKING:
    from poa.cli.batch.asked import Asked
    from poa.cli.batch.outcome import Outcome

_OTHER = "Wait until it has ended, or name another folder with --out."


@click.command(
    name="batch",
    context_settings={"ignore_unknown_options": True},
    options_metavar="[OPTIONS] [OPTIONS OF THE JOB]",
    epilog="Example: poa batch clients --job weekly --week 2026-W44 --pack acme",
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("options", nargs=-1, type=click.UNPROCESSED, metavar="")
@click.option(
    "--job",
    type=click.Choice(["appeal", "weekly", "summary"]),
    default="appeal",
    show_default=True,
    help="What to make for each account.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the papers, one in it for each account.  [default: poa-FOLDER-JOB]",
)
@click.option("--only", metavar="NAME", multiple=True, help="Only the account of this sub-folder.")
@click.option("--failed", "only_failed", is_flag=True, help="Only the accounts that failed last time.")
@click.option("--anew", is_flag=True, help="Make everything again, also what is done.")
@click.option(
    "--workers",
    metavar="N",
    type=click.IntRange(min=1),
    help="Accounts made at once.  [default: one for each core]",
)
@click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster, such as tcp://192.168.1.10:8786.")
@click.option(
    "--shared", is_flag=True, help="The workers of the cluster see the same folders by the same paths."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(**values: Any) -> None:
    """Make the papers of many accounts: each sub-folder of FOLDER is a case folder.

    Any option of the job goes with it for every account, such as --lang or --pack;
    'poa appeal --help' and 'poa weekly --help' list them. One account that fails
    never stops the rest. Stopped at any moment and begun again, the same command
    makes only what is left or has changed. The index batch.html lists all
    accounts, the most urgent first.
    """
    from poa.cli.batch.book import HOME, Book
    from poa.cli.batch.showing import repeating, show
    from poa.cli.terminal import print_json
    from poa.files import check_output
    from poa.files.held import held

    asked = _asked(values)
    asked.accounts(values["only"])  # before anything is written
    check_output(asked.out, replace=(asked.out / HOME).is_dir())
    with held(asked.out / HOME, hint=_OTHER) as work:
        Book(asked).tidy()
        outcomes = _made(asked, values, work)
        index, fault = _index(asked, outcomes)
    failed = [one for one in by_urgency(outcomes) if one.failed]
    if values["as_json"]:
        print_json(
            {
                "batch": 1,
                "job": asked.job,
                "out": str(asked.out),
                "accounts": [one.as_data() for one in by_urgency(outcomes)],
                "done": len(outcomes) - len(failed),
                "failed": len(failed),
                "repeat": repeating(asked, failed) if failed else None,
            }
        )
    else:
        show(asked, outcomes, index=index)
    if fault is not None:
        raise fault
    if failed:
        sys.exit(1)


def _asked(values: dict[str, Any]) -> Asked:
    """What the options ask for; raises UsageFault for those that do not go together."""
    from poa.cli.batch.asked import asked_of

    folder, out, shared = values["folder"], values["out"], values["shared"]
    if str(folder).startswith("-"):
        raise UsageFault(
            "usage",
            f"There is no option {folder} of a batch.",
            hint=f"An option of the job stands behind the folder: poa batch FOLDER {folder}",
        )
    if values["workers"] is not None and values["scheduler"] is not None:
        raise UsageFault("usage", "--workers and --scheduler cannot be given together.")
    if shared and values["scheduler"] is None:
        raise UsageFault("usage", "--shared goes with --scheduler.")
    out = out or Path(f"poa-{folder.resolve().name}-{values['job']}")
    if shared:  # by the same paths everywhere
        folder, out = folder.absolute(), out.absolute()
    return asked_of(values["job"], values["options"], folder=folder, out=out)


def _made(asked: Asked, values: dict[str, Any], work: Path) -> list[Outcome]:
    """The outcome of each account that was asked for."""
    from poa.cli.batch.book import Book
    from poa.cli.batch.showing import progress

    names = asked.accounts(values["only"])
    if values["only_failed"]:
        book = Book(asked)
        names = tuple(name for name in names if (told := book.noted(name)) and told.failed)
        if not names:
            raise UsageFault("none_failed", f"No account failed in {asked.out}.", hint="Leave --failed out.")
    found: list[Outcome] = []
    try:
        with progress(len(names)) as step:
            for one in _outcomes(asked, names, values, work):
                found.append(one)
                step(one)
    except KeyboardInterrupt:
        raise PoaError(
            "stopped",
            f"Stopped; {len(found):,} of {counted(len(names), 'account')} are done.",
            hint="The same command goes on with the rest.",
        ) from None
    return found


def _outcomes(asked: Asked, names: Sequence[str], values: dict[str, Any], work: Path) -> Iterator[Outcome]:
    """The outcome of each account as they come, on this machine or on a cluster."""
    anew = values["anew"]
    if values["scheduler"] is not None:
        from poa.cli.batch.cluster import outcomes as on_cluster

        return on_cluster(
            asked, names, address=values["scheduler"], work=work, anew=anew, shared=values["shared"]
        )
    from poa.cli.batch.local import cores, outcomes

    return outcomes(asked, names, workers=values["workers"] or cores(), work=work, anew=anew)


def _index(asked: Asked, fresh: Sequence[Outcome]) -> tuple[str | None, OutputFault | None]:
    """Write the index over all accounts, those of earlier runs too; where the page lies, or why it does not."""
    from poa.cli.batch.book import Book
    from poa.cli.batch.index import CSV, HTML, as_csv, as_html
    from poa.files import replace_file

    book, made = Book(asked), {one.account: one for one in fresh}
    found = [made.get(name) or book.noted(name) for name in asked.accounts()]
    known = [one for one in found if one is not None]
    try:
        replace_file(asked.out / CSV, as_csv(known))
        replace_file(asked.out / HTML, as_html(asked, known))
    except OutputFault as fault:
        return None, fault
    return str(asked.out / HTML), None
