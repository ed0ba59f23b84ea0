"""What can come before a plan of action: each first step as data, with reason, source and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, TypeAlias

from poa.policy import table

Confidence: TypeAlias = Literal["H", "M", "L"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownStep:
    """A step by its code: ``what`` is an imperative sentence, ``counted`` the same with a ``{number}`` or empty."""

    do: str
    what: str
    why: str
    source: str
    as_of: date
    sure: Confidence
    counted: str = ""


@cache
def known_steps() -> dict[str, KnownStep]:
    """Every step by code, most urgent first."""
    return {code: KnownStep(do=code, **row) for code, row in table("first_steps.toml").items()}
