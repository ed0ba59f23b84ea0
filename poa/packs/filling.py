"""Fill a document: a template and the facts become Markdown in which every fact is marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from poa.errors import PackFault
from poa.facts import Plain
from poa.packs.context import guarded
from poa.packs.environment import PackEnvironment
from poa.packs.language import LANGUAGES, find_language
from poa.packs.pack import Pack, phrases_in
from poa.packs.placing import placed

PHRASES = "t"


class Given(dict[str, Any]):
    """What templates are given, guarded once for all papers of a run: they can read it and nothing else."""


def given(context: Mapping[str, Plain], more: Mapping[str, Plain] | None = None) -> Given:
    """Plain data made ready for templates; ``more`` is added to what is ready already.

    Raises TypeError where it is not plain data, which is no pack's fault.
    """
    ready = context if isinstance(context, Given) else guarded(dict(context))
    return Given({**ready, **guarded(dict(more or {}))})


def fill(pack: Pack, document: str, context: Mapping[str, Plain], *, language: str) -> str:
    """The Markdown of a document such as ``plan-of-action``, for :func:`poa.markdown.parse`.

    Raises PackFault with the place for every fault of the pack; TypeError where ``context`` is not
    plain data, which is no pack's fault.
    """
    spoken = find_language(language, offered=pack.languages)
    start = pack.document(document, language=language)
    if PHRASES in context:
        raise TypeError(f"'{PHRASES}' is the name of the phrases")
    names: dict[str, Any] = dict(given(context))
    # Phrases are the pack's own Markdown, trusted like its templates.
    names[PHRASES] = {key: Markup(text) for key, text in phrases_in(pack, language).items()}  # noqa: S704 - as said above
    house = PackEnvironment(pack, names, language=spoken)
    try:
        template = house.get_template(start)
        return "".join(house.work.paced(template.root_render_func(template.new_context())))
    except Exception as error:  # whatever a stranger's template brings about is told as its fault
        raise placed(error, start=start, names=names) from error


def faults(pack: Pack) -> tuple[PackFault, ...]:
    """What can be said against the pack's own templates before any is filled, one fault a file."""
    house = PackEnvironment(pack, {}, language=LANGUAGES["en"])
    found = []
    for file in sorted(name for name in pack.sources if name.endswith(".j2")):
        name = f"{pack.name}/{file}"
        try:
            house.checked(name)
        except Exception as error:  # noqa: BLE001 - see above; here each is collected
            found.append(placed(error, start=name, names={}))
    return tuple(found)
