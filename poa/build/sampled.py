"""Any document of a pack, filled from a sample case: what check and preview look at.

All that no template can change (the rows, the charts, the contexts) is made once in a process for each
sample case and language; a document is then filled in milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cache, cached_property, lru_cache

from poa.account.late_orders import late_orders
from poa.account.weeks import Promised, Told, open_weeks, since, tell_week
from poa.analysis.weeks import week_of
from poa.build import (
    COVER,
    PAPERS,
    Appeal,
    appeal_context,
    document_of,
    drawn,
    further,
    papers_in_word,
)
from poa.build.chosen import option_questions, options_of, wanted
from poa.build.cover import cover_data
from poa.build.filled import filled, paper_tree
from poa.build.gates import case_questions, letter_questions
from poa.build.open_orders_request import REQUEST as OPEN_ORDERS
from poa.build.open_orders_request import by_supplier, request_data
from poa.build.printing import Look, look_of, printed
from poa.build.samples import sample_account, sample_appeal
from poa.build.since import PAPER as SINCE
from poa.build.since import since_context, since_picture
from poa.build.supplier_papers import REQUEST, STATEMENT, supplier_data
from poa.build.supplier_week import PAPER as SUPPLIER_WEEK
from poa.build.supplier_week import supplier_context
from poa.build.weekly import CHARTS, SUMMARY, Week, charted_of, charts_of, week_context, week_document
from poa.build.word_native import native_letter
from poa.document import Document, gaps
from poa.doing import silent
from poa.errors import UsageFault
from poa.facts import Facts, Plain
from poa.facts.weekly import Since
from poa.files import bundled, read_folder
from poa.orders import NOT_STATED, SEVERAL
from poa.packs import Pack, given, open_pack
from poa.packs.filling import Given
from poa.writers.word_native import Printed

_WEEKLY = (SUMMARY, CHARTS, SINCE, SUPPLIER_WEEK, OPEN_ORDERS)
_DAYS_SINCE = 14  # of the sample's rows, since the notice of the annex that tells what came after it


@dataclass(frozen=True, eq=False, slots=True, kw_only=True)
class Sampled:
    """A filled document: its Markdown, and the pictures it may show; :meth:`paper` reads the one as a tree."""

    markdown: str
    images: Mapping[str, bytes] = field(repr=False)
    look: Callable[[], Look] = field(repr=False)
    native: Callable[[Document], Printed | None] = field(repr=False, default=lambda _: None)
    _read: Callable[[str], Document] = field(repr=False)

    def paper(self) -> Document:
        """The tree; raises PackFault, whose file is ``DOCUMENT.md`` where a line of the Markdown is refused."""
        return self._read(self.markdown)

    def word(self, paper: Document) -> bytes:
        """The tree as a Word file in the pack's look; raises PackFault for a shell that cannot be used.

        Where the pack has a Word file for the paper, that is filled in its place.
        """
        return self.in_word(paper)[0]

    def in_word(self, paper: Document) -> tuple[bytes, Document | None]:
        """The Word file, and the tree that it was printed from; None where a Word file of the pack was filled."""
        own = self.native(paper)
        if own is not None:
            return own.data, None
        (data,) = printed({"": paper}, ["docx"], self.images, self.look()).values()
        return data, paper


def sampled(document: str, *, sample: str, pack: Pack, language: str) -> Sampled:
    """A document as a pack makes it of a sample case; a pack's own documents get what the letter gets.

    Raises PackFault for a fault of the pack, UsageFault ``nothing_to_tell`` where the sample case has nothing that
    the document could be about, and ``no_such_sample`` for an unknown case.
    """
    ground = _ground(sample, language)
    if document in _WEEKLY:
        return ground.of_week(document, pack)
    return ground.of_appeal(document, pack)


@lru_cache(maxsize=40)
def _ground(sample: str, language: str) -> _Ground:
    default = read_folder(bundled("templates") / "default")
    pack = open_pack("default", default, default=default)
    return _Ground(
        appeal=sample_appeal(sample, pack=pack, language=language), sample=sample, language=language
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class _Ground:
    """What the papers of one sample case in one language stand on, each part made when it is first needed."""

    appeal: Appeal
    sample: str
    language: str

    @property
    def images(self) -> dict[str, bytes]:
        return drawn_of(self.sample)

    @cached_property
    def context(self) -> Given:
        return given(appeal_context(self.appeal, self.images), language=self.language)

    @cached_property
    def supplier(self) -> dict[str, Plain]:
        """What is told to the first supplier that stands out."""
        for _, data in supplier_data(self.appeal):
            return data
        raise _nothing("no supplier stands out", self.sample)

    def of_appeal(self, document: str, pack: Pack) -> Sampled:
        appeal = replace(self.appeal, pack=pack)
        context = given(self.context, {"options": options_of(appeal)}, language=self.language)
        if document == COVER:
            context = given(context, self._cover(appeal), language=self.language)
        elif document in {STATEMENT, REQUEST}:
            context = given(context, self.supplier, language=self.language)
        return Sampled(
            markdown=filled(pack, document, context, language=self.language),
            images=self.images,
            # Nobody sends the cover: it has the built-in look.
            look=lambda: Look() if document == COVER else self._look(pack, appeal.facts),
            native=lambda paper: (
                native_letter(pack, document, paper, context, language=self.language)
                if document in papers_in_word(pack)
                else None
            ),
            _read=lambda markdown: document_of(appeal, document, markdown, language=self.language),
        )

    def _cover(self, appeal: Appeal) -> dict[str, Plain]:
        names = (*PAPERS, *wanted(appeal, further(appeal.pack)))
        papers = {name: self.of_appeal(name, appeal.pack).paper() for name in names}
        shown = [question for paper in papers.values() for question in gaps(paper.blocks)]
        others = (*case_questions(appeal), *letter_questions(appeal), *option_questions(appeal))
        asked = dict.fromkeys([*shown, *others])
        return cover_data(appeal, tuple(asked), papers, [name for name, _ in supplier_data(appeal)])

    def _look(self, pack: Pack, facts: Facts) -> Look:
        return look_of(pack, case=self.appeal.case, facts=facts, language=self.language)

    @cached_property
    def week(self) -> Week:
        appeal = self.appeal
        told, _ = _weeks(self.sample)
        return Week(
            facts=told.seen.facts,
            weekly=told.weekly,
            case=appeal.case,
            case_file=appeal.case_file,
            pack=appeal.pack,
            history=False,
            language=self.language,
        )

    @property
    def charts(self) -> dict[str, bytes]:
        return _drawn_of_week(self.sample)

    def of_week(self, document: str, pack: Pack) -> Sampled:
        week = replace(self.week, pack=pack)
        if document == OPEN_ORDERS:
            return self._open_orders(week)
        context, images = self._of_week[document]()
        return Sampled(
            markdown=filled(pack, document, given(context, language=self.language), language=self.language),
            images=images,
            look=lambda: self._look(pack, week.facts),
            _read=lambda markdown: week_document(week, document, markdown),
        )

    @cached_property
    def _of_week(self) -> Mapping[str, Callable[[], tuple[dict[str, Plain], dict[str, bytes]]]]:
        return {
            SUMMARY: lambda: (week_context(self.week, self.charts), self.charts),
            CHARTS: lambda: (week_context(self.week, self.charts), self.charts),
            SINCE: self._since,
            SUPPLIER_WEEK: self._supplier_week,
        }

    def _since(self) -> tuple[dict[str, Plain], dict[str, bytes]]:
        _, told = _weeks(self.sample)
        images = _drawn_since(self.sample)
        return since_context(self.week, told, images), images

    def _supplier_week(self) -> tuple[dict[str, Plain], dict[str, bytes]]:
        seen = _weeks(self.sample)[0].seen
        for card in self.week.weekly.scorecards:
            if (name := str(card.name.value)) not in {NOT_STATED, SEVERAL}:
                return supplier_context(self.week, name, late_orders(seen.joined, seen.facts))[0], {}
        raise _nothing("no supplier is known", self.sample)

    def _open_orders(self, week: Week) -> Sampled:
        waiting = week.weekly.waiting
        of_one = by_supplier(waiting.orders)
        supplier = next((name for name in of_one if name not in {NOT_STATED, SEVERAL}), None)
        if supplier is None:
            raise _nothing("no supplier has an open order", self.sample)
        request = request_data(
            supplier,
            of_one[supplier],
            judged=waiting.judged,
            zone=week.facts.time_zone,
            file=f"{OPEN_ORDERS}.csv",
        )
        return Sampled(
            markdown=filled(week.pack, OPEN_ORDERS, {"request": request}, language=self.language),
            images={},
            look=lambda: self._look(week.pack, week.facts),
            _read=lambda markdown: paper_tree(
                OPEN_ORDERS, markdown, language=self.language, dated=waiting.judged[:10]
            ),
        )


# No chart speaks a language, and drawing takes longer than all else.
@cache
def drawn_of(sample: str) -> dict[str, bytes]:
    """The charts of the appeal of a sample case, by their paths."""
    return drawn(_ground(sample, "en").appeal.facts)


@cache
def _drawn_of_week(sample: str) -> dict[str, bytes]:
    return charts_of(charted_of(_ground(sample, "en").week))


@cache
def _drawn_since(sample: str) -> dict[str, bytes]:
    return since_picture(_ground(sample, "en").week, _weeks(sample)[1])


@cache
def _weeks(sample: str) -> tuple[Told, Since]:
    """The last week but one, at whose end orders were open, and how the rate went since a day of the rows' end."""
    name = "normal" if sample == "blank_case" else sample
    weeks = open_weeks(sample_account(name), tell=silent)
    case = _ground(sample, "en").appeal.case
    week = week_of(weeks.newest.first - timedelta(days=1))
    told = tell_week(weeks, week, promised=Promised(case=case), records={}, tell=silent)
    return told, since(weeks, told.seen, week.last - timedelta(days=_DAYS_SINCE))


def _nothing(why: str, sample: str) -> UsageFault:
    return UsageFault(
        "nothing_to_tell",
        f"The sample case '{sample}' has nothing for this document: {why}.",
        hint="Choose another sample case.",
    )
