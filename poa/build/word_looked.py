"""The Word files of a pack looked at: their problems in the form of those of templates, each at its paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from poa.build.letterhead import problem_of
from poa.packs.checking import Problem
from poa.writers.word_native import Mark, ShellProblem, looked_at

_UNUSED = "unused_file"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordFiles:
    """The Word files of a pack by name, each as the marks that were read in it, and what is wrong with it as a file."""

    pack: str
    marks: Mapping[str, tuple[Mark, ...]]
    own: Mapping[str, tuple[ShellProblem, ...]]

    @property
    def sources(self) -> dict[str, str]:
        """The marks of each file as the lines of a template, which is checked as any other."""
        return {file: "\n".join(mark.jinja for mark in marks) for file, marks in self.marks.items()}

    def placed(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """The problems that were found in a pack, those of its Word files at their paragraphs, and those of its files."""
        told = tuple(problems)
        unused = {one.file for one in told if one.code == _UNUSED}
        found = [*self._of_marks(told)]
        for file, own in self.own.items():
            if f"{self.pack}/{file}" not in unused:
                found += [problem_of(one, file=f"{self.pack}/{file}") for one in own]
        return tuple(found)

    def _of_marks(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        for one in problems:
            file = one.file.removeprefix(f"{self.pack}/")
            marks = self.marks.get(file)
            if marks is None or one.line is None:
                yield one
            elif one.code == "template_syntax" and any(own.severity == "error" for own in self.own[file]):
                continue  # that marks do not fit into one another was told, where they stand
            else:
                mark = marks[min(one.line, len(marks)) - 1]
                yield replace(
                    one,
                    line=None,
                    column=None,
                    source=mark.place.text,
                    inside=mark.inside,
                    paragraph=mark.place.number,
                )


def look_at(words: Mapping[str, bytes], *, pack: str) -> WordFiles:
    """Read the Word files of a pack's folder, whatever they are."""
    looked = {file: looked_at(data, name=f"{pack}/{file}") for file, data in words.items()}
    return WordFiles(
        pack=pack,
        marks={file: marks for file, (_, marks) in looked.items()},
        own={file: problems for file, (problems, _) in looked.items()},
    )
