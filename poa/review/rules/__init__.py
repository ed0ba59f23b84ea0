"""The letter rules: one file a group, one small function a rule; a new one is found when it is there."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from poa.review.rule import Rule, listed_rules


@cache
def rules() -> tuple[Rule, ...]:
    """Every letter rule, by number."""
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return listed_rules()
