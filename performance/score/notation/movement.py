"""Movements: how a light, a colour or a word gets from one value to the next, as a score writes it.

"0.4"                          goes there over the beat's fade
"0.1 -> 0.22 ease-in"          starts at 0.1, arrives with the beat's end
"-> 1 over 4s after 10s"       from wherever it was
"0 -> 1 -> 0.3"                in equal parts
"0.2 <> 0.6 every 5s"          to and fro, breathing
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Generic, TypeVar

from performance.curves import EASES, Breath, Curve, Mix, Path, cut, ease
from performance.units import Duration, Unreadable

V = TypeVar("V")
_TOKEN = re.compile(r"->|<>|(?:(?!->|<>)\S)+")
_TIMES = ("over", "after", "every")
BREATH_EVERY = Duration(5.0)  # about a calm breath
SHORTEST_BREATH = 0.4  # seconds: faster would flicker
MOST_VALUES = 32


@dataclass(frozen=True, slots=True)
class Movement(Generic[V]):
    """What is written: the values to pass through (None first: from where it stands) and how."""

    values: tuple[V | None, ...]
    ease: str = ""
    over: Duration | None = None
    after: Duration = Duration(0.0)
    every: Duration | None = None

    @property
    def plain(self) -> bool:
        """Only a value, nothing said about the way there."""
        return len(self.values) == 1 and self.over is None and not self.ease and self.after == (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Span:
    """The beat in which a movement happens."""

    start: float
    length: float
    fade: float


def curve(movement: Movement[V], span: Span, tracked: V, mix: Mix[V]) -> Curve[V]:
    """The movement as a curve, entered from `tracked`, the value at the beat's start."""
    after = movement.after.within(span.length)
    if movement.every is not None:
        low, high = (tracked if value is None else value for value in movement.values)
        every = max(movement.every.within(span.length), SHORTEST_BREATH)
        return Breath(span.start + after, span.fade, tracked, low, high, every, mix)
    if len(movement.values) == 1 or movement.values[0] is None:
        values = (tracked, *(value for value in movement.values if value is not None))
    else:
        values = tuple(value for value in movement.values if value is not None)
    over = span.fade if len(movement.values) == 1 else max(span.length - after, 0.0)
    if movement.over is not None:
        over = movement.over.within(span.length)
    easing = EASES[movement.ease] if movement.ease else ease
    return Path.through(_times(span.start, after, over, len(values), movement), values, easing, mix)


def _times(start: float, after: float, over: float, count: int, movement: Movement[V]) -> tuple[float, ...]:
    """When each value is reached. Cuts hold every value for its part; ways end with the last value."""
    begin = start + after
    if EASES.get(movement.ease) is not cut:
        return tuple(begin + over * k / (count - 1) for k in range(count))
    if movement.values[0] is None or len(movement.values) == 1 or after > 0.0:
        return (start, *(begin + over * k / max(count - 1, 1) for k in range(count - 1)))
    return tuple(begin + over * k / count for k in range(count))


def read_movement(
    text: str, value_of: Callable[[str], V], duration_of: Callable[[str], Duration]
) -> Movement[V]:
    """Read a written movement. `value_of` and `duration_of` raise Unreadable for what is not theirs."""
    tokens = [(match[0], match.start()) for match in _TOKEN.finditer(text)]
    arrows = [token for token, _ in tokens if token in ("->", "<>")]
    if len(set(arrows)) > 1 or arrows.count("<>") > 1:
        raise Unreadable(
            '"->" goes on, "<>" breathes between two: use one kind of arrow', _find(tokens, arrows[-1])
        )
    groups, tail = _grouped(tokens)
    if behind := [at for token, at in tail if token in ("->", "<>")]:
        raise Unreadable("how it moves is said once, behind the last value", behind[0])
    values = [_value(group, value_of) for group in groups]
    if values[0] is None and not arrows:
        raise Unreadable("nothing is written here", 0)
    for value, at in zip(values[1:], [at for token, at in tokens if token in ("->", "<>")], strict=True):
        if value is None:
            raise Unreadable("an arrow needs a value behind it", at)
    if len(values) > MOST_VALUES:
        raise Unreadable(f"{len(values)} values in one movement, at most {MOST_VALUES}", 0)
    return _with_times(tuple(values), _modifiers(tail, duration_of), "<>" in arrows, tail)


Tokens = list[tuple[str, int]]


def _find(tokens: Tokens, wanted: str) -> int:
    return next(at for token, at in reversed(tokens) if token == wanted)


def _grouped(tokens: Tokens) -> tuple[list[Tokens], Tokens]:
    """Values parted at arrows, and the words after the last value that say how."""
    groups: list[Tokens] = [[]]
    for i, (token, at) in enumerate(tokens):
        if token in ("->", "<>"):
            groups.append([])
        elif groups[-1] and (token in EASES or token in _TIMES):
            return groups, tokens[i:]
        else:
            groups[-1].append((token, at))
    return groups, []


def _value(group: Tokens, value_of: Callable[[str], V]) -> V | None:
    if not group:
        return None
    try:
        return value_of(" ".join(token for token, _ in group))
    except Unreadable as fault:
        raise Unreadable(str(fault), group[0][1] + fault.offset) from None


def _modifiers(tail: Tokens, duration_of: Callable[[str], Duration]) -> dict[str, str | Duration]:
    """ "ease-in over 4s after 2s" -> {"ease": "ease-in", "over": ..., "after": ...}."""
    found: dict[str, str | Duration] = {}
    i = 0
    while i < len(tail):
        token, at = tail[i]
        name = "ease" if token in EASES else token
        if name not in ("ease", *_TIMES):
            close = get_close_matches(token, (*EASES, *_TIMES), 1, 0.5)
            hint = f', perhaps "{close[0]}"' if close else ""
            raise Unreadable(f"{token!r} is not {', '.join(EASES)}, over, after or every{hint}", at)
        if name in found:
            raise Unreadable(f"{name} is said twice", at)
        i += 1
        if name == "ease":
            found[name] = token
            continue
        stop = i
        while stop < len(tail) and tail[stop][0] not in EASES and tail[stop][0] not in _TIMES:
            stop += 1
        stop = min(stop, i + 2)
        found[name], i = _duration(tail, i, stop, duration_of, token, at)
    return found


def _duration(
    tail: Tokens, i: int, stop: int, duration_of: Callable[[str], Duration], name: str, at: int
) -> tuple[Duration, int]:
    """The duration written at tail[i:stop], of one word ("8s") or two ("8 bars")."""
    if i == stop:
        raise Unreadable(f'"{name}" needs a duration behind it', at)
    for end in (stop, i + 1):
        try:
            return duration_of(" ".join(token for token, _ in tail[i:end])), end
        except Unreadable as caught:
            fault = caught
    raise Unreadable(str(fault), tail[i][1]) from None


def _with_times(
    values: tuple[V | None, ...], said: dict[str, str | Duration], breathes: bool, tail: Tokens
) -> Movement[V]:
    over, after, every = (said.get(name) for name in _TIMES)
    easing = said.get("ease", "")
    assert isinstance(easing, str)
    if breathes and (over is not None or easing):
        raise Unreadable('breathing takes "every" and "after", nothing else', tail[0][1])
    if every is not None and not breathes:
        raise Unreadable('"every" is for breathing, "0.2 <> 0.6 every 5s"', _find(tail, "every"))
    assert not isinstance(over, str) and not isinstance(after, str) and not isinstance(every, str)
    if breathes and every is None:
        every = BREATH_EVERY
    return Movement(values, easing, over, after or Duration(0.0), every)
