"""What fuzzing begins with: small sound files for each target, all made up, and a way to spoil them.

``seeds`` gives the files of a target, ``mutated`` one of them changed the way that files come to be wrong: pieces
lost, doubled, moved, cut off, filled with what was never meant to stand there.
"""

import io
import json
import re
import tomllib
import zipfile
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import made_files as made
from fuzz_targets import RS, as_parts
from hostile_word import parts_of_word, said
from made_reviews import sample_papers
from made_shells import as_word_leaves_it, parts, shell_file
from strategies import workbook
from test_markdown import REFUSED
from test_writers import EVERYTHING, PICTURES, paper

from poa.case.journal import Confirmed, Reply, Sent, entry_line
from poa.facts.history import ToldBefore, ToldIncident, ToldMeasure, ToldRate, WeekRecord
from poa.files import bundled, read_folder
from poa.ledger import record_bytes
from poa.packs.starting import starter_files
from poa.sample import sample_files
from poa.writers import docx, md

TESTS = Path(__file__).parent
LANGUAGES = ("en", "zh", "ja", "de")

# What was never meant to stand in a file: ends of scales, signs with a meaning, and numbers that are none.
NASTY = [
    *(b"", b"\0", b"\n", b"\r", b"\r\n", b"\t", b",", b";", b'"', b"'", b"\x1e", b"\xff\xfe", b"\xef\xbb\xbf"),
    *(b"\x85", b"\xe2\x80\xa8", b"\xc2\xa0", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\xc4\xb0", b"\xef\xbf\xbf"),
    *(b"0", b"-1", b"1e999", b"-1e-999", b"nan", b"inf", b"true", b"false", b"null", b"[]", b"{}", b"''", b"0x" + b"f" * 300),
    *(b"9" * 30, b"9" * 400, b"9223372036854775808", b"-9223372036854775809", b"2147483648", b"1_000", b"\xd9\xa1\xd9\xa2", b"\xc2\xb2"),
    *(b"0000-00-00", b"0001-01-01", b"9999-12-31", b"9999-12-31T23:59:59Z", b"0001-01-01T00:00:00+14:00", b"2026-02-29"),
    *(b"1899-12-30", b"1970-01-01T00:00:00Z", b"2026-W53", b"2026-W00", b"2026-W99", b"9999-W52", b"24:00:00", b"23:59:60"),
    *(b"2026-10-25T02:30:00", b"+99:99", b"12/31/9999", b"31.12.9999", b"46327.5", b"2958466", b"-693594"),
    *(b"../", b"..\\", b"/etc/passwd", b"CON", b"aux.txt", b"a" * 300, b".", b"..", b"C:\\", b"//x/y", b":ads"),
    *(b"{{", b"}}", b"{%", b"%}", b"{#", b"#}", b"{{ t.x }}", b"{{ super() }}", b"{% for a in orders %}", b"{% endfor %}", b"| x"),
    *(b"&amp;", b"&#0;", b"&#x1F;", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<!DOCTYPE a>", b"&x;", b"<a>", b"</a>", b"<?x?>"),
    *(b"**", b"`", b"| - |", b"\n\n", b"\\", b"    ", b"> ", b"- ", b"1. ", b"# ", b"![", b"](", b"<!-- pagebreak -->", b"&#32;"),
    *(b"%Y", b"%", b"%(a)s", b"{0}", b"{name}", b"(", b")", b"(a+)+$", b"[", b"]", b"*", b"=", b"[[", b"]]", b'"""', b"#"),
    *("中".encode(), "株式会社".encode("cp932"), "义乌".encode("gb18030"), "ß".encode("cp1252"), "𠮷".encode(), "é".encode()),
]  # fmt: skip
_TOKENS = re.compile(rb"\w+|\s+|[^\w\s]")


def mutated(data: bytes, rolled: Random, *, other: bytes = b"") -> bytes:
    """The bytes with one to four changes; ``other`` lends pieces."""
    for _ in range(rolled.choice((1, 1, 2, 4))):
        data = rolled.choice(_CHANGES)(data, rolled, other)
    return data


def _bytes(data: bytes, rolled: Random, _: bytes) -> bytes:
    at = rolled.randrange(len(data) + 1)
    return (
        data[:at]
        + bytes(rolled.randrange(256) for _ in range(rolled.randrange(3)))
        + data[at + rolled.randrange(3) :]
    )


def _nasty(data: bytes, rolled: Random, _: bytes) -> bytes:
    """Something nasty between two words, or in the place of one."""
    pieces = _TOKENS.findall(data) or [b""]
    at = rolled.randrange(len(pieces))
    pieces[at] = rolled.choice(NASTY) + (pieces[at] if rolled.random() < 0.3 else b"")
    return b"".join(pieces)


def _pieces(data: bytes, rolled: Random, _: bytes) -> bytes:
    """Words lost, doubled or moved."""
    pieces = _TOKENS.findall(data) or [b""]
    return b"".join(_moved(pieces, rolled))


def _lines(data: bytes, rolled: Random, _: bytes) -> bytes:
    """Lines lost, doubled or moved; of what has none, elements."""
    pieces = data.splitlines(keepends=True)
    pieces = pieces if len(pieces) > 4 else re.split(rb"(?=<)", data)
    return b"".join(_moved(pieces or [b""], rolled))


def _moved(pieces: list[bytes], rolled: Random) -> list[bytes]:
    first, second = sorted(rolled.randrange(len(pieces)) for _ in range(2))
    piece = pieces[first : min(second, first + 8) + 1]
    match rolled.randrange(4):
        case 0:
            return pieces[:first] + pieces[first + len(piece) :]
        case 1:
            return pieces[:second] + piece * rolled.choice((1, 1, 2, 20)) + pieces[second:]
        case 2:
            return pieces[:second] + list(reversed(piece)) + pieces[second + len(piece) :]
        case _:
            pieces = pieces.copy()
            pieces[first], pieces[second] = pieces[second], pieces[first]
            return pieces


def _cut(data: bytes, rolled: Random, _: bytes) -> bytes:
    return data[: rolled.randrange(len(data) + 1)]


def _lent(data: bytes, rolled: Random, other: bytes) -> bytes:
    """A piece of another file in the place of one of this."""
    at, size = rolled.randrange(len(data) + 1), rolled.randrange(80)
    start = rolled.randrange(len(other) + 1)
    return data[:at] + other[start : start + size] + data[at + rolled.choice((0, size)) :]


def _value(data: bytes, rolled: Random, _: bytes) -> bytes:
    """A number, a quoted text or an attribute with another value."""
    found = [*re.finditer(rb'"[^"\n]*"|-?\d+(?:\.\d+)?', data)]
    if not found:
        return data
    one = rolled.choice(found)
    new = rolled.choice(NASTY)
    return data[: one.start()] + (b'"' + new + b'"' if rolled.random() < 0.4 else new) + data[one.end() :]


_CHANGES = (_bytes, _nasty, _nasty, _pieces, _lines, _cut, _lent, _value, _value)


# --- what it begins with ---------------------------------------------------------------------------


@cache
def seeds(name: str) -> tuple[bytes, ...]:
    """The sound files of a target, and a few that are nearly so."""
    return tuple(one if isinstance(one, bytes) else one.encode() for one in _MADE[name]())


def _orders(count: int = 8) -> list[made.Order]:
    start = datetime(2026, 10, 20, 8, tzinfo=UTC)
    return [
        made.Order(
            number=n,
            bought=start + timedelta(hours=9 * n),
            due=start + timedelta(hours=9 * n + 40),
            confirmed=None if n % 5 == 4 else start + timedelta(hours=9 * n + 30 + 7 * (n % 4)),
            supplier=("Alder Supply", "義烏恒泰")[n % 2],
            ordered=start + timedelta(hours=9 * n + 2),
            dispatched=start + timedelta(hours=9 * n + 20),
            scanned=start + timedelta(hours=9 * n + 32),
            deliver_by=start + timedelta(days=9),
            delivered=start + timedelta(days=8 + n % 3),
            carrier="UPS",
            tracking=f"1Z{n:016d}",
        )
        for n in range(1, count + 1)
    ]


def _unzipped(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return as_parts({one: package.read(one) for one in package.namelist()})


def _reports() -> list[bytes]:
    orders = _orders()
    late = [one for one in orders if one.late]
    packages = [(one.id, one.number % 2 == 0) for one in orders]
    sheets = [
        made.late_list(late),
        made.plain(orders),
        made.on_time_delivery(orders),
        made.valid_tracking(packages),
        made.invalid_tracking_de(packages),
        made.all_orders(orders),
        made.orders_report(orders),
        made.unshipped(orders, reported=datetime(2026, 11, 2, tzinfo=UTC)),
        made.upload(orders),
        *_supplier_sheets(),
    ]
    week = made.window("2026-10-01", "2026-10-30", orders=100, late=7)
    whole = made.plain(orders)
    return [
        *(one.text.encode() for one in sheets),
        whole.text.replace(",", ";").encode(),
        whole.text.replace(",", "\t").encode("utf-16"),
        whole.text.replace("義烏恒泰", "株式会社").encode("cp932", "replace"),
        whole.text.replace("2026-10-", "10/").encode("gb18030", "replace"),
        _unzipped(workbook([list(whole.header), *whole.rows])),
        as_parts({"a.csv": whole.text.encode(), "b.csv": sheets[5].text.encode()}),
        made.api_v0(orders, items=True),
        made.api_2026(orders),
        made.performance_v2(week),
        made.performance_v1(("30", "100", 7)),
    ]


def _supplier_sheets() -> list[made.Sheet]:
    orders = _orders()
    return [
        made.supplier_sheet(orders),
        made.supplier_map([("A-1", "Alder Supply"), ("A-2", "義烏恒泰")]),
        made.zendrop(orders),
        made.mabang(orders),
        made.tongtool(orders),
        made.lingxing(orders),
    ]


def _suppliers() -> list[bytes | str]:
    sheets = _supplier_sheets()
    dated = "sku,supplier,from,to\nA-0,Alder Supply,2026-10-01,2026-10-14\nA-0,Birch & Sons,2026-10-15,\nA-1,Elm,,\n"
    return [
        *(one.text for one in sheets),
        dated,
        _unzipped(workbook([one.split(",") for one in dated.split()])),
    ]


def _mappings() -> list[str]:
    columns = (
        '[columns]\norder_id = "order-id"\nship_by = "ship-by-date"\nship_confirmed = "ship-confirm-date"\n'
    )
    return [
        columns,
        'zone = "Asia/Shanghai"\ncomplete = true\n' + columns,
        'date_format = "%Y-%m-%dT%H:%M:%SZ"\norder_id_pattern = "[0-9-]{19}"\n' + columns,
        'date_format = "day-first"\n[columns]\norder_id = "Bestell-Nr."\n',
    ]


def _notices() -> list[bytes]:
    text = sample_files()["notice.txt"].decode()
    others = sorted(path for path in (TESTS / "notices").rglob("*") if path.is_file())
    page = "<html><body><p>" + text.replace("\n\n", "</p><p>").replace("\n", "<br>") + "</p></body></html>"
    head = "From: a@amazon.example\r\nTo: b@c.example\r\nSubject: Your account\r\nDate: Mon, 2 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\n"
    both = (
        head
        + 'Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8\r\n'
        + f"Content-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n--x\r\nContent-Type: text/html\r\n\r\n{page}\r\n--x--\r\n"
    )
    word = parts_of_word("".join(said(one.replace("&", "&amp;")) for one in text.split("\n") if one))
    return [
        text.encode(),
        page.encode(),
        (head + "Content-Type: text/html; charset=iso-8859-1\r\n\r\n" + page).encode(),
        both.encode(),
        as_parts({name: part.encode() if isinstance(part, str) else part for name, part in word.items()}),
        "お客様のアカウントは停止されました。出荷遅延率は4%未満です。3日以内に改善計画を提出してください。".encode("cp932"),
        "您的账户已被停用。迟发率必须低于4%。请在2026年11月17日前提交行动计划。".encode("gb18030"),
        "Ihr Konto wurde deaktiviert. Die Rate verspäteter Lieferungen liegt bei 6,3 %. Antworten Sie bis zum 17.11.2026.".encode("utf-16"),
        *(path.read_bytes() for path in others if path.stat().st_size < 6000),
    ]  # fmt: skip


def _cases() -> list[bytes]:
    return [
        *(sample_files(language=one)["case.toml"] for one in LANGUAGES),
        b"case = 1\n",
        (
            b'letter_date = 2026-11-09\n[seller]\nname = "Bay"\nlanguage = "de"\n[notice]\ndate = "2026-11-02"\n'
            b'[[cause]]\nid = "a"\ncode = "supplier_capacity"\nshown_by = "supplier: Alder Supply"\nwhy = ["x", "y"]\n'
            b'[[corrective]]\ncause = "a"\naction = "We paused."\ndate = 2026-11-03\nevidence = "a.csv"\nkpi = "late_shipment_rate"\n'
            b'target = 0.02\nweeks = 4\n[[evidence]]\nfile = "a.csv"\ntitle = "List"\n[[check]]\naction = "corrective.1"\n'
            b'week = "2026-W45"\nheld = "yes"\n[options]\nsignature = "x"\n'
        ),
    ]


def _journals() -> list[bytes]:
    day = date(2026, 11, 9)
    entries = [
        Confirmed(day=day, by="Li", statements={"cause.0.statement": "x"}),
        Sent(day=day, by="Li", number=1, channel="reply", files={"plan-of-action.docx": "ab"}, kept="sent/1"),
        Reply(
            day=day,
            file="reply.txt",
            sha256="ab",
            stage="more_information",
            deadline=day,
            lines=[("evidence", "y")],
        ),
    ]
    return [b"".join(map(entry_line, entries)), entry_line(entries[1])]


def _histories() -> list[bytes]:
    record = WeekRecord(
        week="2026-W44",
        cut_off="2026-11-02T00:00:00-08:00",
        orders=140,
        late=7,
        days=((20, 1),) * 7,
        rates=(ToldRate(window_days=30, orders=600, late=30),),
        incidents=_told(ToldIncident),
        measures=(
            ToldMeasure(
                kpi="late_shipment_rate",
                dimension="account",
                name="(all orders)",
                low=0.05,
                high=0.05,
                of=140,
                due=140,
            ),
            ToldMeasure(
                kpi="late_shipment_rate", dimension="supplier", name="Alder", low=None, high=None, of=0, due=0
            ),
        ),
        before=_told(ToldBefore),
    )
    return [record_bytes(record)]


def _told(kind: type) -> tuple:
    """One of a kind that the history tells, each field filled by its type."""
    from dataclasses import fields

    days = {"first": "2026-10-26", "last": "2026-10-31", "first_week": "2026-W44", "seen_in": "2026-W43"}
    plain = {"int": 3, "str": "supplier", "bool": True, "float": 1.5}
    return (
        kind(
            **{
                one.name: days.get(one.name, plain[str(one.type).removesuffix(" | None")])
                for one in fields(kind)
            }
        ),
    )


@cache
def _default() -> dict[str, str]:
    return read_folder(bundled("templates") / "default")


def _templates() -> list[str]:
    default = _default()
    whole = default["plan-of-action.md.j2"]
    return [
        starter_files("acme")["plan-of-action.md.j2"],
        '{% extends "default/plan-of-action.md.j2" %}\n{% block closing %}\n{{ super() }}\n\n{{ t.closing }}\n{% endblock %}\n',
        "# {{ case.seller.name | answer }}\n\n{% for one in case.corrective %}\n- {{ one.action | answer }}\n{% endfor %}\n",
        "{% macro m(a) %}**{{ a }}**{% endmacro %}{% set x = [1, 2] %}{{ m(x | join(', ')) }}{% if as_of %}{{ as_of | day }}{% endif %}\n",
        '{% include "_causes.md.j2" %}\n{% from "_rates.md.j2" import x %}{{ late_shipment_rate | first }}\n',
        *(whole[start : start + 3000] for start in range(0, len(whole), 3000)),
        *(text for name, text in default.items() if name.endswith(".j2") and len(text) < 4000),
    ]


def _packs() -> list[bytes]:
    files = {f"acme/{name}": text.encode() for name, text in starter_files("acme").items()}
    options = b'[options.signature]\nask = "Who signs?"\ntype = "text"\nrequired = true\n[options.tone]\ntype = "choice"\nchoices = ["a", "b"]\n'
    letter = files["acme/plan-of-action.md.j2"]
    eight = bundled("templates") / "8d"
    return [
        as_parts(files),
        as_parts({"acme/pack.toml": files["acme/pack.toml"] + options, "acme/plan-of-action.md.j2": letter}),
        as_parts({"acme/pack.toml": files["acme/pack.toml"], "acme/lang/en.toml": b'closing = "Bye {name}."\n', "acme/review.toml": b"[R01]\n"}),
        as_parts({f"8d/{one}": text.encode() for one, text in read_folder(eight).items() if one != "8d-report.md.j2"}),
    ]  # fmt: skip


def _settings() -> list[str]:
    return [
        '[R01]\nseverity = "error"\n',
        '[R20]\nlimit = 3\nen = ["going forward"]\n[R12]\noff = true\nwhy = "x"\n',
        '[R28]\nde = ["bald", "zeitnah"]\n',
    ]


def _markdowns() -> list[bytes | str]:
    return [
        "# a\n\n1. b\n   - c\n\n     d\n2. e\n\n> f\n> - g\n\n| a | b |\n|:--|--:|\n| c \\| d | `e` |\n\n***\n\n[a](https://b.example/c_d)\\\nx",
        md.write(paper(*EVERYTHING), images=PICTURES),
        *REFUSED,
        *(text.replace("{", "\\{") for name, text in _default().items() if name.endswith(".j2") and len(text) < 3000),
    ]  # fmt: skip


def _words() -> list[bytes]:
    body = parts(docx.write(paper(*EVERYTHING), images=PICTURES))
    small = parts_of_word(
        said("first")
        + "<w:p><w:pPr><w:pStyle w:val='a'/><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>"
        "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t><w:tab/><w:br w:type='page'/></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
        styles="<w:style w:styleId='a'><w:name w:val='heading 2'/><w:basedOn w:val='b'/></w:style><w:style w:styleId='b'><w:basedOn w:val='a'/></w:style>",
        footnotes="<w:footnote w:id='1'><w:p><w:r><w:t>note</w:t></w:r></w:p></w:footnote>",
    )
    raw = {name: one.encode() if isinstance(one, str) else one for name, one in small.items()}
    whole = {name: one for name, one in body.items() if not name.startswith("word/media")}
    return [
        as_parts(raw),
        raw["word/document.xml"],
        body["word/document.xml"][:6000],
        as_parts(whole | {"word/document.xml": raw["word/document.xml"]}),
        b"{\\rtf1 a}",
        b"PK\x03\x04",
        b"PLAN OF ACTION\n\n1. We paused the listings.\n",
    ]


def _shells() -> list[bytes]:
    return [_unzipped(as_word_leaves_it()), _unzipped(shell_file()), RS + b"[Content_Types].xml\n<Types/>"]


def _letters() -> list[str]:
    """Some forty sentences a letter, in each language, that break the letter rules or nearly do."""
    found = []
    for language in LANGUAGES:
        told = tomllib.loads((TESTS / "unseen_texts" / f"{language}.toml").read_text(encoding="utf-8"))
        texts = [
            f"## {one['under']}\n\n{text}"
            for one in told.values()
            for text in (*one["breaks"], *one["holds"])
        ]
        found += ["# Plan\n\n" + "\n\n".join(texts[at::20]) for at in range(20)]
    return found


def _facts() -> list[bytes]:
    told = json.loads(sample_papers()["internal/facts.json"])
    told["evidence"] = dict([*told["evidence"].items()][:12])
    told["printed"] = told["printed"][:4]
    told["papers"] = {name: {**one, "lines": one["lines"][:5]} for name, one in [*told["papers"].items()][:1]}
    for key in ("days", "remedies", "projection", "proposed", "late_order_rows"):
        told[key] = told[key][:2] if isinstance(told[key], list) else dict([*told[key].items()][:2])
    told["attribution"]["dimensions"] = {k: v[:1] for k, v in told["attribution"]["dimensions"].items()}
    return [json.dumps(told, ensure_ascii=False).encode(), b'{"facts": 1, "late_shipment_rate": []}']


def _names() -> list[bytes]:
    return [
        *(b"report.csv", b"con", b"aux.txt", b"a/b\\c", b"..", b" .", b"x" * 300, b"a." + b"b" * 12, b"LPT1.a.b"),
        *("迟发货.csv".encode(), "é".encode(), "e\u0301".encode(), "ﬁ.txt".encode(), "\u202ea".encode(), "Bay & Söhne".encode(), "COM¹".encode()),
    ]  # fmt: skip


_MADE = {
    "report": _reports,
    "summary": _reports,
    "suppliers": _suppliers,
    "mapping": _mappings,
    "notice": _notices,
    "case": _cases,
    "journal": _journals,
    "history": _histories,
    "template": _templates,
    "pack": _packs,
    "settings": _settings,
    "markdown": _markdowns,
    "docx": _words,
    "shell": _shells,
    "letter": _letters,
    "facts": _facts,
    "names": _names,
}
