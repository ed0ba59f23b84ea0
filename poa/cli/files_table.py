"""The files of a run on the terminal: what each was taken for, by which columns, and what it can prove."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from poa.facts import Facts, SourceFile

_PROBLEMS_SHOWN = 10


def show_sources(facts: Facts, out: Console) -> None:
    """Print the files, the rows that need a look, and what was assumed."""
    from poa.cli.terminal import line, table

    out.print(line("Files", "bold"))
    rows = [
        (
            file.name,
            file.report,
            file.encoding,
            f"{file.rows_read:,}",
            f"{file.rows_used:,}",
            f"{file.rows_refused:,}",
        )
        for file in facts.source.files
    ]
    out.print(table(("File", "Read as", "Encoding", "Rows", "Used", "Refused"), rows, right=(3, 4, 5)))
    for file in facts.source.files:
        out.print(line(f"{file.name}: {file.title}{_proves(file)}"))
        if file.columns:
            taken = ", ".join(f"{ours} = '{theirs}'" for ours, theirs in file.columns.items())
            out.print(line(f"  by {taken}", "dim"))
    _show_problems(facts, out)
    out.print()
    out.print(line("Assumed", "bold"))
    for sentence in facts.source.assumptions:
        out.print(line(f"- {sentence}"))


def _proves(file: SourceFile) -> str:
    """What a file has and has not, as the end of a sentence."""
    parts = [f"has {', '.join(file.has)}"] if file.has else []
    parts += [", ".join(file.lacks)] if file.lacks else []
    return f"; {'; '.join(parts)}" if parts else ""


def _show_problems(facts: Facts, out: Console) -> None:
    from poa.cli.terminal import line, table

    problems = facts.source.problems
    if not problems:
        return
    out.print()
    out.print(line("Rows that need a look", "bold"))
    shown = [
        (
            row.file if row.line is None else f"{row.file}:{row.line}",
            f"{row.message} ({row.value})" if row.value else row.message,
        )
        for row in sorted(problems, key=lambda row: not row.refused)[:_PROBLEMS_SHOWN]
    ]
    out.print(table(("Where", "What"), shown))
    if len(problems) > _PROBLEMS_SHOWN:
        out.print(line(f"... and {len(problems) - _PROBLEMS_SHOWN:,} more; --json lists every one."))
