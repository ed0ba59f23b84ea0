"""``poa packs which``: the files and blocks behind a paper, the place of a phrase, the phrase behind words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from poa.cli.options import pack_option

if TYPE_CHECKING:
    from poa.packs import Pack
    from poa.packs.blocks import PaperBlock
    from poa.packs.chain import Step
    from poa.packs.phrases import Phrase


@click.command(name="which", epilog='Example: poa packs which "behind each figure" --pack acme')
@click.argument("name", metavar="NAME")
@pack_option
@click.option(
    "--lang", "language", metavar="CODE", default="en", show_default=True, help="Language of the paper."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, also of errors.")
def command(name: str, pack_folder: Path | None, language: str, *, as_json: bool) -> None:
    """Say which files and blocks make a paper, and which phrase says what.

    NAME is a paper (plan-of-action) or a file (plan-of-action.md.j2,
    lang/de.toml): the first line wins, and the blocks stand in their order, each
    with its first words in the sample letter. It may be the key of a phrase
    (closing): its words, its file, and the templates that say it. Or words that
    you see in a paper: the phrases that hold them, in any language.
    """
    from poa.cli.pack_folders import open_packs
    from poa.cli.terminal import print_json
    from poa.packs.chain import chain_of
    from poa.packs.language import find_language
    from poa.packs.saying_where import phrase_in, phrases_with, templates_saying

    find_language(language)
    pack = open_packs(pack_folder)
    known = phrase_in(pack, name, language=language)
    is_file = name in pack.documents or pack.resolve(name) is not None
    phrases: tuple[Phrase, ...] = ()
    said_by: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    if known is not None and not is_file:
        phrases, said_by = (known,), templates_saying(pack, name)
        steps = chain_of(pack, name, language=language)
    else:
        phrases = () if is_file else phrases_with(pack, name)
        steps = () if phrases else chain_of(pack, name, language=language)
    blocks = _blocks(pack, name, steps, language=language) if is_file else []
    if as_json:
        print_json(
            {
                "files": [{"file": one.file, "why": one.why, "depth": one.depth} for one in steps],
                "blocks": [
                    {
                        "block": one.name,
                        "file": one.file,
                        "taken_by": one.taken_by,
                        "begins": words,
                        "in_sample": is_there,
                    }
                    for one, words, is_there in blocks
                ],
                "phrases": [
                    {"key": one.key, "language": one.language, "place": one.place, "words": list(one.shown)}
                    for one in phrases
                ],
                "said_by": list(said_by),
            }
        )
    elif phrases:
        _print_phrases(phrases, steps, said_by, is_one=known is not None)
    else:
        _print_files(steps, blocks)


def _blocks(
    pack: Pack, name: str, steps: tuple[Step, ...], *, language: str
) -> list[tuple[PaperBlock, str, bool]]:
    """The blocks of a paper, each with its first line in the sample, else its first phrase; and whether it is the line."""
    from poa.build.sampled import sampled
    from poa.errors import PoaError
    from poa.packs.blocks import blocks_of, first_words, paper_of, with_marks
    from poa.packs.saying_where import phrase_in

    blocks = blocks_of(pack, steps[0].file) if steps[0].file.endswith(".j2") else ()
    paper = paper_of(pack, name)
    markdown = ""
    if blocks and paper is not None:
        try:
            made = sampled(paper, sample="normal", pack=with_marks(pack, blocks), language=language)
            markdown = made.markdown
        except PoaError:  # what is wrong with the pack is for its check to say
            markdown = ""
    out = []
    for one in blocks:
        words = first_words(markdown, one.name)
        is_there = bool(words)
        if not words and one.phrase is not None:
            phrase = phrase_in(pack, one.phrase, language=language)
            words = "" if phrase is None else phrase.shown[-1]
        out.append((one, words, is_there))
    return out


def _print_files(steps: tuple[Step, ...], blocks: list[tuple[PaperBlock, str, bool]]) -> None:
    from poa.cli.terminal import console, line

    out = console()
    for step in steps:
        out.print(line(f"{'  ' * step.depth}{step.file}: {step.why}"))
    if not blocks:
        return
    out.print(line(f"\nBlocks of {blocks[0][0].file}, and how they begin in the sample:"))
    widest = max(len(one.name) for one, _, _ in blocks)
    for one, words, is_there in blocks:
        said = words if is_there else f"({words})" if words else "-"
        out.print(line(f"  {one.name:<{widest}}  {said}"), soft_wrap=True)
        if one.taken_by is not None:
            out.print(line(f"  {'':<{widest}}  taken over by {one.taken_by}"), soft_wrap=True)
    if not all(is_there for _, _, is_there in blocks):
        out.print(line("In brackets: what a block that the sample does not need would say."))


def _print_phrases(
    phrases: tuple[Phrase, ...], steps: tuple[Step, ...], said_by: tuple[str, ...], *, is_one: bool
) -> None:
    from poa.cli.terminal import console, line

    out = console()
    for one in phrases:
        why = next((f": {step.why}" for step in steps if step.file == one.place), "")
        out.print(line(f"{one.key}  {one.place}{why}", "bold"), soft_wrap=True)
        for words in one.shown:
            out.print(line(f"  {words}"), soft_wrap=True)
    if not is_one:
        out.print(line("Who says one: poa packs which KEY. To change it, put its key into lang/CODE.toml."))
        return
    others = [step for step in steps if step.file != phrases[0].place]
    if others:
        out.print(line("In other languages:"))
    for step in others:
        out.print(line(f"  {step.file}: {step.why}"), soft_wrap=True)
    out.print(line("Said by:" if said_by else "No template says it; poa itself may."))
    for place in said_by:
        out.print(line(f"  {place}"), soft_wrap=True)
