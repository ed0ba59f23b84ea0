"""``poa appeal``: the papers of an appeal from an account's files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from poa.cli.options import (
    Day,
    account_options,
    open_account,
    pack_option,
    paper_language_option,
    ui_language_option,
)
from poa.cli.roomy import part_option, roomy
from poa.doing import Doing
from poa.errors import InputFault, UsageFault

if TYPE_CHECKING:
    from poa.account import Account
    from poa.build import Appeal
    from poa.build.asked import FromRows
    from poa.cli.ahead import Maker
    from poa.cli.case.folder import OpenCase
    from poa.doing import Tell
    from poa.facts import Facts
    from poa.made import Papers

_EVIDENCE_LIMIT = 64 << 20  # bytes


@click.command(
    name="appeal",
    epilog="Example: poa appeal late-shipments.csv suppliers.xlsx --case my-case",
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
    default="md,docx,txt",
    show_default=True,
    help="Formats, with commas between: also html, and pdf where LibreOffice is.",
)
@paper_language_option
@ui_language_option
@click.option(
    "--notice",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Amazon's notice, where the case does not name it.",
)
@click.option(
    "--form-limit",
    metavar="N",
    type=click.IntRange(min=1),
    help="Characters that a box of Amazon's form takes.",
)
@pack_option
@part_option
def command(**values: Any) -> None:
    """Write the papers of an appeal: root cause analysis and plan of action.

    REPORT are the Late Shipment Report of Account Health and what else there is:
    orders reports, performance reports, suppliers' lists, in any order; without
    them, those of the case folder are read. What may be sent lies in the folder;
    what is for you only lies in its sub-folder internal.
    """
    from poa.cli.ahead import Ahead, maker

    documents = (
        "plan-of-action",
        "root-cause-analysis",
        "supplier-statement",
        "corrective-action-request",
        "cover",
    )
    ahead = Ahead(language=values["language"], documents=documents, room="poa.build", reviewed=True)
    with maker(values, ahead) as there:
        _run(values, there)


def _run(values: dict[str, Any], there: Maker) -> None:
    """Read the case and the files, write the papers, and say what was made."""
    from poa.cli.asking import answered
    from poa.cli.case.folder import open_case
    from poa.cli.outcome import show
    from poa.cli.saving import say_kept
    from poa.cli.terminal import print_json

    opened = open_case(values["case_folder"], today=values["today"], notice=values["notice"])
    if values["out"] is not None:
        check_out(values)
    account = open_account(opened, values)
    facts, papers, out, edited = answered(
        account, lambda one, tell: write_appeal(one, values, opened, there, tell=tell)
    )
    there.close()
    if values["as_json"]:
        print_json(
            {
                "out": str(out),
                "files": sorted(papers.files),
                "questions": list(papers.questions),
                "first": list(papers.first),
                "kept": list(edited),
            }
        )
    else:
        show(facts, papers, out, ui_language=opened.reads(values["ui_language"]))
        say_kept(edited, out)


def check_out(values: dict[str, Any]) -> None:
    """Refuse a folder that cannot be written to before any work is done."""
    from poa.files import check_output

    check_output(values["out"], replace=values["overwrite"])


def write_appeal(
    account: Account, values: dict[str, Any], opened: OpenCase, there: Maker, *, tell: Tell
) -> tuple[Facts, Papers, Path, tuple[str, ...]]:
    """Read, count, fill, print and write; nothing is written unless everything is."""
    from poa.account import counted_facts, joined_of
    from poa.account.late_orders import late_orders
    from poa.cli.ahead import Later
    from poa.cli.pack_folders import open_packs
    from poa.cli.saving import save
    from poa.facts import without_groups

    formats = formats_of(values["formats"])
    # The built-in pack is opened where papers are made of it, which need not be here.
    pack = values.get("pack") or (open_packs(values["pack_folder"]) if values["pack_folder"] else None)
    with roomy(account) as own:
        joined = joined_of(own, tell=there.beside(tell))
        facts = counted_facts(own, joined)
        check_facts(facts, account)
        images = there.begun(drawn, without_groups(facts), tell=tell)
        late = late_orders(joined, facts)
    told = {
        "facts": facts,
        "late_orders": late,
        "case": opened.case,
        "case_file": (opened.name, opened.data),
        "notice": opened.notice,
        "notice_file": opened.notice_file,
        "answers": opened.answers,
        "deadline": opened.deadline,
        "evidence": evidence_of(opened),
        "earlier": opened.earlier,
        "pack": pack,
        "language": values["language"],
        "ui_language": opened.reads(values["ui_language"]),
        "formats": formats,
        "form_limit": values["form_limit"],
        "final": values["final"],
    }
    elsewhere = {"images": images, "from_rows": Later(lambda: from_rows(told))}
    papers = there.made(papers_of, told | elsewhere, tell=tell)
    out = values["out"] or _folder(opened.case.seller.name, str(facts.as_of.value))
    edited = save(papers.files, out, replace=values["overwrite"], staging=values.get("staging"))
    return facts, papers, out, edited


def check_facts(facts: Facts, account: Account) -> None:
    """Raise InputFault or UsageFault where no letter can be made of the rows."""
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


def drawn(facts: Facts, *, tell: Tell) -> dict[str, bytes]:
    """The charts of an appeal's facts, wherever they are drawn."""
    from poa.build import drawn

    tell(Doing("Drawing"))
    return drawn(facts)


def from_rows(told: dict[str, Any]) -> FromRows:
    """What of an appeal's papers stands on its rows alone: thousands of them, which take as long as a letter."""
    from poa.build import from_rows_of

    return from_rows_of(appeal_of(told))


def papers_of(told: dict[str, Any], *, tell: Tell) -> Papers:
    """The papers of an appeal by its parts, wherever they are made."""
    from poa.build import appeal_papers

    return appeal_papers(appeal_of(told), tell=tell)


def appeal_of(told: dict[str, Any]) -> Appeal:
    """An appeal by its parts; no pack is the built-in one."""
    from poa.build.asked import Appeal
    from poa.cli.pack_folders import built_in

    return Appeal(**{**told, "pack": told["pack"] or built_in()})


def evidence_of(opened: OpenCase) -> dict[str, bytes]:
    """The files that prove the actions, as they are; those that nothing cites by their names alone."""
    from poa.case import exhibits
    from poa.files import read

    cited = {one.file for one in exhibits(opened.case, opened.evidence)}
    return {
        name: read(path, limit=_EVIDENCE_LIMIT) if name in cited else b""
        for name, path in opened.evidence.items()
    }


def formats_of(listed: str) -> list[str]:
    """The formats to print; UsageFault for PDF where nothing makes one."""
    from poa.files.pdf import find_office

    names = [name.strip() for name in listed.split(",") if name.strip()]
    if not names:
        raise UsageFault("no_format", "No format is given.", hint="Write, for example, --format md,docx.")
    if "pdf" in names and find_office() is None:
        raise UsageFault(
            "no_libreoffice",
            "PDFs are made by LibreOffice, which is not installed here.",
            hint="Install it, or leave pdf out and save each Word paper as PDF yourself.",
        )
    return names


def _folder(seller: str | None, as_of: str) -> Path:
    from poa.files import safe_name

    return Path(f"poa-{safe_name(seller) if seller else 'appeal'}-{as_of}")
