"""What every picture has in common: size, grey print, no words but numbers, ISO dates and keys.

So one picture serves every language, needs no font that could be missing, and has the same bytes on
every machine.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from typing import Any

_WIDTH, _HEIGHT, _DPI = 6.5, 2.75, 160  # inches, inches, dots an inch
_MOST_WEEKS = 13  # marks that fit side by side under one picture


def blank(*, height: float = _HEIGHT) -> Any:
    """An empty picture of the width of a page, so many inches high."""
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # its first run speaks of a font cache
    import matplotlib as mpl
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    mpl.rcdefaults()  # a user's own settings would change the picture
    figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def plain(axes: Any, *, grid: str) -> None:
    """Axes without a frame, with a faint grid along one of them."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis=grid, linewidth=0.4, color="0.85")
    axes.set_axisbelow(True)


def mark_target(axes: Any, target: float, *, top: float) -> None:
    """The target as a dashed line and among the marks of the upright axis, in percent, in place of one that it would cover."""
    axes.axhline(target, linestyle=(0, (5, 3)), linewidth=1.2, color="0.0", zorder=2)
    axes.set_ylim(0, top * 1.12)
    marks = [value for value in axes.get_yticks() if abs(value - target) > 0.07 * top and value <= top * 1.12]
    axes.set_yticks([*marks, target], [*(f"{value:g}%" for value in marks), f"< {target:g}%"], fontsize=8)
    axes.get_yticklabels()[-1].set_weight("bold")


def name(
    axes: Any, text: str, at: tuple[Any, float], *, size: float, bold: bool = False, **more: Any
) -> None:
    """Words right of a point; ``more`` is what Matplotlib's annotate takes beside."""
    look = {"xytext": (3, 0), "textcoords": "offset points", "va": "center", **more}
    axes.annotate(text, at, fontsize=size, weight="bold" if bold else "normal", **look)


def week_number(week: str) -> str:
    """``W40`` of ``2026-W40``."""
    return week.rpartition("-")[2]


def mark_weeks(axes: Any, weeks: Sequence[str], *, across: int = 0) -> None:
    """Mark the weeks at 0, 1, 2 …; of many, as many as fit.

    ``across`` is how many weeks the axis has room for, where these are more than there are.
    """
    last = len(weeks) - 1
    step = -(-len(weeks) // _MOST_WEEKS)
    places = [at for at in range(0, last + 1, step) if at == 0 or last - at >= step] if last else []
    names = {at: week_number(weeks[at]) for at in places} | {at: weeks[at] for at in (0, last)}
    if max(len(weeks), across) >= _MOST_WEEKS - 1:  # a full name needs the room of its neighbour
        if last == 1:
            names[0] = week_number(weeks[0])
        names = {at: name for at, name in names.items() if at not in {1, last - 1} or at in {0, last}}
    axes.set_xticks([*names], [*names.values()], fontsize=7.5)


def png(figure: Any) -> bytes:
    """The picture's bytes."""
    picture = io.BytesIO()
    figure.canvas.print_png(picture, metadata={"Software": None})  # savefig would draw it twice
    return picture.getvalue()
