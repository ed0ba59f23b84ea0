"""The files of a new pack: it works at once, and each file shows in comments how to change one thing."""

from __future__ import annotations

from poa.facts import VERSION

_MANIFEST = """# What this pack is. Every entry is explained in docs/packs.md.
id = "{name}"
version = "1.0"               # raise it with each change: it stands in provenance.json of every paper
extends = "default"           # what this pack does not hold comes from the built-in one
facts = {facts}                     # the version of the facts that the templates were written for

# reviewed = 2026-11-26       # the day on which somebody last read every letter; poa reminds after half a year
# languages = ["en", "de"]    # where you offer fewer than the built-in pack
# documents = ["my-memo"]     # papers of your own beside the built-in ones: write my-memo.md.j2
"""

_LETTER = """{{# The letter. It is the built-in one; a block that stands here takes the place of the same block there.
   Which blocks there are:      poa packs which plan-of-action.md.j2 --pack {name}
   What can be used in them:    poa packs vars --document plan-of-action
   To change the whole file:    poa packs eject {name} plan-of-action.md.j2 (delete this one first) #}}
{{% extends "default/plan-of-action.md.j2" %}}

{{# To change one section, take away this line and the last one.
{{% block closing %}}
{{{{ super() }}}}

{{{{ t.own_closing }}}}
{{% endblock %}}
#}}
"""

_PHRASES = """# Phrases of your own, and built-in ones said in another way: a key that stands here wins.
# Which there are, and where each is said:   poa packs which root_cause --pack {name}
# Parts such as {{day}} must be those of the built-in phrase. One file for each language: lang/de.toml …

# To change one phrase, take away the sign in front of it.
# root_cause = "Why it happened"

# A phrase of your own: take the sign away here, and the two comment lines in plan-of-action.md.j2, which prints it.
# own_closing = "We look forward to your reply."
"""

_READ_ME = """{name}: a pack of templates for poa

pack.toml             what this pack is
plan-of-action.md.j2  the letter; one block is prepared to be changed
lang/en.toml          phrases
shell.docx            the look: letterhead, header, footer, styles; {{{{ body }}}} is where the paper goes

  poa packs preview {name}     see each paper in the browser while you write
  poa packs check {name}       every problem at once, before a client sees it
  poa packs test {name}        compare with the papers that you accepted (--accept)
  poa packs zip {name}         one file, for sending
"""


def starter_files(name: str) -> dict[str, str]:
    """The text files of a new pack with this name, by their relative name."""
    return {
        "pack.toml": _MANIFEST.format(name=name, facts=VERSION),
        "plan-of-action.md.j2": _LETTER.format(name=name),
        "lang/en.toml": _PHRASES.format(name=name),
        "README.txt": _READ_ME.format(name=name),
    }
