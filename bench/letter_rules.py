"""How well the letter rules tell texts apart that none of them was written on: ``python bench/letter_rules.py``.

``tests/unseen_texts`` holds, by language and rule, texts that break a rule and near misses that do not, written by
people who had not seen the rules' words. The texts in ``tests/letter_rules`` are all told apart; those here show
what to expect of a letter that nobody has seen.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
LANGUAGES = ("en", "zh", "ja", "de")
PRECISION = 0.85  # of what is flagged breaks the rule; a rule that cries wolf is worse than none


def measured() -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]], Counter[str], list[str]]:
    """Breaches found and near misses flagged, by rule and language; how many texts of each kind; what went wrong."""
    sys.path.insert(0, str(TESTS))
    from made_letter_texts import draft_under  # noqa: PLC0415 - it lies among the tests
    from made_reviews import found_by  # noqa: PLC0415 - likewise

    found: Counter[tuple[str, str]] = Counter()
    false: Counter[tuple[str, str]] = Counter()
    texts: Counter[str] = Counter()
    wrong = []
    for language in LANGUAGES:
        told = tomllib.loads((TESTS / "unseen_texts" / f"{language}.toml").read_text(encoding="utf-8"))
        for rule, one in told.items():
            for kind in ("breaks", "holds"):
                for text in one[kind]:
                    flagged = bool(found_by(rule, draft_under(text, language, {"under": one["under"]})))
                    texts[f"{rule} {language} {kind}"] += 1
                    if flagged:
                        (found if kind == "breaks" else false)[rule, language] += 1
                    if flagged != (kind == "breaks"):
                        wrong.append(f"{rule} {language} {'missed' if kind == 'breaks' else 'false'}: {text}")
    return found, false, texts, wrong


def main() -> int:
    """Print recall and false alarms by rule and language; the exit code is 1 where precision is under its goal."""
    found, false, texts, wrong = measured()
    print(f"{'rule':6}" + "".join(f"{f'{language}: found, false':>20}" for language in LANGUAGES))
    for rule in sorted({rule for rule, _ in found} | {key.split()[0] for key in texts}):
        cells = (
            f"{found[rule, one]} of {texts[f'{rule} {one} breaks']}, {false[rule, one]} of {texts[f'{rule} {one} holds']}"
            for one in LANGUAGES
        )
        print(f"{rule:6}" + "".join(f"{cell:>20}" for cell in cells))
    for language in (*LANGUAGES, None):
        hits = sum(number for (_, one), number in found.items() if language in {None, one})
        wolves = sum(number for (_, one), number in false.items() if language in {None, one})
        breaks = sum(
            number
            for key, number in texts.items()
            if key.endswith("breaks") and (language or "") in key.split()[1]
        )
        print(
            f"{language or 'all':6} recall {hits / breaks:.2f}, precision {hits / max(hits + wolves, 1):.2f}"
        )
    if "-v" in sys.argv:
        print("\n".join(wrong))
    return int(found.total() / max(found.total() + false.total(), 1) < PRECISION)


if __name__ == "__main__":
    sys.exit(main())
