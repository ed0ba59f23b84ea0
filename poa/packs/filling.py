"""Fill a document: a template and the facts become Markdown in which every fact is marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from poa.errors import PackFault
from poa.facts import Plain
from poa.languages import LANGUAGES
from poa.packs.context import guarded
from poa.packs.environment import PackEnvironment
from poa.packs.language import find_language
from poa.packs.pack import Pack, phrase_faults, phrases_in
from poa.packs.placing import placed

PHRASES = "t"


class Given(dict[str, Any]):
    """What templates of one language are given, guarded once for all its papers: they can only read it."""

    language = "en"


def given(
    context: Mapping[str, Plain], more: Mapping[str, Plain] | None = None, *, language: str = "en"
) -> Given:
    """Plain data made ready for templates; ``more`` is added to what is ready already.

    What poa says in it is said in ``language``. Raises TypeError where it is not plain data, which
    is no pack's fault, and where it was made ready for another language.
    """
    if isinstance(context, Given) and context.language != language:
        raise TypeError(f"made ready in {context.language}, wanted in {language}")
    ready = context if isinstance(context, Given) else guarded(dict(context), language=language)
    both = Given({**ready, **guarded(dict(more or {}), language=language)})
    both.language = language
    return both


def fill(pack: Pack, document: str, context: Mapping[str, Plain], *, language: str) -> str:
    """The Markdown of a document such as ``plan-of-action``, for :func:`poa.markdown.parse`.

    Raises PackFault with the place for every fault of the pack; TypeError where ``context`` is not
    plain data, which is no pack's fault.
    """
    written = find_language(language, offered=pack.languages)
    start = pack.document(document, language=language)
    names = all_names(pack, context, language=language)
    house = PackEnvironment(pack, names, language=written)
    try:
        template = house.get_template(start)
        return "".join(house.work.paced(template.root_render_func(template.new_context())))
    except Exception as error:  # whatever a stranger's template brings about is told as its fault
        raise placed(error, start=start, names=names) from error


def all_names(pack: Pack, context: Mapping[str, Plain], *, language: str) -> dict[str, Any]:
    """All that a template sees: the context, guarded, and the phrases. Raises TypeError as :func:`given`."""
    if PHRASES in context:
        raise TypeError(f"'{PHRASES}' is the name of the phrases")
    names: dict[str, Any] = dict(given(context, language=language))
    names[PHRASES] = {
        key: phrase if phrase.words is None else phrase.words
        for key, phrase in phrases_in(pack, language).items()
    }
    return names


def faults(pack: Pack) -> tuple[PackFault, ...]:
    """What can be said against the pack's own files before any paper is filled.

    One fault a template; and each phrase that names a part which it does not have in English.
    """
    house = PackEnvironment(pack, {}, language=LANGUAGES["en"])
    found = [*phrase_faults(pack)]
    for file in sorted(name for name in pack.sources if name.endswith(".j2")):
        name = f"{pack.name}/{file}"
        try:
            house.checked(name)
        except Exception as error:  # noqa: BLE001 - see above; here each is collected
            found.append(placed(error, start=name, names={}))
    return tuple(found)
