"""What is handed to poa from outside, one function a door: any bytes end in a result or in one sentence.

Each function takes bytes, whatever they are, and gives "read" or the code of the refusal. What else it
raises is a find: an exception that nobody foresaw, or a law of the door that does not hold.
``bench/fuzz.py`` runs them by the million, ``test_found.py`` on every find and some hundred inputs more.

Bytes that begin with RS are the parts of a zip: RS, name, line feed, content, and so on.
"""

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType

from made_reviews import sample_ground
from made_shells import FIELDS
from test_writers import PICTURES, paper, says, seen
from word_package import check_package

from poa.account import Account, facts_of
from poa.account.gathering import gather
from poa.build.filled import given
from poa.case import exhibits, links, open_questions, read_case, statements, template_data
from poa.case.editing import statement_texts, with_answer, with_entry_of
from poa.case.journal import entry_line, last_reply, read_journal, submissions, unconfirmed
from poa.case.notices import due_on, notice_data, notice_text, read_notice
from poa.case.triage import Answers, first_steps, plan_needed
from poa.document import Document
from poa.errors import CaseFault, PoaError
from poa.facts import evidence_data, summary_data
from poa.files import InputFile, as_input, bundled, free_name, plain_name, read_folder, safe_name
from poa.files.inputs import inside
from poa.files.packed_packs import unzipped_pack, zipped_pack
from poa.ledger import FOLDER, ledger, read_record, record_bytes
from poa.markdown import clean, escape, parse
from poa.packs import fill, open_pack
from poa.packs.checking import problems_of_files
from poa.paper import Paper, paper_of
from poa.policy import marketplace
from poa.readers import Note, annotated, read_paper
from poa.reports.mapping import read_mapping
from poa.reports.opening import Reading
from poa.review import read_ground, review, review_data
from poa.review.settings import PLAIN, read_settings
from poa.writers import docx, md
from poa.writers import shell as shells

RS = b"\x1e"
READ = "read"

Target = Callable[[bytes], None]
TARGETS: dict[str, Target] = {}


def target(made: Target) -> Target:
    """Among the targets, by the name of its function."""
    TARGETS[made.__name__.removeprefix("_").removesuffix("_")] = made
    return made


def outcome(name: str, data: bytes) -> str:
    """What comes of the bytes at a door: "read", or the code of the one sentence that refuses them."""
    try:
        TARGETS[name](data)
    except PoaError as fault:
        one_sentence(fault)
        return fault.code
    return READ


def one_sentence(fault: PoaError) -> None:
    """A refusal has a stable code, one line of words, a place that can be, and fits into JSON."""
    assert re.fullmatch(r"[a-z][a-z0-9_]+", fault.code)
    assert fault.message.strip()
    assert "\n" not in fault.message
    assert fault.line is None or fault.line >= 1
    fits_json(fault.as_data())


def fits_json(told: object) -> None:
    """What is told fits into JSON as poa prints it: finite numbers, and text that UTF-8 can hold."""
    json.dumps(told, allow_nan=False, ensure_ascii=False).encode()


def parts_in(data: bytes) -> dict[str, bytes]:
    """The parts that bytes name; where two have one name, the last."""
    told = (one.partition(b"\n") for one in data.split(RS)[1:])
    return {name.decode("utf-8", "replace"): content for name, _, content in told}


def as_parts(parts: dict[str, bytes]) -> bytes:
    """The same, the other way round."""
    return b"".join(RS + name.encode() + b"\n" + content for name, content in parts.items())


def as_file(data: bytes) -> bytes:
    """The file that bytes stand for: a zip of the parts that they name, or they themselves."""
    if not data.startswith(RS):
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts_in(data).items():
            info = zipfile.ZipInfo("x", (1980, 1, 1, 0, 0, 0))
            info.filename = name  # unlike the constructor, it takes a name as it is
            package.writestr(info, content)
    return out.getvalue()


def text_in(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _silent(_: object) -> None:
    """Nobody watches."""


# --- reports ---------------------------------------------------------------------------------------


@cache
def _orders() -> InputFile:
    return as_input(
        "orders.csv",
        b"order-id,sku,ship-by-date,ship-confirm-date\n"
        + "".join(
            f"111-{n:07d}-0000000,A-{n % 3},2026-10-{n % 28 + 1:02d}T12:00:00Z,2026-10-{n % 28 + 1:02d}T{n % 24:02d}:00:00Z\n"
            for n in range(60)
        ).encode(),
    )


@target
def report(data: bytes) -> None:
    """A report of any type: text, workbook, JSON, XML, packed or not. Rows read are rows used and rows refused."""
    stores = ("US", "JP") if any(byte > 127 for byte in data) else ("US",)
    for number, code in enumerate(stores):
        store = marketplace(code)
        try:
            files = inside(as_input("report", as_file(data)))
            gathered = gather(
                files, reading=Reading(zone=store.zone), answers={}, store=store, tracking=True, tell=_silent
            )
        except PoaError as fault:
            one_sentence(fault)
            if number == len(stores) - 1:
                raise
            continue
        for one in gathered.reports("orders", "supplier", "packages"):
            assert 0 <= len(one.rows) <= one.read
            refused = sum(problem.refused for problem in one.problems)
            assert len(one.rows) + refused == one.read


@target
def summary(data: bytes) -> None:
    """The facts of a report: they are valid JSON, and no more orders are late than there are."""
    files = inside(as_input("report", as_file(data)))
    facts = facts_of(Account(reports=files), tell=_silent)
    fits_json(summary_data(facts))
    fits_json(evidence_data(facts))
    for one in facts.late_shipment_rate:
        assert one.orders.value is None or 0 <= one.late.value <= one.orders.value


@target
def suppliers(data: bytes) -> None:
    """A supplier map, or a supplier's list of orders, beside a report."""
    given_ = inside(as_input("suppliers", as_file(data)))
    fits_json(summary_data(facts_of(Account(reports=(_orders(),), suppliers=given_), tell=_silent)))


@target
def mapping(data: bytes) -> None:
    """A mapping file, and a report that is read by it."""
    read_mapping(data, name="map.toml")
    account = Account(reports=(_orders(),), mappings=(as_input("map.toml", data),))
    fits_json(summary_data(facts_of(account, tell=_silent)))


# --- the case --------------------------------------------------------------------------------------


@target
def notice(data: bytes) -> None:
    """Amazon's notice as text, e-mail, page or Word file; what is told of it is JSON."""
    for name in ("notice.txt", "notice.eml"):
        read = read_notice(notice_text(as_file(data), name=name))
        steps = first_steps(read, Answers())
        plan_needed(read, Answers())
        due_on(read, read.received)
        fits_json(notice_data(read, [step.as_data() for step in steps]))


@target
def case(data: bytes) -> None:
    """A case file; whatever it says, its questions can be asked, and an answer changes nothing but its own entry."""
    name = "case.toml"
    read = read_case(data, name=name)
    present = [one.evidence or "" for one in read.corrective]
    open_questions(read, present=present)
    links(read)
    exhibits(read, present)
    for language in ("en", "zh"):
        fits_json(template_data(read, speak=language, present=present))
    fits_json(statements(read))
    ledger(read, "2026-W44", {})
    before = statement_texts(read)
    answered = with_answer(data, "seller.name", 'Bay "1" \\')
    now = read_case(answered, name=name)
    assert now.seller.name == 'Bay "1" \\'
    assert statement_texts(now) == before
    added, at = with_entry_of(data, "preventive", {"control": "We check.", "start": date(2026, 11, 2)})
    assert read_case(added, name=name).preventive[at].control == "We check."


@target
def journal(data: bytes) -> None:
    """A journal; each entry is written as a line that reads back as the same entry."""
    entries = read_journal(data)
    for one in entries:
        assert [entry_line(same) for same in read_journal(entry_line(one))] == [entry_line(one)]
    submissions(entries)
    last_reply(entries)
    unconfirmed({"cause.0.statement": "x"}, entries)


@target
def history(data: bytes) -> None:
    """The record of a week; written again it reads back the same, and the ledger can stand on it."""
    name = f"{FOLDER}/2026-W44.toml"
    record = read_record(data, name=name)
    written = record_bytes(record)
    again = read_record(written, name=name)  # poa writes six decimals, a hand may write more
    assert (again.incidents, again.days) == (record.incidents, record.days)
    assert read_record(record_bytes(again), name=name) == again
    ledger(_followed(), "2026-W44", {record.week: record})


@cache
def _followed():
    return read_case(
        b'[[corrective]]\naction = "We did."\ndate = 2026-10-01\nkpi = "late_shipment_rate"\ntarget = 0.04\nweeks = 4\n',
        name="case.toml",
    )


# --- packs -----------------------------------------------------------------------------------------


@cache
def _default() -> dict[str, str]:
    """What of the built-in pack a letter in English is made from: the rest would be checked again each time."""
    whole = read_folder(bundled("templates") / "default")
    kept = {
        name: text
        for name, text in whole.items()
        if name[0] == "_" or name in {f"{LETTER}.md.j2", "lang/en.toml"}
    }
    rows = (one for one in whole["pack.toml"].split("\n") if not one.startswith(("documents", "languages")))
    return {**kept, "pack.toml": "\n".join([f'documents = ["{LETTER}"]', 'languages = ["en"]', *rows])}


MANIFEST = 'id = "acme"\nversion = "1"\nfacts = 1\n'
LETTER = "plan-of-action"
# What the checker cannot know: how much is printed, and what the printed words are as Markdown.
_UNKNOWABLE = {"too_much_work", "markdown_refused", "too_long"}


@cache
def _context():
    from poa.build.sampled import _ground

    return _ground("normal", "en").context


@target
def template(data: bytes) -> None:
    """A letter's template: what the checker finds nothing wrong with can be filled with the facts of a case."""
    sources = {"pack.toml": MANIFEST, f"{LETTER}.md.j2": text_in(data)}
    opened, problems = problems_of_files("acme", sources, default=_default())
    assert opened is not None
    for one in problems:
        fits_json(one.as_data())
    opened.compiled.update(_COMPILED)
    try:
        said = fill(opened, LETTER, given(_context(), {"options": {}}, language="en"), language="en")
        parse(said, name=LETTER)
    except PoaError as fault:
        errors = [one for one in problems if one.severity == "error"]
        assert errors or fault.code in _UNKNOWABLE, f"the checker did not see: {fault.code} {fault.message}"
        raise
    finally:
        _COMPILED.update(
            {name: code for name, code in opened.compiled.items() if name.startswith("default/")}
        )


# Templates of the built-in pack, which are the same each time.
_COMPILED: dict[str, CodeType] = {}


@target
def pack(data: bytes) -> None:
    """A pack as a zip file: its names stay in one folder, and its files are checked whatever they hold."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "acme.zip"
        path.write_bytes(as_file(data))
        name, files = unzipped_pack(path)
        for file in files:
            assert not set(file) & {"\\", ":", "\0"}
            assert not {"", ".", ".."} & set(file.split("/"))
        assert files["pack.toml"] is not None
        home = Path(folder) / safe_name(name)
        for file, content in files.items():
            try:
                (home / file).parent.mkdir(parents=True, exist_ok=True)
                (home / file).write_bytes(content)
            except OSError:  # two names that are one on a disk, or far too long: OutputFault says so
                return
        sources = read_folder(home)
    again = zipped_pack("acme", files)
    assert zipfile.ZipFile(io.BytesIO(again)).testzip() is None
    _, problems = problems_of_files("acme", sources, default=_default())
    for one in problems:
        fits_json(one.as_data())
    open_pack("acme", sources, default=_default())


@target
def settings(data: bytes) -> None:
    """A pack's wishes of the review."""
    read = read_settings(text_in(data), name="acme/review.toml", fault=CaseFault)
    review(_short_paper(), sample_ground(), settings=read)


@cache
def _short_paper() -> Paper:
    return paper_of(
        Document(blocks=parse("# Plan\n\nWe were late because of the rain.", name=""), title=""),
        name="plan-of-action.md",
    )


# --- papers ----------------------------------------------------------------------------------------


@target
def markdown(data: bytes) -> None:
    """Markdown to a tree to Markdown to the same tree; the reader of papers reads the same lines; a value is words."""
    text = text_in(data)
    value = escape(text)
    if value:
        (block,) = parse(value, name="a.md")
        assert "".join(one.text for one in block.content) == clean(text)
    blocks = parse(text, name="a.md")
    document = Document(blocks=blocks, title="A paper")
    written = md.write(document, images=_AnyPicture())
    assert list(seen(parse(written.decode(), name="a.md"))) == list(seen(blocks))


class _AnyPicture(dict):
    """Every picture that a paper may name."""

    def __contains__(self, _: object) -> bool:
        return True

    def __getitem__(self, _: object) -> bytes:
        return PICTURES["a.png"]

    def __missing__(self, _: object) -> bytes:
        return PICTURES["a.png"]


@target
def docx_(data: bytes) -> None:
    """A Word file, or one of another kind: a paper with lines, and a copy with comments that reads back the same."""
    file = as_file(data) if data.startswith((RS, b"PK")) else _in_word(data)
    found = read_paper(file, name="a.docx")
    assert all(line.text.strip() for line in found.lines if line.kind != "row")
    notes = [
        Note(line=0, start=0, text=found.lines[0].text[:3] if found.lines else "", comment="a\nb"),
        Note(line=None, start=0, text="", comment="c"),
    ]
    copy = annotated(file, notes, name="a.docx")
    assert read_paper(copy, name="a.docx").lines == found.lines


def _in_word(document: bytes) -> bytes:
    """A document.xml in a Word file that is sound but for that."""
    from hostile_word import parts_of_word, zipped

    return zipped(parts_of_word("") | {"word/document.xml": document}, zipfile.ZIP_STORED)


@target
def shell(data: bytes) -> None:
    """A letterhead: refused where it has an error, else every paper in it is one that Word need not repair."""
    file, name = as_file(data), "acme/shell.docx"
    errors = [one for one in shells.problems(file, name=name) if one.severity == "error"]
    for one in errors:
        assert one.message.strip()
        assert one.remedy.strip()
    try:
        look = shells.read_shell(file, name=name)
    except PoaError as fault:
        assert fault.code in {one.code for one in errors}
        raise
    assert not errors
    made = docx.write(paper(says("Words")), images=PICTURES, shell=look, fields=FIELDS)
    assert [one for one in check_package(made) if any(part in one for part in _REPAIRED)] == []
    assert "Words" in {line.text for line in read_paper(made, name="a.docx").lines}


# What makes Word repair a file; elements of the shell itself in an odd order or place are its maker's.
_REPAIRED = (
    "zip:",
    "content type",
    "relation",
    "twice",
    "not there",
    "not well-formed",
    "outside",
    "library",
)


@target
def letter(data: bytes) -> None:
    """A letter as text, by anybody: every rule reads it, and each finding names words that stand there."""
    for name in ("plan-of-action.md", "plan-of-action.txt"):
        read = read_paper(data, name=name)
        found = review(read, sample_ground())
        fits_json(review_data(found, language="en"))
        for one in found.findings:
            assert one.line is None or -1 <= one.line < max(len(found.paper.lines), 1)


@target
def facts(data: bytes) -> None:
    """A facts.json that somebody edited: it is none, or a paper can be held against it."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return
    if not isinstance(told, dict):
        return
    review(_short_paper(), read_ground(told, name="facts.json"), settings=PLAIN)


# --- file names ------------------------------------------------------------------------------------

_RESERVED = re.compile(r"con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]", re.IGNORECASE)


@target
def names(data: bytes) -> None:
    """A name that is made of any text is one that every system can hold, in its folder; a free one is none of those taken."""
    for text in {data.decode("utf-8", "surrogateescape"), data.decode("utf-16-le", "replace")}:
        for made in (safe_name(text), plain_name(text)):
            _holds_everywhere(made)
        assert re.fullmatch(r"[A-Za-z0-9._-]+", safe_name(text))
        taken: list[str] = []
        for _ in range(3):
            free = free_name(text, taken)
            _holds_everywhere(free)
            assert free.casefold() not in {one.casefold() for one in taken}
            taken.append(free)


def _holds_everywhere(name: str) -> None:
    assert name
    assert name == unicodedata.normalize("NFC", name)
    assert len(name.encode()) <= 255 - 40  # room for a number, an ending, and what a disk adds
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(ord(char) < 32 or ord(char) == 127 for char in name)
    assert name[-1] not in ". "
    assert name[0] not in ". "
    assert not _RESERVED.fullmatch(name.partition(".")[0].strip())  # Windows looks no further than the dot
    assert Path(name).name == name
