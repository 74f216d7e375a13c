"""No beat is to be taken for another, of its own score or of any: neither by a still from its middle nor by ear."""

from __future__ import annotations

import itertools

from likeness import apart, glance
from survey import NAMES, survey

NEAR = 0.175  # stills less apart than this are near-duplicates; what one would call two pictures is 0.22 and more


def test_no_two_stills_are_near_duplicates() -> None:
    glances = {
        f"{name}/{span.id}": glance(survey(name).still(span))
        for name in NAMES
        for span in survey(name).timeline.beats
    }
    pairs = sorted(
        (apart(glances[one], glances[other]), one, other) for one, other in itertools.combinations(glances, 2)
    )
    closest = "\n".join(f"{much:.3f}  {one}  {other}" for much, one, other in pairs[:15])
    assert pairs[0][0] >= NEAR, f"the closest pairs:\n{closest}"
