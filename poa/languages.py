"""The languages that poa writes and speaks: what is peculiar to each and no matter of words, which stand in files of its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language by its code, such as ``en``.

    ``name`` is its English name, ``locale`` that of the Unicode project's tables, ``day_form`` how it writes a day in
    running text, ``thousands`` the sign between them, ``draft`` the word that stands over a draft. ``script`` chooses the
    fonts: ``latin`` puts blanks between words and sentences, the others do not.
    """

    code: str
    name: str
    locale: str
    day_form: str
    draft: str
    thousands: str = ","
    script: Literal["latin", "simplified_chinese", "japanese"] = "latin"

    @property
    def spaced(self) -> bool:
        """Whether blanks stand between words."""
        return self.script == "latin"

    @property
    def space(self) -> str:
        """What stands between two sentences."""
        return " " if self.spaced else ""

    @property
    def tag(self) -> str:
        """Language and country as Word and HTML name them: ``zh-CN``."""
        language, *_, country = self.locale.split("_")
        return f"{language}-{country}"


LANGUAGES = {
    one.code: one
    for one in (
        Language(code="en", name="English", locale="en_US", day_form="{day} {month} {year}", draft="DRAFT"),
        Language(
            code="zh",
            name="Chinese",
            locale="zh_Hans_CN",
            day_form="{year}年{number}月{day}日",
            draft="草稿",
            script="simplified_chinese",
        ),
        Language(
            code="ja",
            name="Japanese",
            locale="ja_JP",
            day_form="{year}年{number}月{day}日",
            draft="下書き",
            script="japanese",
        ),
        Language(
            code="de",
            name="German",
            locale="de_DE",
            day_form="{day}. {month} {year}",
            draft="Entwurf",
            thousands=".",
        ),
    )
}
SPOKEN = tuple(LANGUAGES)


def spaced(code: str) -> bool:
    """Whether a language puts blanks between words; one that is not known is taken for one that does not."""
    return code in LANGUAGES and LANGUAGES[code].spaced
