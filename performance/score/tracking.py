"""Tracking: what every parameter is in every beat, as on a lighting desk.

What a beat does not name carries on from the beat before, movements included. Each parameter of each beat
becomes a curve (number, colour, word) or a plain value (moment, pitches, rhythm, text). What cannot be seen or
heard when a beat names it moves in the dark: its plain values hold at once, only its level or gain comes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from performance.curves import Curve
from performance.score.catalogue import MODELS, kinds_of
from performance.score.kinds.fixed import MomentKind
from performance.score.kinds.kind import Kind
from performance.score.kinds.moving import Moving, NumberKind
from performance.score.model import Beat, Settings
from performance.score.notation.movement import Span

Values = dict[str, Any]  # parameter -> curve or plain value


@dataclass(frozen=True, slots=True)
class BeatSpan:
    """A beat and the time it takes."""

    id: str
    index: int
    start: float
    end: float
    beat: Beat

    @property
    def length(self) -> float:
        """Seconds from its start to its end."""
        return self.end - self.start


def spans(beats: Sequence[Beat]) -> tuple[BeatSpan, ...]:
    """The beats one after another."""
    laid: list[BeatSpan] = []
    start = 0.0
    for i, beat in enumerate(beats):
        laid.append(BeatSpan(beat.id, i, start, start + beat.length, beat))
        start += beat.length
    return tuple(laid)


def at_rest(path: str) -> Values:
    """The values of a thing or instrument that was never named."""
    return {
        name: kind.rest(kind.default) if isinstance(kind, Moving) else kind.default
        for name, kind in kinds_of(path).items()
    }


def tracked(path: str, beats: Sequence[BeatSpan]) -> list[Values]:
    """The values of one thing or instrument in every beat."""
    kinds = kinds_of(path)
    always = getattr(MODELS[path], "always", False)
    values, named = at_rest(path), False
    tracks = []
    for span in beats:
        settings = span.beat.settings.get(path)
        if span.beat.reset and named:
            values = values | {name: _returned(kind, values[name], span) for name, kind in kinds.items()}
            named = False
        if settings is not None:
            dark = not always and _absent(kinds, values, span.start)
            values = values | {
                name: _set(kinds[name], settings[name], values[name], span, dark) for name in settings
            }
            if not named:
                values = values | _implied(kinds, settings, values, span)
            named = True
        tracks.append(values)
    return tracks


def _absent(kinds: Mapping[str, Kind], values: Values, t: float) -> bool:
    """Whether it cannot be seen or heard at t."""
    return all(
        values[name].at(t) <= kind.low
        for name, kind in kinds.items()
        if isinstance(kind, NumberKind) and kind.implied is not None
    )


def _set(kind: Kind, setting: Any, before: Any, span: BeatSpan, dark: bool) -> Any:
    """A named value, as a curve from the tracked one or as it is."""
    if isinstance(kind, Moving):
        if dark and setting.plain and kind.implied is None:
            return kind.rest(setting.values[0])
        return kind.curve(setting, Span(span.start, span.length, span.beat.fade), before.at(span.start))
    if isinstance(kind, MomentKind):
        return math.inf if setting is None else span.start + setting.within(span.length)
    return setting


def _implied(kinds: Mapping[str, Kind], settings: Settings, before: Values, span: BeatSpan) -> Values:
    """What naming a table for the first time says of parameters that it does not name: it is there."""
    return {
        name: _going(kind, kind.implied, before[name], span)
        for name, kind in kinds.items()
        if kind.implied is not None and name not in settings and isinstance(kind, Moving)
    }


def _returned(kind: Kind, before: Any, span: BeatSpan) -> Any:
    """A parameter on its way back to its default, as `reset` asks."""
    if not isinstance(kind, Moving):
        return kind.default
    return _going(kind, kind.default, before, span)


def _going(kind: Moving, to: Any, before: Curve[Any], span: BeatSpan) -> Curve[Any]:
    """From the tracked value to another over the beat's fade."""
    tracked = before.at(span.start)
    if tracked == to:
        return kind.rest(to)
    return kind.fade(tracked, to, span.start, span.beat.fade)
