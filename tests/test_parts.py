"""The parts of a letter are found whatever happened to its headings."""

from dataclasses import replace

import pytest
from made_reviews import draft_of, sample_ground

from poa.review.draft import OPENING


def parts(markdown, language="en", **more):
    return {
        name: lines
        for name, lines in draft_of(markdown, language=language, **more).parts.items()
        if name != OPENING
    }


THREE = {"root_cause", "corrective", "preventive"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "# Root cause\n\nA.\n\n# Corrective actions\n\nB.\n\n# Preventive actions\n\nC.\n"),
        (
            "en",
            "Plan of action\n\nRoot cause:\n\nA.\n\n1. Corrective actions\n\nB.\n\nPreventive measures\n\nC.\n",
        ),
        (
            "en",
            "**Root cause:** our gap.\n\n**Corrective actions:** done.\n\n**Preventive measures:** checks.\n",
        ),
        ("en", "# Plan of Action\n\n# Root cause\n\nA.\n\n# Actions taken\n\nB.\n\n# Prevention\n\nC.\n"),
        ("de", "# Maßnahmenplan\n\nUrsache\n\nA.\n\nErgriffene Maßnahmen\n\nB.\n\nVorbeugung\n\nC.\n"),
        ("zh", "# 申诉信\n\n一、根本原因\n\nA。\n\n二、整改措施\n\nB。\n\n三、预防措施\n\nC。\n"),
        ("ja", "# 改善計画書\n\n1. 根本原因\n\nA。\n\n2. 改善策\n\nB。\n\n3. 再発防止策\n\nC。\n"),
    ],
)
def test_parts_are_found_without_their_styles(language, text):
    """No title, headings all on one level, headings typed as plain lines or before a colon."""
    found = parts(text, language)
    assert set(found) == THREE
    assert all(len(lines) == 1 for lines in found.values())


def test_a_sentence_is_no_heading():
    """A plain line opens a part only where it names it and is no sentence."""
    assert "corrective" not in parts("# Plan\n\n## Root cause\n\nA.\n\nWhat we did.\n\n## Prevention\n\nC.\n")


def test_a_line_that_asks_for_two_parts_heads_the_first_that_has_no_other():
    """As the letter is built: the second action line of a German notice is the one on prevention."""
    lines = [
        {"ask": "corrective", "line": "die Maßnahmen, die Sie ergriffen haben"},
        {"ask": "corrective", "line": "die Schritte, um künftige Verspätungen zu verhindern"},
        {"ask": "preventive", "line": "die Schritte, um künftige Verspätungen zu verhindern"},
    ]
    ground = sample_ground("de")
    asked = replace(ground, notice={**ground.notice, "asks_lines": lines})
    found = parts(
        "# Plan\n\n## die Maßnahmen, die Sie ergriffen haben\n\nB.\n\n"
        "## die Schritte, um künftige Verspätungen zu verhindern\n\nC.\n",
        "de",
        ground=asked,
    )
    assert set(found) == {"corrective", "preventive"}
