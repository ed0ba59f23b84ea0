"""The typed parts of one file as one frame of the order table's columns, refused rows left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from poa.orders import NAMES, WORDS
from poa.reports.columns import INSTANTS, Typed


def frame_of(typed: Sequence[Typed], lines: Sequence[npt.NDArray[np.int32]], *, number: int) -> pd.DataFrame:
    """The used rows, with the columns that the file has; ``number`` says which file it is.

    ``order_id`` is there only where the ids are not Amazon's, whose number says it all.
    """
    used = [part.used for part in typed]
    whole = all(mask.all() for mask in used)

    def joined(columns: Sequence[npt.NDArray[np.generic]]) -> npt.NDArray[np.generic]:
        kept = columns if whole else [column[mask] for column, mask in zip(columns, used, strict=True)]
        return kept[0] if len(kept) == 1 else np.concatenate(kept)

    frame: dict[str, object] = {"line": joined(lines), "key": joined([part.keys for part in typed])}
    if any((part.keys[part.used] < 0).any() for part in typed) and typed[0].order_ids is not None:
        ids = pa.concat_arrays([_texts(part.order_ids).filter(pa.array(part.used)) for part in typed])
        frame["order_id"] = ids.to_pandas()
    if typed[0].items is not None:
        frame["item"] = joined([_present(part.items) for part in typed])
    if typed[0].tracking is not None:
        numbers = pa.concat_arrays([_texts(part.tracking).filter(pa.array(part.used)) for part in typed])
        frame["tracking_number"] = numbers.to_pandas()
    for ours in (*NAMES, *WORDS):
        if ours in typed[0].names:
            frame[ours] = _category([part.names[ours] for part in typed], joined)
    for ours in INSTANTS:
        if ours in typed[0].dates:
            seconds = joined([part.dates[ours].seconds for part in typed])
            frame[ours] = pd.DatetimeIndex(seconds).tz_localize("UTC")
    return pd.DataFrame(frame, copy=False).assign(file=np.int16(number))


def _category(
    parts: Sequence[tuple[npt.NDArray[np.int32], list[str]]], joined: object
) -> pd.Categorical[str]:
    names = sorted({name for _, distinct in parts for name in distinct} | {""})
    place = {name: at for at, name in enumerate(names)}
    codes = [
        np.array([place[name] for name in distinct], dtype=np.int32)[own] if distinct else own
        for own, distinct in parts
    ]
    return pd.Categorical.from_codes(joined(codes), categories=pd.Index(names))  # type: ignore[operator] - as frame_of gives it


def _texts(column: pa.Array | None) -> pa.Array:
    assert column is not None  # noqa: S101 - the parts of one file have the same columns
    return column


def _present(column: npt.NDArray[np.int64] | None) -> npt.NDArray[np.int64]:
    assert column is not None  # noqa: S101 - the parts of one file have the same columns
    return column
