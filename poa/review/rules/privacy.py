"""No buyer's data in a paper that leaves the house: names, addresses, telephone numbers, e-mail addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from poa.review.claims import days
from poa.review.draft import Draft, Found
from poa.review.rule import ALL, SENT, rule
from poa.review.sentences import Sentence, plain
from poa.words import Said, said

_MAIL = re.compile(r"[A-Za-z0-9ÄÖÜäöüß_.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,4})")
_AMAZONS = re.compile(r"(?:^|\.)amazon\.[a-z.]{2,6}$")
_RELAY = re.compile(r"marketplace\.amazon")  # where Amazon forwards to a buyer
_NO_PHONE = re.compile(
    r"(?<![\w-])\d{2,4}-\d{6,8}-\d{6,8}(?![\w-])|(?<![\d+])\d{12,}|\d{1,2}:\d{2}(?::\d{2})?"
)
_PHONE = re.compile(
    r"\+\d{1,3}[ ().-]{0,2}(?:\d{1,4}[ ().-]{0,2}){2,5}\d{2,4}(?!\d)"  # +49 …
    r"|(?<![\d-])\(\d{3}\) ?\d{3}[-. ]\d{4}(?![\d-])|(?<![\d.-])\d{3}[-.]\d{3}[-.]\d{4}(?![\d.-])"  # US
    r"|(?<![\d-])1[3-9]\d[- ]\d{4}[- ]\d{4}(?![\d-])"  # China
    r"|(?<![\d-])0\d{1,3}-\d{2,4}-\d{3,4}(?![\d-])|(?<![\d-])0\d{2,4}[/-] ?\d{5,9}(?![\d-])"  # Japan; China, Germany
)
_NUMBER = re.compile(r"(?<![\d-])\d[\d /().-]{5,16}\d(?![\d-])")
_DIGIT = re.compile(r"\d")
_FEWEST, _MOST = 7, 15  # digits of a telephone number
_STREET = re.compile(
    r"(?<![A-Za-z0-9_-])\d{1,5} (?:[NSEW]\.? )?(?:[A-Z][\w'.]{0,20} ){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|"
    r"Drive|Dr|"
    r"Lane|Ln|Court|Ct|Way|Place|Pl|Terrace|Circle|Cir|Parkway|Pkwy|Highway|Hwy|Close|Crescent)\b"
    r"|\b[A-ZÄÖÜ][\wäöüß.-]{0,30}(?:straße|strasse|str\.|weg|allee|platz|gasse|ring|damm|ufer|chaussee) ?\d{1,4} ?[a-z]?\b"
    r"|\b(?:[A-ZÄÖÜ][\wäöüß]{1,20} )(?:Straße|Strasse|Weg|Allee|Platz|Gasse|Ring|Damm|Ufer) \d{1,4} ?[a-z]?\b"
)
_TOWN = re.compile(
    r"(?<![A-Za-z])[A-Z]{2} \d{5}(?:-\d{4})?(?![\dA-Za-z])|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|(?<!\d)\d{5} [A-ZÄÖÜ][a-zäöüß]{2,}"
    r"|\b(?:Apt|Apartment|Suite|Unit)\b"
)
_WHOLE = re.compile(
    r"\bP\.? ?O\.? Box \d{1,6}"
    r"|[\u4e00-\u9fff]{2,8}(?:省|市|自治区)[\u4e00-\u9fff]{1,12}?(?:区|县|市|镇)[\u4e00-\u9fff\d]{1,16}?(?:路|街|道|巷|弄|村|大厦|小区|园)"
    r"[\u4e00-\u9fff\d-]{0,12}?\d{1,5}(?:号|室|栋|楼|单元|幢)"
    r"|〒 ?\d{3}-?\d{4}"
    r"|[都道府県][\u4e00-\u9fff\u3040-\u30ff]{1,12}[市区町村郡][\u4e00-\u9fff\u3040-\u30ff]{0,12}\d{1,4}(?:丁目|番|号|-\d{1,4})"
)
_PERSON = re.compile(
    r"\b(?:[Bb]uyers?|[Cc]ustomers?|[Rr]ecipients?|[Pp]urchasers?|[Cc]onsignees?|[Ss]hoppers?|Käufer(?:in)?|Kund(?:e|in|en)|"
    r"Empfänger(?:in)?|Besteller(?:in)?),? (?:named |called |namens )?((?:Ma?c|De|Di|La|Le)?[A-ZÄÖÜ][a-zà-ÿß'-]{1,20}) ((?:Ma?c|De|Di|La|Le)?[A-ZÄÖÜ][a-zà-ÿß'-]{1,25})\b"
    r"|(?:买家|客户|顾客|收件人|收货人|購入者|お客様|顧客|受取人)(?:様|さん)?[:、 ]?"
    r"((?:Ma?c|De|Di|La|Le)?[A-Z][a-zà-ÿ'-]{1,20}) ((?:Ma?c|De|Di|La|Le)?[A-Z][a-zà-ÿ'-]{1,25})(?![A-Za-z])"
)
_TAKE_OUT = said("Take it out; the order id tells Amazon who is meant.")


@rule(
    "R32",
    "error",
    papers=ALL,
    title=said("No name, address, telephone number or e-mail address of a buyer stands in a paper"),
    why=said("Buyers' data may be used to fulfil their orders and for nothing else."),
    source="our own",
    lexical=True,
)
def no_personal_data(draft: Draft) -> Iterator[Found]:
    """What identifies a person. A supplier's paper carries the supplier's own address, telephone and e-mail."""
    names = frozenset(draft.ground.names)
    words = frozenset(word for name in names for word in plain(name).split())
    numbered = tuple(name for name in names if any(sign.isdigit() for sign in name))
    for sentence in draft.sentences:
        message = _of_a_buyer(sentence, draft, words)
        if message is None and draft.kind in SENT:
            message = _of_anybody(sentence, draft, numbered)
        if message is not None:
            yield Found(at=sentence, message=message, remedy=_TAKE_OUT)


def _of_a_buyer(sentence: Sentence, draft: Draft, known: frozenset[str]) -> Said | None:
    words = sentence.plain
    if draft.lexicon.found("R32", words, key="buyer"):
        return said("Here stands a field of a buyer's data.")
    if draft.lexicon.found("R32", words, key="named") or draft.lexicon.found("R32", words):
        return said("This seems to name a buyer.")
    for found in _PERSON.finditer(sentence.text):
        parts = [plain(part) for part in found.groups() if part]
        if not any(part in known or draft.lexicon.matches("R32", part, key="not_named") for part in parts):
            return said("This seems to name a buyer.")
    return None


def _of_anybody(sentence: Sentence, draft: Draft, numbered: tuple[str, ...]) -> Said | None:
    text = unicodedata.normalize("NFKC", sentence.text)
    for mail in _MAIL.finditer(text):
        amazons = _AMAZONS.search(mail[1].casefold()) and not _RELAY.search(mail[1].casefold())
        if not amazons and not _own(text[: mail.start()], draft):
            return said("Here stands an e-mail address.")
    if not _DIGIT.search(text):
        return None
    if _phone(text, draft, numbered):
        return said("Here stands a telephone number.")
    streets = [*_WHOLE.finditer(text), *(_STREET.finditer(text) if _placed(text, draft) else ())]
    if any(not _own(text[: street.start()], draft) for street in streets):
        return said("Here stands a postal address.")
    return None


def _own(before: str, draft: Draft) -> bool:
    """Whether the words right before an address say that it is the seller's or a partner's place or mailbox."""
    return draft.lexicon.matches("R32", plain(before[-80:]), key="own")


def _placed(text: str, draft: Draft) -> bool:
    """Whether a street stands with its town, or is called an address: not every name of a street is one."""
    words = plain(text)
    return bool(_TOWN.search(text)) or any(
        draft.lexicon.matches("R32", words, key=key) for key in ("address", "buyer_word")
    )


def _phone(text: str, draft: Draft, numbered: tuple[str, ...]) -> bool:
    """A telephone number: by its form, or any number of its length that is called one; no date, id or time."""
    forms = [_PHONE]
    if draft.lexicon.matches("R32", plain(text), key="phone"):
        forms.append(_NUMBER)
    if not any(form.search(text) for form in forms):
        return False
    for name in numbered:
        text = text.replace(name, " ")
    for day in days(text, draft.language):
        text = text[: day.start] + " " * (day.end - day.start) + text[day.end :]
    text = _NO_PHONE.sub(" ", text)
    return any(_long_enough(found[0]) for form in forms for found in form.finditer(text))


def _long_enough(number: str) -> bool:
    return _FEWEST <= sum(sign.isdigit() for sign in number) <= _MOST
