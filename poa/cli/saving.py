"""Papers into their folder: all of them or none, and what somebody edited there since is kept aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from poa.case.blank import BLANK_CASE
from poa.files import alone_in, edited_since, provenance_of, write_folder

_MADE = "internal/provenance.json"


def save(
    papers: Mapping[str, bytes], out: Path, *, replace: bool, staging: Path | None = None
) -> tuple[str, ...]:
    """Write the papers; what somebody edited since the last run is kept aside, and returned by name.

    ``staging`` is where they lie until they are whole. A case that was filled in there is the seller's own work:
    no run writes over it. Raises OutputFault.
    """
    # Several weeks lie in a folder each, and each of them says what made it; where they go, one alone may have lain.
    parts = sorted({"", *(name.removesuffix(_MADE) for name in papers if name.endswith(_MADE))})
    with alone_in(out):  # what another run makes there meanwhile would be neither edited nor stale
        kept: dict[str, bytes] = {}
        stale: list[str] = []
        for part in parts:
            own = {name.removeprefix(part): data for name, data in papers.items() if name.startswith(part)}
            edited, old = _before(own, out / part)
            kept |= {part + name: data for name, data in edited.items()}
            stale += [part + name for name in old]
        fresh = {
            name: data for name, data in papers.items() if name != BLANK_CASE or not (out / name).exists()
        }
        write_folder(out, {**kept, **fresh}, replace=replace, stale=stale, staging=staging)
    return tuple(kept)


def say_kept(kept: Iterable[str], out: Path) -> None:
    """Say where the edited papers lie."""
    from poa.cli.terminal import console, line

    for name in kept:
        console().print(line(f"Edited since the last run, kept as {out / name}"), soft_wrap=True)


def _before(papers: Mapping[str, bytes], folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """What somebody edited of the papers that lie there, by the name that keeps it; and those that are not made any more."""
    made = provenance_of(folder)
    edited = {
        f"internal/edited/{sha256(data).hexdigest()[:8]}-{name.rsplit('/', 1)[-1]}": data
        for name, data in edited_since(folder, made).items()
        # A run that was killed while it moved its papers leaves some that the next one makes again: nobody's work.
        if name != BLANK_CASE and data != papers.get(name)
    }
    return edited, [name for name in made.outputs if name not in papers and name != BLANK_CASE]
