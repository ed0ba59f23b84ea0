"""The picture of the house in ``docs/images``: one line a floor, one box a room, from the floors of ``test_house.py``."""

from collections.abc import Sequence

WIDTH, HIGH, GAP, LEFT, TOP = 860, 30, 8, 150, 44
_ROWS = 7  # boxes in a row of a wide floor
_CAPTIONS = {
    "cli": "the only voice",
    "build": "the corridor",
    "made": "what a run made",
    "account": "files to facts",
    "ledger": "promises, weeks",
    "orders": "tables, trees",
    "facts": "what is promised",
    "errors": "the foundation",
    "words": "what poa says",
}
_HEAD = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="sans-serif" font-size="13">
<title>The house of poa: rooms by floor; imports go down only</title>
<rect width="{width}" height="{height}" fill="#ffffff"/>
<text x="{left}" y="26" fill="#333333">files and the case come in, papers go out; a room uses only what lies below it</text>
<path d="M132 {first} V{last} m-5 -9 l5 9 l5 -9" fill="none" stroke="#777777" stroke-width="1.5"/>
"""


def picture(floors: Sequence[set[str]]) -> str:
    """The picture as SVG, the same text from the same floors."""
    parts, y = [], TOP
    for floor in floors:
        rooms = sorted(floor)
        if rooms == ["__main__"]:  # another way to say poa
            continue
        rows = [rooms[at : at + _ROWS] for at in range(0, len(rooms), _ROWS)]
        caption = next((said for room, said in _CAPTIONS.items() if room in floor), "the rooms")
        middle = y + (len(rows) * (HIGH + GAP) - GAP) // 2 + 5
        parts.append(f'<text x="14" y="{middle}" fill="#666666">{caption}</text>')
        for row in rows:
            wide = (WIDTH - LEFT - 14 - GAP * (len(row) - 1)) // len(row)
            for at, room in enumerate(row):
                x = LEFT + at * (wide + GAP)
                parts.append(
                    f'<rect x="{x}" y="{y}" width="{wide}" height="{HIGH}" fill="#eeeeee" stroke="#999999"/>'
                )
                parts.append(
                    f'<text x="{x + wide // 2}" y="{y + 20}" text-anchor="middle" fill="#222222">{room}</text>'
                )
            y += HIGH + GAP
        y += GAP
    head = _HEAD.format(width=WIDTH, height=y, left=LEFT, first=TOP, last=y - 2 * GAP)
    return head + "\n".join(parts) + "\n</svg>\n"
