"""What must never be sent: shipments confirmed early, a retailer as supplier, a parcel in somebody else's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from poa.policy.forbidden import confirms_early, retailer_as_supplier, store_words
from poa.policy.lookalikes import seen
from poa.policy.retailers import retailer_named
from poa.review.draft import Draft, Found
from poa.review.rule import ALL, rule
from poa.review.sentences import Sentence, plain
from poa.words import said

_HAN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{2,40}")
_LONGEST = 8  # signs of a retailer's name in Chinese or Japanese
_WORDS = 3  # of a retailer's name
_early = lru_cache(maxsize=4096)(confirms_early)
_retailer = lru_cache(maxsize=4096)(retailer_as_supplier)
_NOT_OURS = said(
    "The drop-shipping policy wants you alone as seller of record: on slip, invoice and packaging."
)


@rule(
    "R35",
    "error",
    papers=ALL,
    title=said("No shipment is confirmed before the carrier has it"),
    why=said(
        "Amazon treats it as confirmed and not shipped, a breach of its code of conduct, and closes accounts."
    ),
    source="Amazon's notice on orders confirmed and not shipped",
)
def no_early_confirmation(draft: Draft) -> Iterator[Found]:
    """Words that say or propose it, in whatever language they stand."""
    for sentence in draft.sentences:
        if _early(sentence.text):
            yield Found(
                at=sentence,
                message=said("This says that shipments are confirmed before the carrier has them."),
                remedy=said(
                    "Take it out; if it is done, stop it first. Confirm each order when the carrier has it."
                ),
            )


@rule(
    "R37",
    "error",
    papers=ALL,
    title=said("No retailer is a supplier, and no parcel goes out in another's name"),
    why=said("Either tells Amazon of a breach of its drop-shipping policy, and opens a second case."),
    source="Amazon's drop shipping policy",
    lexical=True,
)
def no_other_seller(draft: Draft) -> Iterator[Found]:
    """Retailers as suppliers, in words or by name, and slips, boxes or names of others on the parcels."""
    told: set[str] = set()
    for sentence in draft.sentences:
        if retailer := _retailer(sentence.text):
            told.add(retailer)
            yield _as_supplier(sentence, retailer)
        elif draft.lexicon.found("R37", plain(seen(sentence.text))) or _in_its_box(draft, sentence):
            yield Found(
                at=sentence,
                message=said("This says that a parcel went out under another's name."),
                remedy=_NOT_OURS,
            )
    for name, retailer in _listed(draft).items():
        place = None if retailer in told else _printed(draft, name)
        if place is not None:
            told.add(retailer)
            yield _as_supplier(place, retailer)


def _as_supplier(at: Sentence, retailer: str) -> Found:
    return Found(
        at=at,
        message=said(
            "{retailer} is a retailer, and stands here as a source of the goods.", retailer=retailer
        ),
        remedy=said(
            "Do not send a paper that names it. Where the name is a mistake, correct it in your files and run again."
        ),
    )


def _in_its_box(draft: Draft, sentence: Sentence) -> bool:
    """Whether a sentence names a retailer's box, slip or label."""
    words = plain(seen(sentence.text))
    if not draft.lexicon.matches("R37", words, key="box") or draft.lexicon.matches(
        "R37", words, key="unless"
    ):
        return False
    if draft.lexicon.matches("R37", words, key="supplies"):
        return False  # where labels and tape are bought says nothing of the goods
    return any(named != "Amazon" for named in _retailers_in(seen(sentence.text)))


def _retailers_in(text: str) -> Iterator[str]:
    """The retailers that a sentence names, whatever it says of them; a word of the language is none."""
    words = [word.strip(".,;:()\"'") for word in text.split()]
    for at in range(len(words)):
        for many in range(1, _WORDS + 1):
            told = " ".join(words[at : at + many])
            if told.casefold() not in store_words() and (named := retailer_named(told)):
                yield named
    for found in _HAN.finditer(text):
        run = found[0]
        for start in range(len(run)):
            for end in range(start + 2, min(start + _LONGEST, len(run)) + 1):
                if named := retailer_named(run[start:end]):
                    yield named


def _listed(draft: Draft) -> dict[str, str]:
    """The suppliers of the facts that are retailers, by the name that the files give them."""
    facts = draft.ground.facts
    groups = [
        *(facts.get("late_by_supplier") or {}).get("suppliers", ()),
        *((facts.get("attribution") or {}).get("dimensions") or {}).get("supplier", ()),
    ]
    names = {str(one["name"]) for one in groups}
    return {name: retailer for name in sorted(names) if (retailer := retailer_named(seen(name)))}


def _printed(draft: Draft, name: str) -> Sentence | None:
    """Where a supplier's name is printed; one that is a word as well counts as a whole cell only."""
    wanted = plain(name)
    pattern = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)" if wanted.isascii() else re.escape(wanted))
    for sentence in draft.sentences:
        line = draft.paper.lines[sentence.line]
        heads = line.kind == "row" and (
            sentence.line == 0 or draft.paper.lines[sentence.line - 1].kind != "row"
        )
        if wanted in store_words():
            if line.kind == "row" and not heads and sentence.plain == wanted:
                return sentence
        elif pattern.search(sentence.plain):
            return sentence
    return None
