"""A pytest plug-in of ``mutants.py``: as many examples as in a deep run; none is made smaller, and none is kept."""

from __future__ import annotations

import os

from hypothesis import Phase, settings


def pytest_configure() -> None:
    """After the tests' own settings, before their modules are loaded."""
    os.environ["POA_TESTS_DEEP"] = "1"
    settings.register_profile(
        "mutants", parent=settings.get_profile("poa"), phases=[Phase.explicit, Phase.generate], database=None
    )
    settings.load_profile("mutants")
