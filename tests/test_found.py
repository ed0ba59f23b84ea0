"""What fuzzing found stays mended: each input ends in a result or in one sentence, and the laws of its door hold.

An input that ``bench/fuzz.py`` finds is cut down and put under its target here, with what was wrong. The second
test spoils the seeds anew, the same way in every run.
"""

import pytest
from fuzz_seeds import mutated, seeds
from fuzz_targets import TARGETS, outcome
from hypothesis import given, settings
from hypothesis import strategies as st

FOUND: dict[str, dict[str, bytes]] = {
    "history": {
        "a number that no float holds": b"",
    },
}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        pytest.param(name, data, id=f"{name}: {what}")
        for name, found in FOUND.items()
        for what, data in found.items()
    ],
)
def test_what_was_found_stays_mended(name, data):
    """No exception but a refusal in one sentence, and no law of the target broken."""
    outcome(name, data)


@pytest.mark.parametrize("name", TARGETS)
def test_sound_files_are_read(name):
    """The seeds are what they seem: at least one of each target is read, so that the tests below get past the door."""
    assert "read" in {outcome(name, seed) for seed in seeds(name)[:3]}


@pytest.mark.parametrize("name", TARGETS)
@given(data=st.data())
@settings(max_examples=15)
def test_spoilt_files_end_in_a_result_or_in_one_sentence(name, data):
    """Sound files changed somewhere, and any bytes at all."""
    sound = data.draw(st.sampled_from(seeds(name)))
    rolled = data.draw(st.randoms(use_true_random=False))
    outcome(name, data.draw(st.binary(max_size=60) | st.just(mutated(sound, rolled, other=seeds(name)[0]))))
