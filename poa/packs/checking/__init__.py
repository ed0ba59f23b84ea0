"""All that can be said against a pack before any paper is filled, in one go, each with its place and a remedy."""

from __future__ import annotations

from collections.abc import Mapping

from poa.packs.checking.documents import walk_documents, walk_unused
from poa.packs.checking.lines import check_lines
from poa.packs.checking.opening import opened
from poa.packs.checking.options import check_options
from poa.packs.checking.problems import Pad, Place, Problem, Severity
from poa.packs.checking.statements import run
from poa.packs.checking.walk import walk_of
from poa.packs.checking.wording import check_phrases
from poa.packs.pack import Pack

__all__ = ["Place", "Problem", "Severity", "problems_of", "problems_of_files"]


def problems_of(pack: Pack) -> tuple[Problem, ...]:
    """Every problem of an opened pack, in the order of files, lines and columns; empty where there is none."""
    pad = Pad(pack.name, pack.sources)
    _walk(pack, pad, left_out="")
    return pad.problems()


def problems_of_files(
    name: str, sources: Mapping[str, str], *, default: Mapping[str, str]
) -> tuple[Pack | None, tuple[Problem, ...]]:
    """The same of the files of a folder, which need not open: a fault of its manifest or phrases is one problem of many.

    Beside the problems the pack, without what had to be left out; None where it cannot be opened at all.
    """
    pad = Pad(name, sources)
    pack, left_out = opened(name, sources, default=default, pad=pad)
    if pack is not None:
        _walk(pack, pad, left_out=left_out)
    return pack, pad.problems()


def _walk(pack: Pack, pad: Pad, *, left_out: str) -> None:
    walk = walk_of(pack, pad, left_out, run)
    walk_documents(walk)
    walk_unused(walk)
    check_phrases(walk)
    check_options(walk)
    check_lines(walk)
