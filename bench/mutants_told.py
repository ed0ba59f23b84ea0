"""What ``mutants.py`` measures: the groups, their modules, and the tests that claim to cover them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Group:
    """Modules that judge one thing. ``sample`` is the share of mutants of each module that are tried.

    ``warm`` names what tests share and no module of the group judges: it is made once, before the code is changed.
    """

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    sample: float = 1.0
    warm: tuple[str, ...] = ()


GROUPS = {
    "lateness": Group(
        modules=(
            "poa/orders.py",
            "poa/joining/__init__.py",
            "poa/joining/apart.py",
            "poa/joining/copies.py",
            "poa/joining/known.py",
            "poa/joining/lines.py",
            "poa/joining/merging.py",
            "poa/joining/supplier_side.py",
        ),
        tests=("test_order_rows", "test_joining_rows", "test_rows_apart"),
    ),
    "windows": Group(
        modules=(
            "poa/analysis/windows.py",
            "poa/analysis/rates.py",
            "poa/analysis/intervals.py",
            "poa/analysis/weeks.py",
            "poa/account/counted.py",
        ),
        tests=("test_windows", "test_weeks", "test_counted", "test_counting", "test_performance_report"),
    ),
    "attribution": Group(
        modules=(
            "poa/analysis/causes/cells.py",
            "poa/analysis/causes/change.py",
            "poa/analysis/causes/naming.py",
            "poa/analysis/causes/predictive.py",
            "poa/analysis/causes/search.py",
            "poa/analysis/causes/spans.py",
            "poa/analysis/causes/standing.py",
            "poa/analysis/causes/usual.py",
            "poa/analysis/shares.py",
            "poa/analysis/groups.py",
            "poa/analysis/named_causes.py",
            "poa/analysis/attribution.py",
        ),
        tests=(
            "test_attribution_figures",
            "test_attribution_kept",
            "test_cause_figures",
            "test_causes",
            "test_standing",
            "test_scorecards",
        ),
        sample=0.15,
    ),
    "review": Group(
        modules=(
            "poa/review/aligning.py",
            "poa/review/claims.py",
            "poa/review/digits.py",
            "poa/review/numbers/__init__.py",
            "poa/review/number_words.py",
            "poa/review/worded_days.py",
            "poa/review/proving.py",
            "poa/review/shares.py",
            "poa/review/support.py",
            "poa/review/verdicts.py",
            "poa/review/changes.py",
            "poa/review/comparing.py",
            "poa/review/known.py",
            "poa/review/new_sentences.py",
            "poa/review/owners.py",
        ),
        tests=(
            "test_aligning",
            "test_aligning_sentences",
            "test_changes",
            "test_changes_elsewhere",
            "test_changes_turning",
            "test_claims_as_one",
            "test_compared_cases",
            "test_compared_versions",
            "test_days_in_words",
            "test_known",
            "test_known_values",
            "test_new_sentences",
            "test_number_tables",
            "test_numbers_in_digits",
            "test_numbers_in_words",
            "test_owners",
            "test_proof",
            "test_proof_around",
            "test_shares_of_a_whole",
            "test_support",
            "test_support_pairs",
            "test_support_shares",
            "test_verdicts",
        ),
        warm=("made_reviews:sample_papers",),
        sample=0.1,
    ),
    "personal": Group(
        modules=("poa/review/rules/privacy.py", "poa/characters.py"),
        tests=("test_personal_data",),
    ),
    "names": Group(
        modules=("poa/files/papers.py", "poa/files/cases.py"),
        tests=("test_file_names", "test_journal"),
    ),
}


def table(found: dict[str, dict[str, str]], noticed: Callable[[str], bool]) -> Iterator[str]:
    """The lines of a table, a line for each module, and all that survived below it."""
    yield "| group | module | mutants | killed | share |"
    yield "|:--|:--|--:|--:|--:|"
    for name, said in found.items():
        modules = sorted({key.split(":")[0] for key in said})
        for module in (*modules, ""):
            of_it = [one for key, one in said.items() if key.startswith(module)]
            killed = sum(noticed(one) for one in of_it)
            share = f"{killed / len(of_it):.1%}" if of_it else ""
            yield f"| {name} | {module or '**all**'} | {len(of_it)} | {killed} | {share} |"
    for said in found.values():
        for key, one in said.items():
            if not noticed(one):
                yield f"{key}: {one}"
