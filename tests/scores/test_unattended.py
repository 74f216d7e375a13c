"""Nobody is there, and the whole piece is seen: whatever can be touched is touched by the ghost performer."""

from __future__ import annotations

import numpy as np
import pytest
from survey import NAMES, timeline

from performance.causes import ghost
from performance.causes.steps import footfalls
from performance.score.catalogue import MODELS, kinds_of
from performance.timeline import BeatSpan, Timeline

THERE = 0.5  # level from which a thing can be touched
ENOUGH = 0.5  # share of a beat in which there is something to touch, for it to be touched
ASSEMBLED = 0.6  # of a constellation
STEP = 0.2  # strength of a footfall that rings on water


def touchable(played: Timeline, t: float) -> set[str]:
    """What there is to touch: mirrors, petals, strings, faces, water."""

    def number(thing: str, parameter: str = "level") -> float:
        return played.cue(f"stage.{thing}", t).number(parameter)

    found = {
        "mirrors": number("mirrors") * (number("mirrors", "assemble") > ASSEMBLED),
        "petals": number("orchids") * (number("orchids", "grow") > THERE),
        "strings": number("machine"),
        "faces": max(
            number("house"), number("audience") * (1.0 - number("audience", "dissolve")), number("mist")
        ),
        "water": max(
            number("silver") * number("silver", "reach") * number("silver", "rings"),
            number("drop") * played.cue("sound.drop", t).gain(),
        ),
    }
    return {kind for kind, much in found.items() if much > THERE}


def silent(played: Timeline, t: float) -> bool:
    """Whether the score asks for silence: then nobody moves. The room and the harmony sound of themselves never."""
    named = {path for span in played.beats for path in span.beat.settings}
    heard = {path for path in named if "gain_db" in kinds_of(path) and not MODELS[path].always}
    return all(played.cue(path, t).gain() == 0.0 for path in heard if played.named(path, t))


def done(played: Timeline, span: BeatSpan) -> int:
    """How many things the ghost does in a beat; steps count where they ring on water."""
    steps = sum(step.strength > STEP for step in footfalls(played, span.start, span.end))
    wet = "water" in touchable(played, span.start + span.length / 2)
    return len(ghost.gestures(played, span.start, span.end)) + steps * wet


@pytest.mark.parametrize("name", NAMES)
def test_what_can_be_touched_is_touched(name: str) -> None:
    played = timeline(name)
    idle = {}
    for span in played.beats:
        moments = [float(t) for t in np.linspace(span.start, span.end, 12, endpoint=False)]
        kinds = [kind for t in moments if not silent(played, t) for kind in touchable(played, t)]
        often = {kind for kind in kinds if kinds.count(kind) >= ENOUGH * len(moments)}
        if often and not done(played, span):
            idle[span.id] = sorted(often)
    assert not idle, idle
