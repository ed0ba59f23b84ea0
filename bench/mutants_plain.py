"""A pytest plug-in of ``mutants.py``: a failure is enough, so that no example is made smaller and none is kept."""

from __future__ import annotations

from hypothesis import Phase, settings


def pytest_configure() -> None:
    """After the tests' own settings, before their modules are loaded."""
    settings.register_profile(
        "mutants", parent=settings.get_profile("poa"), phases=[Phase.explicit, Phase.generate], database=None
    )
    settings.load_profile("mutants")
