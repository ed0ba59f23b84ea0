"""Amazon's notices are read field by field, nothing is invented, and triage comes before any plan."""

import io
import json
import re
import tomllib
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from poa.case.notices import Deadline, ReadNotice, due_on, notice_data, notice_text, read_notice
from poa.case.notices.lexicon import lexicon
from poa.case.triage import Answers, first_steps, plan_needed
from poa.errors import InputFault
from poa.languages import SPOKEN
from poa.policy.first_steps import known_steps

FOLDER = Path(__file__).parent / "notices"
EXPECTED = tomllib.loads((FOLDER / "expected.toml").read_text(encoding="utf-8"))
FILES = {path.stem: path for path in sorted(FOLDER.iterdir()) if path.name != "expected.toml"}
SIGNS = {"less_than": "<", "at_least": ">=", "at_most": "<="}


def read_file(name):
    path = FILES[name]
    return read_notice(notice_text(path.read_bytes(), name=path.name))


def deadline_words(deadline):
    if deadline.date:
        words = deadline.date.isoformat()
    elif deadline.hours:
        words = f"{deadline.hours}h"
    else:
        words = f"{deadline.days}d" if deadline.days else ""
    return words + (" first" if deadline.counted_from_first else "")


def fields(notice):
    """A notice as expected.toml writes it."""
    return {
        "kinds": " ".join(notice.kinds),
        "stage": notice.stage or "",
        "scope": notice.scope or "",
        "marketplace": notice.marketplace or "",
        "thresholds": "; ".join(
            f"{one.kind} {SIGNS[one.condition]} {float(one.value):g}" for one in notice.thresholds
        ),
        "windows_days": " ".join(map(str, notice.windows_days)),
        "metric_values": "; ".join(f"{kind} {float(value):g}" for kind, value in notice.metric_values),
        "deadline": deadline_words(notice.deadline),
        "channel": notice.channel or "",
        "tense": notice.tense or "",
        "asks": " ".join(notice.asks),
    }


def figures(text):
    """The figures of a text, decimal commas as points."""
    even = unicodedata.normalize("NFKC", text)
    return {Fraction(found.replace(",", ".")) for found in re.findall(r"\d+(?:[.,]\d+)?", even)} | {
        Fraction(found) for found in re.findall(r"\d+", even)
    }


def told_figures(notice):
    """Every figure that the reading of a notice tells."""
    yield from (one.value * 100 for one in notice.thresholds)
    yield from (value * 100 for _, value in notice.metric_values)
    yield from map(Fraction, notice.windows_days)
    due = notice.deadline
    if due.hours is not None:
        yield Fraction(due.hours)
    elif due.days is not None:
        yield Fraction(due.days)
    for day in filter(None, (due.date,)):
        yield from map(Fraction, (day.year, day.day))


def nothing_invented(text):
    notice = read_notice(text)
    written = figures(text)
    for figure in told_figures(notice):
        assert figure in written
    return notice


@pytest.mark.parametrize("name", EXPECTED)
def test_every_field_of_a_notice_is_read(name):
    """Each field of each fixture is what was written there, and empty where nothing was."""
    assert fields(read_file(name)) == EXPECTED[name]


def test_the_fixtures_cover_four_languages_and_what_is_no_notice():
    """There are at least 12 texts a language, each expected, and negatives in every language."""
    assert set(EXPECTED) == set(FILES)
    for start in ("us_ uk_ no_", "zh_", "ja_", "de_"):
        names = [name for name in EXPECTED if name.startswith(tuple(start.split()))]
        assert len(names) >= 12
        assert sum(not EXPECTED[name]["kinds"] for name in names) >= 3


@pytest.mark.parametrize("name", [name for name in EXPECTED if EXPECTED[name]["kinds"]])
def test_no_figure_is_invented(name):
    """Every figure told stands in the notice's own text."""
    path = FILES[name]
    nothing_invented(notice_text(path.read_bytes(), name=path.name))


@given(st.text(max_size=400))
@example("")
@example("\ufeff{{}} 4%")
@example("Subject:\nDate: 99 99 9999\n")
@example("within 99999 days 999% late shipment rate is 5%")
@example(
    "Your account was deactivated. Late shipment rate over 4%. Reply by February 31, 2026. within 0 days"
)
def test_any_text_gives_an_answer(text):
    """Whatever the text, it is read without a fault, and no figure is invented."""
    nothing_invented(text)


_WORDS = st.lists(
    st.sampled_from(
        [
            "Your",
            "late",
            "shipment",
            "rate",
            "is",
            "5%",
            "above",
            "under",
            "4",
            "percent",
            "deactivated",
            "within",
            "17",
            "days",
            ".",
            ",",
            "reply",
            "迟发率",
            "高于",
            "过去30天",
            "を",
            "超え",
            "停止",
            "Ihre",
            "Rate",
            "liegt",
            "über",
            "innerhalb",
            "von",
            "Tagen",
            "please",
            "plan",
            "root",
            "cause",
            "\n",
            "-",
            "?",
            "。",
            "by",
            "November",
            "9,",
            "2026",
        ]
    ),
    max_size=40,
)


@given(_WORDS)
def test_shuffled_words_of_notices_invent_nothing(words):
    """Words of notices in any order are read without a fault and without an invented figure."""
    notice = nothing_invented(" ".join(words))
    json.dumps(notice_data(notice))


@pytest.mark.parametrize("bullet", ["– ", "-- ", "- ", "— ", "• ", "* ", "・", "▪ ", "1. ", "2) ", "(3) "])
@pytest.mark.parametrize(
    "name", ["us_deactivated_17_days", "zh_deactivated", "ja_deactivated", "de_deactivated"]
)
def test_the_bullet_changes_nothing(name, bullet):
    """Any bullet gives the same answer, and the same request lines."""
    text = FILES[name].read_text(encoding="utf-8")
    marked = re.sub(r"(?m)^(?:–|--|—) ?", lambda _: bullet, text)
    assert marked.count(bullet) >= 3
    assert read_notice(marked) == read_notice(text)


WRAPPED = [
    name
    for name, path in FILES.items()
    if name.startswith(("us_", "uk_", "de_")) and path.suffix == ".txt" and "banner" not in name
]


@pytest.mark.parametrize("width", [60, 72, 90])
@pytest.mark.parametrize("name", WRAPPED)
def test_wrapping_changes_nothing(name, width):
    """A notice wrapped at another width says the same."""
    import textwrap

    once = read_file(name)
    lines = []
    for line in FILES[name].read_text(encoding="utf-8").split("\n"):
        lines += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
    text = "\n".join(lines)
    if not text.startswith(("Subject", "Betreff")):
        assert fields(read_notice(text)) == fields(once)


@pytest.mark.parametrize("name", [name for name in EXPECTED if name.startswith(("us_", "uk_", "de_"))])
def test_capitals_change_nothing(name):
    """A notice in capitals says the same."""
    path = FILES[name]
    text = notice_text(path.read_bytes(), name=path.name)
    assert fields(read_notice(text.upper())) == fields(read_notice(text))


def test_request_lines_stand_in_the_notices_order_each_once():
    """The lines are the notice's own, without bullet and full stop, and a line written twice stands once."""
    notice = read_file("us_more_information")
    assert notice.asks_text == (
        "Greater detail on the root cause(s) of your late shipments",
        "Greater detail on the actions you have taken to resolve them",
        "Greater detail on the steps you have taken to prevent them",
        "Evidence or examples that demonstrate that your account has complied",
    )
    assert [ask.code for ask in notice.asks_lines] == ["root_cause", "corrective", "preventive", "evidence"]


def test_requests_in_one_sentence_are_told_apart():
    """Numbered requests of one sentence become lines of their own."""
    lines = read_file("us_drop_shipping").asks_text
    assert "the steps you have taken to prevent it" in " ".join(lines)
    assert len(lines) == 4


def test_a_templates_leftovers_reach_no_line():
    """Stray braces are dropped from the lines, and the empty slot is told."""
    notice = read_file("us_empty_slots")
    assert not any(set("{}") & set(line) for line in notice.asks_text)
    assert any("placeholder" in sentence for sentence in notice.unsure)


def test_what_cannot_be_told_is_said():
    """Missing rate, store, deadline and way are said in words, and nothing where all is there."""
    told = " ".join(read_file("us_final").unsure)
    assert "how high your own rate is" in told
    assert "which Amazon store" in told
    assert "several Amazon stores" in " ".join(read_file("us_several_stores").unsure)
    assert read_file("us_page").unsure == ()


def test_an_ambiguous_day_is_not_guessed():
    """A day that could be read in two ways, or lacks its year, is no date, and that is said."""
    for day in ("11/09/2026", "November 9"):
        notice = read_notice(
            f"Your account has been deactivated due to late shipments. Reply to this e-mail by {day}."
        )
        assert notice.deadline == Deadline()
        assert any("two ways" in sentence for sentence in notice.unsure)


def test_amazons_own_time_is_no_deadline():
    """The time in which Amazon answers, holds funds or counts a rate is not the seller's time."""
    for sentence in (
        "We will respond within 48 hours.",
        "Your funds will be held for 90 days after deactivation.",
        "Documents must be issued within the last 365 days.",
        "Your late shipment rate in the last 30 days was 6%.",
    ):
        notice = read_notice(f"Hello, your account has been deactivated due to late shipments. {sentence}")
        assert notice.deadline == Deadline()


def test_good_news_is_no_warning():
    """A message that the rate meets its target is no notice."""
    praise = read_notice("Well done: your late shipment rate was 0.8%, well under the 4% target.")
    assert (praise.kinds, praise.stage) == ((), None)


def test_a_reactivation_is_no_notice_and_says_so():
    """What confirms that selling is possible again asks for nothing, and a refusal to do so is none."""
    for name in ("us_no_reactivated", "zh_no_reinstated", "de_no_lifted"):
        notice = read_file(name)
        assert (notice.kinds, notice.stage, notice.asks) == ((), None, ())
        assert any("selling is possible again" in sentence for sentence in notice.unsure)
    assert read_file("de_rejected").stage == "rejected"


def test_what_the_seller_writes_around_a_notice_is_not_read():
    """The seller's own rates and days are no part of the notice that is quoted."""
    notice = read_file("us_forum_quote")
    assert (notice.deadline, notice.windows_days, notice.metric_values) == (Deadline(), (), ())


@pytest.mark.parametrize(
    "table",
    [
        "Late shipment rate 4.82% Target: under 4%",
        "You missed two targets: late shipment rate (4.82%, target under 4%), order defect rate (2%, target under 1%).",
        "Your late shipment rate is above target at 4.82%; the target is less than 4%. Your return rate is 3%.",
    ],
)
def test_an_own_rate_beside_a_target_is_no_target(table):
    """A rate that stands next to the word target, and the rate of another matter, are no thresholds."""
    notice = read_notice(f"Your account has been deactivated.\n\n{table}")
    told = {(one.kind, one.value) for one in notice.thresholds}
    assert ("late_shipment", Fraction(4, 100)) in told
    assert told <= {("late_shipment", Fraction(4, 100)), ("order_defect", Fraction(1, 100))}


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("You can't sell: late shipment rate over 4%.", "You cannot sell: late shipment rate over 4%."),
        (
            "We've deactivated your account: late shipments.",
            "We have deactivated your account: late shipments.",
        ),
        ("您的賬戶已停用,遲發率高於4%。", "您的账户已停用,迟发率高于4%。"),
    ],
)
def test_short_forms_and_traditional_signs_say_the_same(short, full):
    """English short forms and traditional Chinese signs are read like the full and the simplified ones."""
    assert fields(read_notice(short)) == fields(read_notice(full))
    assert read_notice(short).stage == "deactivated"


def test_a_recommended_rate_is_no_threshold():
    """A recommendation beside the target is left out."""
    notice = read_file("us_otdr_deactivated")
    assert [one.value for one in notice.thresholds] == [Fraction(9, 10)]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-16", "zh_deactivated"),
        ("utf-8-sig", "ja_deactivated"),
        ("gb18030", "zh_deactivated"),
        ("cp932", "ja_deactivated"),
        ("cp1252", "de_deactivated"),
        ("utf-16-le", "us_deactivated_17_days"),
    ],
)
def test_encodings_change_nothing(encoding, name):
    """A notice in the encodings of East Asian and Western offices says the same."""
    text = FILES[name].read_text(encoding="utf-8")
    data = text.replace("—", "-").encode(encoding)
    assert fields(read_notice(notice_text(data, name="n.txt"))) == EXPECTED[name]


def word_file(text):
    """A Word file whose paragraphs are the text's lines, its bullets list items, and its last line a table's."""
    paragraphs = []
    for line in text.split("\n"):
        bullet = re.match(r"(?:–|--|—|-) ?", line)
        mark = "<w:pPr><w:numPr><w:ilvl w:val='0'/></w:numPr></w:pPr>" if bullet else ""
        words = escape(line[bullet.end() :] if bullet else line)
        paragraphs.append(f"<w:p>{mark}<w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Amazon</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    return f"<w:document xmlns:w='{space}'><w:body>{''.join(paragraphs)}{table}</w:body></w:document>"


def zipped(**parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return held.getvalue()


@pytest.mark.parametrize(
    "name", ["uk_dispatch_pre", "zh_more_information", "ja_more_information", "de_rejected"]
)
def test_a_word_file_says_the_same(name):
    """The words of a .docx are read like the same text, whatever its name ends in."""
    data = zipped(word__document_xml=word_file(FILES[name].read_text(encoding="utf-8")))
    assert fields(read_notice(notice_text(data, name="n.txt"))) == EXPECTED[name]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 broken", "bad_word"),
        (zipped(word__document_xml="<w:document"), "bad_word"),
        (zipped(word__document_xml="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "bad_word"),
        (zipped(other_xml="<a/>"), "binary"),
        (zipped(word__document_xml=b" " * (21 << 20)), "too_large"),
        (b"%PDF-1.7", "binary"),
        (b"\xd0\xcf\x11\xe0", "binary"),
        (b"a" * (3 << 20), "too_large"),
        (bytes(range(256)) * 40 + b"\x00" * 9000, "binary"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(data, code):
    """Damaged, foreign and oversized files are refused by code, name and hint."""
    with pytest.raises(InputFault) as caught:
        notice_text(data, name="notice.docx")
    assert caught.value.code == code
    assert caught.value.message.startswith("notice.docx ")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data):
    """Whatever the bytes, they become text or one of our faults."""
    try:
        text = notice_text(data, name="n")
    except InputFault:
        return
    read_notice(text)


def test_a_page_of_open_comments_is_read_at_once():
    """A page that never ends its comments holds no words, and costs no minutes."""
    assert notice_text(b"<html>late shipment" + b"<!-- " * 200_000, name="n.html") == "late shipment"


def test_an_email_gives_its_day_and_only_its_plain_words():
    """The plain part is read, not the page beside it nor the attachment; the header gives the day."""
    path = FILES["de_mail"]
    text = notice_text(path.read_bytes(), name=path.name)
    assert "99" not in text
    assert "77" not in text
    assert "@" not in text
    notice = read_notice(text)
    assert notice.received == date(2026, 11, 20)
    assert due_on(notice, notice.received) == date(2026, 11, 27)


def test_a_deadline_becomes_a_day_only_where_it_can():
    """Days and hours count from receipt; those of an earlier notice, and none, give no day."""
    received = date(2026, 11, 20)
    assert due_on(ReadNotice(deadline=Deadline(days=3, hours=72)), received) == date(2026, 11, 23)
    assert due_on(ReadNotice(deadline=Deadline(days=3)), None) is None
    assert due_on(ReadNotice(deadline=Deadline(days=14, counted_from_first=True)), received) is None
    assert due_on(ReadNotice(deadline=Deadline(hours=36)), received) is None
    assert due_on(ReadNotice(deadline=Deadline(date=date(2026, 11, 9))), None) == date(2026, 11, 9)
    assert due_on(ReadNotice(deadline=Deadline(days=3)), date.max) is None


@pytest.mark.parametrize("language", SPOKEN)
def test_patterns_meet_the_text_as_it_is_compared(language):
    """No pattern has a letter that casefolding takes away, and none reads an empty text as a sign."""
    words = lexicon(language)
    english = lexicon("en")
    assert set(english.patterns) - set(words.patterns) <= {"stores.CA", "stores.FR", "stores.IT", "stores.ES"}
    for key, patterns in words.patterns.items():
        for pattern in patterns:
            bare = re.sub(r"\\[a-zA-Z]|\(\?P<\w+>", "", pattern.pattern)
            assert bare == bare.casefold(), key
            assert not pattern.match("") or key.startswith("deadlines.by_date"), (key, pattern.pattern)


# Each line is a clause that one of Amazon's notices could use; what it is about is written before it.
SAID = {
    "deactivated": {
        "Hello, your late shipment rate is above 4%.": [
            "Your account has been terminated.",
            "Your listings were taken offline.",
            "We have withdrawn your selling privileges.",
            "We had to suspend your account.",
            "You have lost the ability to list products.",
            "Your offers are no longer visible.",
            "Your offers have been switched off.",
        ],
        "您好，您的迟发率高于 4%。": ["您的销售权限已被撤回。", "您已失去销售资格。", "我们终止了您的账户。"],
        "出品者様の出荷遅延率は4%を超えています。": [
            "出品権限を剥奪いたしました。",
            "商品の出品を取り下げいたしました。",
            "現在、販売いただくことができなくなっております。",
        ],
        "Guten Tag, Ihre Rate verspäteter Lieferungen liegt über 4 %.": [
            "Wir mussten Ihre Verkaufsberechtigung widerrufen.",
            "Ihr Konto wurde stillgelegt.",
            "Ihre Angebote sind nicht mehr sichtbar.",
        ],
    },
    "pre_deactivation": {
        "Hello, your late shipment rate is above 4%.": [
            "Unless you appeal within 72 hours, your account will be put on hold.",
            "You will lose the ability to sell on December 3.",
        ],
        "您好，您的迟发率高于 4%。": ["请在 72 小时内申诉，否则您的销售权限将被收回。"],
        "出品者様の出荷遅延率は4%を超えています。": ["3日以内にご提出がない場合、出品権限が失効いたします。"],
        "Guten Tag, Ihre Rate verspäteter Lieferungen liegt über 4 %.": [
            "Reichen Sie in 72 Stunden einen Plan ein, sonst legen wir Ihr Konto still.",
        ],
    },
    "rejected": {
        "Hello, we reviewed your appeal about late shipments.": [
            "We have upheld our decision.",
            "We are not in a position to restore your account.",
            "Your appeal did not succeed.",
        ],
        "您好，我们审核了您有关迟发的申诉。": ["我们维持原决定。", "您的计划不能有效解决问题。"],
        "出荷遅延に関する改善計画を審査いたしました。": ["アカウントの再開には応じかねます。"],
        "Wir haben Ihren Einspruch zu verspäteten Lieferungen geprüft.": [
            "Wir halten an unserer Entscheidung fest.",
            "Dem Einspruch können wir nicht entsprechen.",
        ],
    },
}


@pytest.mark.parametrize(
    ("stage", "text"),
    [
        (stage, f"{about} {said}")
        for stage, texts in SAID.items()
        for about, clauses in texts.items()
        for said in clauses
    ],
)
def test_the_stage_is_told_by_many_verbs(stage, text):
    """The stage does not hang on one verb, and the kind is read beside it."""
    notice = nothing_invented(text)
    assert (notice.stage, notice.kinds) == (stage, ("late_shipment",))


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (
            "We received your appeal but cannot reinstate your account at this time. Please send:\n- Greater detail on the root cause of late shipments",
            "more_information",
        ),
        (
            "Your appeal was declined. If you appeal again, give more information on late shipments.",
            "rejected",
        ),
        ("由于信息不足，目前无法恢复您的账户。请提供有关迟发根本原因的更多详情。", "more_information"),
        ("您的申诉已被拒绝，因为行动计划未解决迟发问题。重新申诉时请提供更多信息。", "rejected"),
        (
            "Danke für Ihren Plan. Wir können Ihr Konto derzeit nicht reaktivieren, da Angaben zum Verzug fehlen.",
            "more_information",
        ),
    ],
)
def test_a_refusal_that_only_lacks_words_wishes_for_them(text, stage):
    """ "Not yet" beside a wish for detail asks for more; a plan that was judged and refused is rejected."""
    assert read_notice(text).stage == stage


@pytest.mark.parametrize(
    "text",
    [
        "Hello, your account was zapped because of your late shipments. Please send us a plan of action.",
        "您好，由于迟发问题，您的账户需要处理。请提交行动计划。",
        "出品者様 出荷遅延のため、出品者様のアカウントについてご連絡いたします。改善計画をご提出ください。",
        "Guten Tag, wir schreiben Ihnen wegen Ihrer verspäteten Lieferungen. Bitte reichen Sie einen Maßnahmenplan ein.",
    ],
)
def test_a_notice_that_does_not_say_how_far_it_went_keeps_its_kind(text):
    """Asked for a plan about a matter of the account, no stage is guessed, and that is said."""
    notice = read_notice(text)
    assert (notice.stage, notice.kinds) == (None, ("late_shipment",))
    assert "It does not say how far the matter has gone; look at Account Health." in notice.unsure


@pytest.mark.parametrize(
    "text",
    [
        "5 steps to write a plan of action. Describe the actions you have taken about your late shipments.",
        "Dear supplier, your late shipments cost us our rate. Please submit a plan with the root cause.",
        "如何撰写行动计划？首先说明导致迟发的根本原因，然后列出您已采取的措施。",
        "仕入先各位 貴社の出荷遅延により当店の率が上がりました。改善計画をご提出ください。",
        "If your offers have been deactivated, send a plan of action with the root cause of your late shipments.",
    ],
)
def test_advice_and_letters_of_others_stay_no_notice(text):
    """A text that tells how a plan is written, or asks a supplier for one, is no notice."""
    assert read_notice(text).kinds == ()


# What comes first


def steps(notice, answers=None, **more):
    return [step.do for step in first_steps(notice, answers or Answers(), **more)]


def late(stage, **more):
    return replace(ReadNotice(kinds=("late_shipment",), stage=stage, marketplace="US", language="en"), **more)


def test_a_quiz_comes_before_any_plan():
    """A quiz that is offered is taken; where that is not known, the seller is sent to look."""
    notice = late("pre_deactivation", plan_asked=True)
    offered = Answers(quiz_offered=True)
    assert "take_quiz" in steps(notice, offered)
    assert "write_plan" not in steps(notice, offered)
    assert plan_needed(notice, offered) is False
    assert "look_for_quiz" in steps(notice)
    assert plan_needed(notice, Answers()) is None
    assert plan_needed(notice, Answers(quiz_offered=False)) is True
    assert "look_for_quiz" not in steps(late("deactivated"))


def test_a_banner_without_a_button_asks_for_nothing():
    """Without the button nothing is sent; where that is not known, the seller is sent to look."""
    banner = late("banner")
    without = Answers(appeal_button=False, quiz_offered=False)
    assert "nothing_to_do" in steps(banner, without)
    assert plan_needed(banner, without) is False
    assert "write_plan" not in steps(banner, without)
    assert "look_for_appeal_button" in steps(banner)
    assert plan_needed(banner, Answers()) is None
    assert plan_needed(banner, Answers(appeal_button=True, quiz_offered=False)) is True


def test_automated_handling_time_is_asked_for_and_claimed():
    """Unknown, it is looked up; on, it is claimed; off, or in another store, nothing is said of it."""
    assert "check_automated_handling_time" in steps(late("deactivated"))
    assert "claim_automated_handling_time" in steps(
        late("deactivated"), Answers(automated_handling_time=True)
    )
    off = steps(late("deactivated"), Answers(automated_handling_time=False))
    assert not {"check_automated_handling_time", "claim_automated_handling_time"} & set(off)
    assert "check_automated_handling_time" not in steps(late("deactivated", marketplace="JP"))


def test_a_review_wants_evidence_not_a_plan():
    """A seller-fulfilled review is answered with delivery evidence."""
    notice = read_file("us_review_30_days")
    assert "send_delivery_evidence" in steps(notice)
    assert "write_plan" not in steps(notice)
    assert plan_needed(notice, Answers()) is False


def test_a_repeated_delivery_case_from_the_us_or_china_wants_the_tools():
    """It ends in Amazon's tools; the first case, and one from elsewhere, end in a plan."""
    notice = read_file("us_otdr_deactivated")
    again = Answers(repeat_on_time_delivery=True)
    assert "enrol_shipping_tools" in steps(notice, again, origin="CN")
    assert plan_needed(notice, again, origin="CN") is False
    assert plan_needed(notice, again, origin="DE") is True
    assert plan_needed(notice, Answers(repeat_on_time_delivery=False), origin="CN") is True
    assert "check_repeat" in steps(notice, origin="CN")


def test_open_orders_come_first_and_are_counted():
    """Open orders past due stand before everything, with their number where it is known."""
    found = first_steps(late("deactivated"), Answers(), open_orders=12)
    assert found[0].do == "ship_open_orders"
    assert "12" in found[0].what
    assert "ship_open_orders" not in steps(late("deactivated"), open_orders=0)
    assert steps(read_file("ja_ship_first"), open_orders=None)[0] == "ship_open_orders"


def test_replies_of_amazon_have_steps_of_their_own():
    """A rejection is answered line by line, a wrong channel is told, an announcement and a final reply are not answered."""
    assert {"read_rejection", "write_plan", "wait_two_days"} <= set(steps(read_file("us_rejected")))
    assert "wrong_channel" in steps(read_file("uk_wrong_channel"))
    assert steps(read_file("us_otdr_announcement")) == ["read_announcement"]
    assert "write_plan" not in steps(read_file("us_final"))
    assert steps(read_file("no_tips_article")) == []
    assert plan_needed(None, Answers()) is None


def test_every_step_has_reason_source_and_confidence():
    """Each step says why, who says so and how sure that is, and names no file of ours."""
    for step in known_steps().values():
        assert step.what.endswith((".", "?"))
        assert step.why
        assert step.source
        assert step.sure in {"H", "M", "L"}


# The command


def test_the_command_prints_the_contract(poa):
    """--json holds every key of the contract, and first steps with source and confidence."""
    path = FILES["us_deactivated_17_days"]
    told = json.loads(poa("notice", path, "--json", "--received", "2026-11-20", check=0).stdout)
    assert told["notice"] == 1
    assert told["kinds"] == ["late_shipment"]
    assert told["thresholds"] == [{"kind": "late_shipment", "value": 0.04, "condition": "less_than"}]
    assert told["deadline"]["days"] == 17
    assert told["deadline"]["date"] is None
    assert told["due"] == "2026-12-07"
    assert {"do", "why", "source", "sure"} <= set(told["first"][0])


def test_the_command_speaks_in_eighty_columns(poa):
    """From stdin it says what, by when, where and what first, in lines of at most 80 columns without escapes."""
    text = FILES["us_deactivated_17_days"].read_text(encoding="utf-8").replace("The root", "\x1b[31mThe root")
    out = poa("notice", "-", "--no-quiz", stdin=text, check=0).stdout
    for words in (
        "late shipment rate",
        "Deactivated.",
        "Within 17 days.",
        "Account Health",
        "First:",
        "Source:",
    ):
        assert words in out
    assert "\x1b" not in out
    assert max(map(len, out.split("\n"))) <= 80


def test_the_command_takes_what_the_notice_does_not_say(poa):
    """A repeated case from China in the US ends in the tools; the first one, and one from elsewhere, in a plan."""
    path = FILES["us_otdr_deactivated"]

    def told(*options):
        read = json.loads(poa("notice", path, "--json", *options, check=0).stdout)
        return read["plan_needed"], {step["do"] for step in read["first"]}

    needed, first = told("--repeat", "--origin", "cn")
    assert needed is False
    assert "enrol_shipping_tools" in first
    for options in (("--first", "--origin", "CN"), ("--repeat", "--origin", "DE")):
        needed, first = told(*options)
        assert needed is True
        assert "enrol_shipping_tools" not in first
    path = FILES["us_incomplete"]
    assert "check_managed_handling_time" in told("--marketplace", "us")[1]
    assert "check_managed_handling_time" not in told("--marketplace", "JP")[1]
    assert "no marketplace" in poa("notice", path, "--marketplace", "XX", check=2).stderr


def test_a_notice_without_a_stage_is_shown_with_what_it_says(poa):
    """What it is about is shown with what holds at any stage; figures are written as the language does."""
    text = "Hello, your account was zapped because of your late shipments. Please send us a plan of action."
    out = poa("notice", stdin=text, check=0).stdout
    assert "About: late shipment rate." in out
    assert "It does not say how far the matter has gone" in out
    told = json.loads(poa("notice", "--json", stdin=text, check=0).stdout)
    assert (told["stage"], told["plan_needed"]) == (None, None)
    assert told["first"][0]["do"] == "ship_open_orders"
    path = FILES["us_deactivated_17_days"]
    assert "unter 4 %" in poa("notice", path, "--ui-lang", "de", check=0).stdout
    assert "10、30" in poa("notice", path, "--ui-lang", "zh", check=0).stdout


def test_what_is_no_notice_is_said_so(poa):
    """A text that is no notice ends well, with a sentence; a file that is none of ours ends in one fault."""
    assert "no notice" in poa("notice", stdin="Buy now and save.", check=0).stdout
    assert json.loads(poa("notice", "--json", stdin="", check=0).stdout)["kinds"] == []
    refused = poa("notice", "missing.txt", check=1)
    assert refused.stderr.startswith("Error: There is no file")


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u200d", "\u200e", "\u202a", "\ufeff", "\u2060"])
def test_signs_that_nobody_sees_change_nothing(sign):
    """Mails are full of soft hyphens, joiners and marks of direction; words and figures are read through them."""
    text = FILES["us_deactivated_17_days"].read_text(encoding="utf-8")
    assert read_notice(f"{sign}".join(text)) == read_notice(text)


def test_what_a_page_hides_is_not_read():
    """Hidden elements set no deadline, however they are nested."""
    page = b"<html><body><div style='display: none'><div>within 2 days</div>or 3</div><p hidden>4</p>seen</body></html>"
    assert notice_text(page, name="a.html") == "seen"
