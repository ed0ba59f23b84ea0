"""The orders behind rows that stand for several, as they lie on the disk: where each stands, and its moments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from poa.orders import MISSING, Numbers, Positions

MOMENTS = ("purchased", "ship_by", "ship_confirmed", "supplier_dispatched", "first_scan")
_KINDS: dict[str, type[np.generic]] = {"file": np.int16, "line": np.int32}

Groups = Numbers


class OnDisk:
    """Orders by the number of their group (see :class:`poa.orders.Members`); ``kept`` gives the bytes of a place."""

    def __init__(self, kept: Callable[[slice], memoryview]) -> None:
        self._kept = kept
        self._base = [0]
        self._start: list[Groups] = []
        self._columns: list[Mapping[str, slice]] = []

    def add(self, start: Groups, columns: Mapping[str, slice]) -> int:
        """Add groups whose orders begin at ``start`` in the columns, and one end more; the number of the first."""
        base = self._base[-1]
        self._start.append(start)
        self._columns.append(columns)
        self._base.append(base + len(start) - 1)
        return base

    def places(self, groups: Groups) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.int32]]:
        """Files and lines of all orders of the groups."""
        _, found = self._told(groups, ("file", "line"))
        return found["file"].astype(np.int16), found["line"].astype(np.int32)

    def moments(self, groups: Groups, names: Sequence[str]) -> tuple[Positions, dict[str, Numbers]]:
        """Of all orders of the groups: the place of its group in ``groups``, and moments in seconds."""
        place, found = self._told(groups, names)
        return place, {name: found[name].astype(np.int64) for name in names}

    def _told(
        self, groups: Groups, names: Sequence[str]
    ) -> tuple[Positions, dict[str, npt.NDArray[np.generic]]]:
        bucket = np.searchsorted(np.array(self._base), groups, side="right") - 1
        place: list[Positions] = [np.empty(0, dtype=np.intp)]
        found: dict[str, list[npt.NDArray[np.generic]]] = {
            name: [np.empty(0, dtype=np.int64)] for name in names
        }
        for number in np.unique(bucket).tolist():
            asked = np.flatnonzero(bucket == number)
            own = groups[asked] - self._base[number]
            first, columns = self._start[number][own], self._columns[number]
            sizes = self._start[number][own + 1] - first
            rows = np.arange(sizes.sum()) + np.repeat(first - (np.cumsum(sizes) - sizes), sizes)
            place.append(np.repeat(asked, sizes))
            for name in names:
                found[name].append(self._column(columns.get(name), name, rows))
        return np.concatenate(place), {name: np.concatenate(parts) for name, parts in found.items()}

    def _column(self, where: slice | None, name: str, rows: Positions) -> npt.NDArray[np.generic]:
        """A column of some orders; one that their files do not have is blank."""
        if where is None:
            return np.full(len(rows), MISSING)
        found = np.frombuffer(self._kept(where), dtype=_KINDS.get(name, np.int64))[rows]
        return np.asarray(found)
