"""A case file to fill in: every entry with its question, none answered."""

from __future__ import annotations

from textwrap import wrap

from poa.case.questions import QUESTIONS
from poa.words import spoken

BLANK_CASE = "internal/case.toml"  # where it lies among the papers
_WIDTH = 98
_NOTES_AT = 33

_BLANK = """\
# {head}
case = 1
letter_date = ""                 # {letter_date}

[seller]
name = ""                        # {seller_name}
marketplace = "{marketplace}"               # {marketplace_note}
language = "{language}"                  # {language_note}
origin = ""                      # {origin_note}
own_warehouse = []               # {own_note}

[notice]
date = ""                        # {notice_date}
file = "{notice_file}"                        # {file_note}
deadline = ""                    # {deadline_note}
# {look_note}
quiz_offered = ""
appeal_button = ""
automated_handling_time = ""
repeat_on_time_delivery = ""

# {cause}
# {cause_note}
[[cause]]
code = ""                        # {cause_code} {code_note}
shown_by = ""                    # {shown_note}
gap = ""                         # {gap_note}
statement = ""
why = []                         # {cause_why}
escape = ""                      # {cause_escape}

# {corrective}
# {corrective_note}
[[corrective]]
action = ""                      # {corrective_action}
date = ""                        # {corrective_date}
evidence = ""                    # {corrective_evidence}

# {preventive}
# {preventive_note}
[[preventive]]
control = ""                     # {preventive_control}
role = ""                        # {preventive_role}
start = ""                       # {preventive_start}
frequency = ""                   # {preventive_frequency}
measure = ""                     # {preventive_measure}

# {evidence_note}
"""

NOTES = {
    "head": (
        "What only you can say. Write between the quotation marks, only what is true; days as 2026-11-02."
        " What stays empty stays a question in the draft."
    ),
    "marketplace_note": "The store of the notice; check it.",
    "language_note": "What you read: en, zh, ja or de. The letter is English unless you say --lang.",
    "origin_note": "Country the goods come from, such as CN: its holidays are then told. May stay empty.",
    "own_note": 'Names in your files that are your own stock, such as ["Our warehouse"].',
    "file_note": "Amazon's notice, saved into this folder, such as inputs/notice.txt.",
    "deadline_note": "Only where Amazon tells a day that the notice does not hold.",
    "look_note": 'Look at Account Health, then answer with "yes" or "no". What is not known stays empty.',
    "cause_note": (
        'Not the symptom ("orders were late") and nobody else\'s fault: the step that you control. One [[cause]]'
        ' for each; give several an id each, such as id = "stock", and name it in the actions: cause = "stock".'
    ),
    "code_note": "poa case codes lists them.",
    "shown_note": "What the data shows it by, such as supplier: NAME or step: confirmation. May stay empty.",
    "gap_note": "Beside a cause outside your work, the gap in your own: poa case codes lists them.",
    "corrective_note": "One [[corrective]] for each, as often as needed; only what is done.",
    "preventive_note": "One [[preventive]] for each.",
    "evidence_note": (
        "A file in the folder evidence is called by its name. To give it a title, add [[evidence]] with file and title."
    ),
}


def blank_case(*, marketplace: str, notice_file: str = "", speak: str = "en") -> bytes:
    """The file's text for a store, its notes in a language. No day stands in it that could be left by mistake."""
    words = {key.replace(".", "_"): spoken(text, speak) for key, text in QUESTIONS.items()}
    notes = {key: spoken(text, speak) for key, text in NOTES.items()}
    filled = _BLANK.format(marketplace=marketplace, notice_file=notice_file, language=speak, **words, **notes)
    return "\n".join(_wrapped(line) for line in filled.split("\n")).encode()


def _wrapped(line: str) -> str:
    """A comment over as many lines as it needs; an entry with its note behind it, or above where it is long."""
    if line.startswith("# "):
        return _comment(line.removeprefix("# "))
    entry, mark, note = line.partition("   # ")
    aligned = f"{entry.rstrip():<{_NOTES_AT}}# {note}"
    if not mark or len(aligned) <= _WIDTH:
        return aligned if mark else line
    return f"{_comment(note)}\n{entry.rstrip()}"


def _comment(words: str) -> str:
    return "\n".join(f"# {part}" for part in wrap(words, _WIDTH - 2)) or "#"
