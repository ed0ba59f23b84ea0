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
   An option of pack.toml:      {{% if options.signature is not none %}}{{{{ options.signature | name }}}}{{% endif %}}
   To change the whole file:    poa packs eject {name} plan-of-action.md.j2 (delete this one first) #}}
{{% extends "default/plan-of-action.md.j2" %}}

{{# To change one section, take away these two lines and the last one. Words that stand in it go into the letter of
   every language; to have them in each language, make them a phrase: see lang/en.toml.
{{% block closing %}}
{{{{ super() }}}}

We look forward to your reply.
{{% endblock %}}
#}}
"""

_PHRASES = """# Phrases of your own, and built-in ones said in another way: a key that stands here wins.
# Which one says what you see in a paper:    poa packs which "count behind each figure" --pack {name}
# Where a phrase stands, and who says it:    poa packs which closing --pack {name}
# Parts such as {{day}} must be those of the built-in phrase. One file for each language: lang/de.toml …

# To change one phrase, take away the sign in front of it. This one is the last sentence of the letter. (The letter's
# headings are no phrases where Amazon's notice has headings: the letter takes those.)
# closing = "The root cause analysis that comes with this letter shows the count behind each figure."

# A phrase of your own has a key of your own. Take the sign away here, and write {{{{ t.own_closing }}}} into a block of
# plan-of-action.md.j2 in the place of words.
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
