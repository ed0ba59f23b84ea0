"""What every picture has in common: size, grey print, no words but numbers, ISO dates and keys.

So one picture serves every language, needs no font that could be missing, and has the same bytes on
every machine.
"""

from __future__ import annotations

import io
import logging
from typing import Any

_WIDTH, _HEIGHT, _DPI = 6.5, 2.75, 160  # inches, inches, dots an inch


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
    """The target among the marks of the upright axis, in percent, in place of one that it would cover."""
    axes.set_ylim(0, top * 1.12)
    marks = [value for value in axes.get_yticks() if abs(value - target) > 0.07 * top and value <= top * 1.12]
    axes.set_yticks([*marks, target], [*(f"{value:g}%" for value in marks), f"< {target:g}%"], fontsize=8)
    axes.get_yticklabels()[-1].set_weight("bold")


def png(figure: Any) -> bytes:
    """The picture's bytes."""
    picture = io.BytesIO()
    figure.canvas.print_png(picture, metadata={"Software": None})  # savefig would draw it twice
    return picture.getvalue()
