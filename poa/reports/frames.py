"""The typed parts of one file as one frame of the order table's columns, refused rows left out."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from poa.orders import NAMES, WORDS
from poa.reports.columns import INSTANTS, Typed


def frame_of(typed: list[Typed], lines: list[npt.NDArray[np.int32]], *, number: int) -> pd.DataFrame:
    """The used rows, with the columns that the file has; ``number`` says which file it is.

    ``order_id`` is there only where the ids are not Amazon's, whose number says it all. Both lists are
    emptied on the way: the parts and the frame of a large file do not fit into memory together.
    """
    used = [part.used for part in typed]
    whole = all(mask.all() for mask in used)

    def joined(columns: list[npt.NDArray[np.generic]]) -> npt.NDArray[np.generic]:
        kept = columns if whole else [column[mask] for column, mask in zip(columns, used, strict=True)]
        return kept[0] if len(kept) == 1 else np.concatenate(kept)

    def texts(columns: list[pa.Array]) -> object:
        return pa.concat_arrays(
            [column.filter(pa.array(mask)) for column, mask in zip(columns, used, strict=True)]
        ).to_pandas()

    columns = _by_column(typed, lines)
    frame: dict[str, object] = {}
    for ours in list(columns):
        parts = columns.pop(ours)
        if ours in {"order_id", "tracking_number"}:
            frame[ours] = texts(parts)
        elif ours in {*NAMES, *WORDS}:
            frame[ours] = _category(parts, joined)
        elif ours in INSTANTS:
            frame[ours] = pd.Series(joined(parts)).dt.tz_localize("UTC")
        else:
            frame[ours] = joined(parts)
        parts.clear()
    pa.default_memory_pool().release_unused()
    return pd.DataFrame(frame, copy=False).assign(file=np.int16(number))


def _by_column(typed: list[Typed], lines: list[npt.NDArray[np.int32]]) -> dict[str, list[Any]]:
    """The parts turned into columns of parts; the lists given are emptied."""
    first = typed[0]
    columns: dict[str, list[Any]] = {"line": list(lines), "key": [part.keys for part in typed]}
    if first.order_ids is not None and any((part.keys[part.used] < 0).any() for part in typed):
        columns["order_id"] = [part.order_ids for part in typed]
    if first.items is not None:
        columns["item"] = [part.items for part in typed]
    if first.tracking is not None:
        columns["tracking_number"] = [part.tracking for part in typed]
    for ours in first.names:
        columns[ours] = [part.names[ours] for part in typed]
    for ours in first.dates:
        columns[ours] = [part.dates[ours].seconds for part in typed]
    typed.clear()
    lines.clear()
    return columns


def _category(parts: list[tuple[npt.NDArray[np.int32], list[str]]], joined: Any) -> pd.Categorical[str]:
    names = sorted({name for _, distinct in parts for name in distinct} | {""})
    place = {name: at for at, name in enumerate(names)}
    small = np.int16 if len(names) < 1 << 15 else np.int32
    codes = [
        np.array([place[name] for name in distinct], dtype=small)[own] if distinct else own.astype(small)
        for own, distinct in parts
    ]
    found = pd.Categorical.from_codes(joined(codes), categories=pd.Index(names))
    # What stood in refused rows alone may be a buyer's, and goes no further.
    kept = found.remove_unused_categories()
    return kept if "" in kept.categories else kept.add_categories([""])
