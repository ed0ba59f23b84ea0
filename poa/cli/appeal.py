"""``poa appeal``: the papers of an appeal from an account's files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from poa.cli.options import Day, account_options, open_account, open_case
from poa.errors import InputFault, UsageFault

if TYPE_CHECKING:
    from poa.account import Account
    from poa.build import Papers
    from poa.case import Case
    from poa.doing import Tell
    from poa.facts import Facts
    from poa.packs import Pack


@click.command(
    name="appeal",
    epilog="Example: poa appeal late-shipments.csv --suppliers suppliers.xlsx --case my-case",
)
@account_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder for the papers.  [default: poa-SELLER-DATE]",
)
@click.option("--overwrite", is_flag=True, help="Replace papers that are already in the folder.")
@click.option(
    "--final/--draft",
    default=False,
    help="A final paper does not exist while a question is open.  [default: draft]",
)
@click.option("--today", metavar="DATE", type=Day(), help="Day of the letter, where the case does not say.")
@click.option(
    "--format",
    "formats",
    metavar="LIST",
    default="md,docx",
    show_default=True,
    help="Formats, with commas between.",
)
@click.option(
    "--lang", "language", metavar="CODE", default="en", show_default=True, help="Language of the papers."
)
@click.option(
    "--pack",
    "pack_folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Your own templates, laid over the built-in ones.",
)
def command(**values: Any) -> None:
    """Write the papers of an appeal: root cause analysis and plan of action.

    REPORT are the Late Shipment Report of Account Health and what else there is:
    orders reports, performance reports, suppliers' lists, in any order. What may
    be sent lies in the folder; what is for you only lies in its sub-folder
    internal.
    """
    from poa.cli.asking import answered
    from poa.cli.terminal import console, line, print_json

    case, case_name, case_data = open_case(values["case_folder"], today=values["today"])
    if values["out"] is not None:
        check_out(values)
    account = open_account(case, values)
    facts, papers, out, edited = answered(
        account,
        lambda one, tell: write_appeal(one, values, case, (case_name, case_data), tell=tell),
    )
    if values["as_json"]:
        said = {"out": str(out), "files": sorted(papers.files), "questions": list(papers.questions)}
        print_json(said | {"kept": list(edited)})
    else:
        show(facts, papers, out)
        for name in edited:
            console().print(line(f"Edited since the last run, kept as {out / name}"), soft_wrap=True)


def check_out(values: dict[str, Any]) -> None:
    """Refuse a folder that cannot be written to before any work is done."""
    from poa.files import check_output

    check_output(values["out"], replace=values["overwrite"])


def write_appeal(
    account: Account, values: dict[str, Any], case: Case, case_file: tuple[str, bytes], *, tell: Tell
) -> tuple[Facts, Papers, Path, tuple[str, ...]]:
    """Read, count, fill, print and write; nothing is written unless everything is."""
    from poa.account import facts_of
    from poa.build import Appeal, appeal_papers

    out = values["out"]
    pack = open_packs(values["pack_folder"])
    facts = facts_of(account, tell=tell)
    longest = facts.late_shipment_rate[0]
    if longest.late.value is None or not longest.all_late_known:
        raise InputFault(
            "no_confirmations",
            "No file says of all orders, or of all late ones, when they were confirmed.",
            file=facts.source.files[0].name,
            hint="Add the Late Shipment Report of Account Health, or a list with ship confirmation times.",
        )
    if account.marketplace is None and len(facts.stores) > 1:
        raise UsageFault(
            "several_stores",
            f"The files hold orders of several stores: {', '.join(facts.stores)}.",
            hint=f"A letter is about one. Name it, such as --marketplace {facts.stores[0]}.",
        )
    papers = appeal_papers(
        Appeal(
            facts=facts,
            case=case,
            case_file=case_file,
            pack=pack,
            language=values["language"],
            formats=_formats(values["formats"]),
            final=values["final"],
        ),
        tell=tell,
    )
    out = out or _folder(case.seller.name, str(facts.as_of.value))
    edited = save(papers, out, replace=values["overwrite"])
    return facts, papers, out, edited


def _formats(listed: str) -> list[str]:
    names = [name.strip() for name in listed.split(",") if name.strip()]
    if not names:
        raise UsageFault("no_format", "No format is given.", hint="Write, for example, --format md,docx.")
    return names


def save(papers: Papers, out: Path, *, replace: bool) -> tuple[str, ...]:
    """Write the papers; what somebody edited since the last run is kept aside, and returned by name.

    A case that was filled in there is the seller's own work: no run writes over it.
    """
    from hashlib import sha256

    from poa.build import BLANK_CASE
    from poa.files import edited_since, provenance_of, write_folder

    made = provenance_of(out)
    edited = {name: data for name, data in edited_since(out, made).items() if name != BLANK_CASE}
    kept = {
        f"internal/edited/{sha256(data).hexdigest()[:8]}-{name.rsplit('/', 1)[-1]}": data
        for name, data in edited.items()
    }
    fresh = {
        name: data for name, data in papers.files.items() if name != BLANK_CASE or not (out / name).exists()
    }
    stale = [name for name in made.outputs if name not in papers.files and name != BLANK_CASE]
    write_folder(out, {**kept, **fresh}, replace=replace, stale=stale)
    return tuple(kept)


def open_packs(folder: Path | None) -> Pack:
    """The pack in a folder, laid over the built-in one; without a folder, the built-in one."""
    from poa.files import bundled, read_folder
    from poa.packs import open_pack

    default = read_folder(bundled("templates") / "default")
    if folder is None:
        return open_pack("default", default, default=default)
    return open_pack(folder.resolve().name, read_folder(folder), default=default)


def _folder(seller: str | None, as_of: str) -> Path:
    from poa.files import safe_name

    return Path(f"poa-{safe_name(seller) if seller else 'appeal'}-{as_of}")


def _next_step(papers: Papers, out: Path) -> Iterator[str]:
    from poa.build import BLANK_CASE

    if BLANK_CASE in papers.files:
        yield f"What only you can say, write into {out / BLANK_CASE},"
        yield "and run the same command again with these added:"
        yield f"  --case {out / 'internal'} --out {out} --overwrite"
    else:
        yield "What only you can say, write into the case file, and run again, adding"
        yield f"  --out {out} --overwrite"


def show(facts: Facts, papers: Papers, out: Path) -> None:
    """Say what was counted, what is open, and what to open first."""
    from poa.build import counted_questions
    from poa.cli.terminal import console, line
    from poa.rounding import percent

    said = console()
    for rate in facts.late_shipment_rate[:2]:
        if rate.rate.value is not None and not rate.few:
            shown = percent(float(rate.rate.value), against=float(rate.target.value or 0))
            said.print(
                line(
                    f"{rate.window_days} days: {rate.late.value:,} of {rate.orders.value:,} orders late, {shown}."
                )
            )
    if facts.rows_refused.value:
        said.print(line(f"{facts.rows_refused.value:,} rows could not be used; the cover lists them."))
    said.print()
    if papers.questions:
        said.print(line(f"A draft; {counted_questions(len(papers.questions))} open:", "bold"))
        for question in papers.questions:
            said.print(line(f"  - {question}"))
        for hint in _next_step(papers, out):
            said.print(line(hint), soft_wrap=True)
        said.print()
    for word, name in (
        ("Open first: ", "internal/cover"),
        ("Then:       ", "plan-of-action"),
        ("Then:       ", "root-cause-analysis"),
    ):
        found = next((f"{name}{end}" for end in (".docx", ".md") if f"{name}{end}" in papers.files), None)
        if found:
            said.print(line(f"{word} {out / found}"), soft_wrap=True)
