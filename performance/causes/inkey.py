"""What a gesture plays: always a tone of the harmony that holds, high in the picture high in the range.

Nobody can play a wrong note. A blow, a touch or a stroke takes a tone of the chord; a voice is met by the nearest tone
of the scale, so that who hums hears their own line, mended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from performance.causes.harmony import harmony_at
from performance.causes.place import HORIZON
from performance.gestures import Gesture, Sweep, Voice

if TYPE_CHECKING:
    from performance.timeline import Timeline

LOW_HZ, HIGH_HZ = 130.0, 1050.0
DEEPEST = HORIZON + 0.2  # v at which the range begins


def pitch_of_gesture(
    timeline: Timeline, gesture: Gesture, low_hz: float = LOW_HZ, high_hz: float = HIGH_HZ
) -> float:
    """Hertz that answer a gesture."""
    harmony = harmony_at(timeline, gesture.t)
    if isinstance(gesture, Voice) and gesture.pitch_hz > 0.0:
        hz = gesture.pitch_hz
        while hz < low_hz:
            hz *= 2.0
        while hz > high_hz:
            hz /= 2.0
        return harmony.nearest(hz, chord=False)
    ladder = harmony.tones(low_hz, high_hz)
    height = min(max((DEEPEST - gesture.v) / DEEPEST, 0.0), 0.999)
    return ladder[int(height * len(ladder))]


def run_of_gesture(
    timeline: Timeline, gesture: Gesture, count: int, low_hz: float = LOW_HZ, high_hz: float = HIGH_HZ
) -> tuple[float, ...]:
    """`count` tones that run with a stroke: up when it goes up or to the right, down otherwise."""
    ladder = harmony_at(timeline, gesture.t).tones(low_hz, high_hz)
    first = pitch_of_gesture(timeline, gesture, low_hz, high_hz)
    start = min(range(len(ladder)), key=lambda i: abs(ladder[i] - first))
    up = not isinstance(gesture, Sweep) or gesture.du - 1.4 * gesture.dv >= 0.0
    ends = 2 * max(len(ladder) - 1, 1)
    places = (abs((start + (i if up else -i) + ends * 8) % ends) for i in range(count))
    return tuple(ladder[place if place < len(ladder) else ends - place] for place in places)
