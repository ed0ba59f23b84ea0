"""The texts of the letter rules' fixtures, each as a paper with the heading that fits its rule."""

import tomllib
from pathlib import Path

import pytest
from made_reviews import draft_of

FOLDER = Path(__file__).parent / "letter_rules"
LANGUAGES = ("en", "zh", "ja", "de")
HEADINGS = {
    "en": {"root_cause": "Root cause", "corrective": "Actions we have taken", "preventive": "Prevention"},
    "zh": {"root_cause": "根本原因", "corrective": "我们已采取的措施", "preventive": "预防措施"},
    "ja": {"root_cause": "根本原因", "corrective": "実施した改善策", "preventive": "再発防止策"},
    "de": {"root_cause": "Ursache", "corrective": "Ergriffene Maßnahmen", "preventive": "Vorbeugung"},
}


def fixtures(rules):
    """Each text of some rules' fixtures, as parameters: rule, language, text, about, whether it breaks the rule."""
    return [*_fixtures(rules)]


def _fixtures(rules):
    for rule in rules:
        told = tomllib.loads((FOLDER / f"{rule}.toml").read_text(encoding="utf-8"))
        about = told.pop("about")
        for language, texts in told.items():
            for key in ("breaks", "holds"):
                for number, text in enumerate(texts[key], start=1):
                    yield pytest.param(
                        rule, language, text, about, key == "breaks", id=f"{rule}-{language}-{key}-{number}"
                    )


def draft_under(text, language, about, **more):
    """A draft with a text under the heading that fits its rule, unless it has headings of its own."""
    whole = any(line.startswith("#") for line in text.splitlines())
    heading = HEADINGS[language][about["under"]]
    paper = text if whole else f"# Plan\n\n## {heading}\n\n{text}\n"
    return draft_of(paper, language=language, kind=about.get("kind", "plan"), **more)
