"""A case file to fill in: every entry with its question, none answered."""

from __future__ import annotations

_BLANK = """\
# What only you can say. Write between the quotation marks, only what is true; days as 2026-11-02.
# Then run poa again with --case and this folder. What stays empty stays a question in the draft.
case = 1
letter_date = ""                 # {letter_date}

[seller]
name = ""                        # {seller_name}
marketplace = "{marketplace}"               # The store of the notice; check it.
origin = ""                      # Country the goods come from, such as CN: its holidays are then told. May stay empty.
own_warehouse = []               # Names in your files that are your own stock, such as ["Our warehouse"].

[notice]
date = ""                        # {notice_date}

# {cause}
# Not the symptom ("orders were late") and nobody else's fault: the step that you control.
[[cause]]
statement = ""

# {corrective}
# One [[corrective]] for each, as often as needed; only what is done.
[[corrective]]
action = ""                      # {corrective_action}
date = ""                        # {corrective_date}
evidence = ""                    # {corrective_evidence}

# {preventive}
# One [[preventive]] for each.
[[preventive]]
control = ""                     # {preventive_control}
role = ""                        # {preventive_role}
start = ""                       # {preventive_start}
frequency = ""                   # {preventive_frequency}
measure = ""                     # {preventive_measure}
"""


def blank_case(questions: dict[str, str], *, marketplace: str) -> bytes:
    """The file's text for a marketplace. No day stands in it that could be left by mistake."""
    words = {key.replace(".", "_"): text for key, text in questions.items()}
    return _BLANK.format(marketplace=marketplace, **words).encode()
