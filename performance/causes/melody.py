"""Melodies that sing, grown from a seed: a motif kept for the whole piece, and phrases that grow out of it.

A phrase is the cheapest path over scale degrees through a rhythm that ends in a long note and a breath:
steps are cheap, a leap is answered by a step back (von Hippel and Huron 2000), heavy beats ask for tones of the
bar's chord, the line arches over one highest note, and addressed chance decides between near equals. Phrases make
a verse in one of several forms (song, bar, arch, rondo). Everything is a pure function of (seed, verse, phrase): any
phrase can be asked for first. Degrees are whole numbers of scale steps above the tonic (7 to the octave); beats are
the song's own. The motif is the seed's own or one that the score states; the chords are the form's or the score's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.motif import Motif, Note, filled, fitted, inverted, motif, moved, stretched, tail
from performance.chance import chance, chances

LOWEST, HIGHEST = -3, 9  # degrees: a range of under two octaves, as a trained voice sings at ease
CHORD = (0, 2, 4)  # degrees that rest
REST = 1.5  # beats of breath that end every phrase

# price of an interval by its size in steps: 0, 1, 2 ... 7
INTERVAL_PRICE = np.array([2.2, 0.0, 0.9, 3.1, 3.6, 4.6, 6.4, 5.2])
UNANSWERED_LEAP = 6.0
SEE_SAW = 3.0  # going straight back to the note before, again and again, is dithering
SECOND_PEAK = 2.5
OFF_CHORD = 2.0
CHANCE_PRICE = 1.5

# rhythms of one bar of four (or three) beats; the first note carries the bar
CELLS = {
    4: (
        (2.0, 1.0, 1.0),
        (1.5, 0.5, 1.0, 1.0),
        (1.0, 1.0, 2.0),
        (1.0, 1.0, 1.0, 1.0),
        (1.0, 0.5, 0.5, 2.0),
        (1.5, 0.5, 0.5, 0.5, 1.0),
    ),
    3: ((2.0, 1.0), (1.0, 1.0, 1.0), (1.5, 0.5, 1.0), (1.0, 0.5, 0.5, 1.0)),
}
Ground = tuple[frozenset[int], ...]  # the degrees (0..6) of the chord that holds on each beat of a phrase


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a phrase starts, its highest note and its last one, what becomes of the motif in it, and its chords."""

    start: int
    peak: int
    last: int
    opening: str  # kept | moved | turned
    answer: str  # moved | turned | tail | filled | stretched
    roots: tuple[int, ...] = (0, 3, 4, 0)  # of the chord of each bar


ASKS = Plan(0, 4, 1, "kept", "tail", (0, 5, 3, 4))
ANSWERS = Plan(0, 5, 4, "kept", "filled", (0, 3, 1, 4))
RISES = Plan(2, 7, 1, "moved", "turned", (5, 3, 1, 4))
DEEPENS = Plan(-1, 3, 4, "turned", "tail", (3, 5, 1, 4))
FLIES = Plan(4, 8, 4, "moved", "tail", (4, 0, 3, 4))
HOME = Plan(0, 4, 0, "kept", "stretched", (0, 3, 4, 0))
SETTLES = Plan(2, 5, 0, "moved", "tail", (0, 5, 4, 0))

FORMS: dict[int, tuple[tuple[Plan, ...], ...]] = {
    2: ((ASKS, HOME), (ANSWERS, SETTLES)),
    3: ((ASKS, RISES, HOME), (ASKS, ASKS, SETTLES), (ANSWERS, DEEPENS, HOME)),  # arch, bar form, arch
    4: (
        (ASKS, ANSWERS, RISES, HOME),  # song: A A' B A"
        (ASKS, ANSWERS, FLIES, SETTLES),  # bar form: A A' B C
        (ASKS, RISES, DEEPENS, HOME),  # arch
        (ANSWERS, DEEPENS, RISES, SETTLES),  # rising: nothing comes back but the motif
    ),
}


def form(seed: int, verse: int, phrases: int) -> tuple[Plan, ...]:
    """The plans of a verse of so many phrases: it always ends at home, however short or long it is."""
    if phrases <= 1:
        return (HOME,) * phrases
    rows = FORMS[min(phrases, 4)]
    row = rows[int(chance(seed, "form", verse) * len(rows))]
    if phrases <= 4:
        return row
    return (*(row[i % 3] for i in range(phrases - 1)), row[3])


@lru_cache(maxsize=512)
def phrase(
    seed: int,
    verse: int,
    index: int,
    of: int,
    bar: int = 4,
    own: Motif | None = None,
    ground: Ground | None = None,
) -> tuple[Note, ...]:
    """Phrase `index` of a verse of `of` phrases: four bars, the last a long note and a breath.

    `own`: a motif that is stated, of at most a bar; `ground`: the chord on every beat, if the score plans it.
    """
    plan = form(seed, verse, of)[index]
    own = motif(seed, bar) if own is None else own
    rhythm, heavy = _rhythm(seed, verse, index, plan, own, bar)
    chords = ground or tuple(frozenset((r + n) % 7 for n in CHORD) for r in plan.roots for _ in range(bar))
    opening = fitted(_changed(own, plan.opening, plan.start), LOWEST, HIGHEST)
    if plan.opening != "kept":
        opening = _resting(opening, 0.0, chords)
    fixed: dict[int, int] = {i: note.degree for i, note in enumerate(opening)}
    fixed |= _answer(own, plan, rhythm, len(opening), bar, chords)
    fixed[len(rhythm) - 1] = _rest(plan.last, chords[-1])
    degrees = _cheapest(_own_prices(seed, (verse, index), plan, rhythm, heavy, fixed, chords))
    return tuple(Note(b, n, d) for (b, n), d in zip(rhythm, degrees, strict=True))


def _rest(last: int, chord: frozenset[int]) -> int:
    """The last note, on the nearest tone of the chord it ends over; at home, home."""
    if last % 7 == 0 and 0 in chord:
        return last
    return min((last + step for step in (0, -1, 1, -2, 2, -3)), key=lambda d: d % 7 not in chord)


def _resting(notes: Motif, at: float, chords: Ground) -> Motif:
    """Moved as a whole by a step or two, so that its long notes are tones of the chords they fall on."""

    def rests(step: int) -> float:
        on = [chords[min(int(at + note.onset), len(chords) - 1)] for note in notes]
        return sum(n.beats for n, chord in zip(notes, on, strict=True) if (n.degree + step) % 7 in chord)

    inside = [
        step for step in (0, -1, 1, -2, 2) if all(LOWEST <= note.degree + step <= HIGHEST for note in notes)
    ]
    return moved(notes, max(inside or [0], key=lambda step: rests(step) - 0.3 * abs(step)))


def _changed(own: Motif, how: str, start: int) -> Motif:
    if how == "turned":
        return moved(inverted(own), start)
    return moved(own, start + (1 if how == "moved" else 0))


def _rhythm(
    seed: int, verse: int, index: int, plan: Plan, own: Motif, bar: int
) -> tuple[list[tuple[float, float]], list[bool]]:
    """(onset, length) of every note in beats, and which ones fall on a heavy beat or are long."""
    cells = CELLS[bar]
    second = cells[int(chance(seed, "cell", verse, index) * len(cells))]
    first = [note.beats for note in own]
    first[-1] += max(bar - sum(first), 0.0)
    third = [note.beats for note in _made(own, plan.answer)]
    if sum(third) != bar:
        third[-1] += bar - sum(third)
    if third[-1] <= 0.0:
        third = [bar * 0.5, bar * 0.5]
    pickup = ((0.5, 0.5), (1.0,), (0.5, 0.5, 0.5))[int(chance(seed, "pickup", verse, index) * 3)]
    lengths = [*first, *second, *third, *pickup]
    lengths.append(bar * 4 - REST - sum(lengths))
    onsets = np.concatenate([[0.0], np.cumsum(lengths)])[:-1]
    heavy = [on % bar == 0 or n >= bar / 2 for on, n in zip(onsets, lengths, strict=True)]
    return [(float(b), float(n)) for b, n in zip(onsets, lengths, strict=True)], heavy


def _made(own: Motif, answer: str) -> Motif:
    """What the third bar makes of the motif: only some answers leap again."""
    if answer == "turned":
        return inverted(own)
    if answer == "filled":
        return filled(own)
    if answer == "stretched":
        return tail(stretched(own, 2.0), 1)[:2]
    if answer == "tail" and len(own) > 2:
        return tail(own, 1)
    return own


def _answer(
    own: Motif, plan: Plan, rhythm: list[tuple[float, float]], after: int, bar: int, chords: Ground
) -> dict[int, int]:
    """Degrees that the third bar is held to: the motif again, about the highest note."""
    at = next(i for i, (b, _) in enumerate(rhythm) if b >= 2 * bar and i >= after)
    made = _made(own, plan.answer)
    top = max(note.degree for note in made)
    held = _resting(fitted(moved(made, plan.peak - top), LOWEST, HIGHEST), 2.0 * bar, chords)
    room = sum(1 for b, _ in rhythm if 2 * bar <= b < 3 * bar)
    return {at + i: note.degree for i, note in enumerate(held[:room])}


def _cheapest(own_price: NDArray[np.float64]) -> list[int]:
    """Viterbi's path over pairs of degrees (the interval just sung decides what may follow)."""
    grid = np.arange(LOWEST, HIGHEST + 1)
    step_price, turn_price = _prices(grid)
    best = own_price[0][:, None] + step_price + own_price[1][None, :]
    came: list[NDArray[np.int64]] = []
    for price in own_price[2:]:
        total = best[:, :, None] + turn_price + step_price[None] + price[None, None, :]
        came.append(total.argmin(0))
        best = total.min(0)
    a, b = (int(x) for x in np.unravel_index(int(best.argmin()), best.shape))
    path = [b, a]
    for back in reversed(came):
        a, b = int(back[a, b]), a
        path.append(a)
    return [int(grid[i]) for i in reversed(path)]


def _own_prices(
    seed: int,
    which: tuple[int, int],
    plan: Plan,
    rhythm: list[tuple[float, float]],
    heavy: list[bool],
    fixed: dict[int, int],
    chords: Ground,
) -> NDArray[np.float64]:
    """What each note costs by itself on each degree, (notes, degrees)."""
    grid = np.arange(LOWEST, HIGHEST + 1)
    end = rhythm[-1][0] + rhythm[-1][1]
    prices = np.empty((len(rhythm), len(grid)))
    for i, (onset, beats) in enumerate(rhythm):
        resting = np.isin(grid % 7, list(chords[min(int(onset), len(chords) - 1)]))
        prices[i] = 0.09 * (grid - _arch(onset / end, plan)) ** 2 + OFF_CHORD * (0.7 + 0.5 * beats) * (
            heavy[i] & ~resting
        )
        prices[i] += CHANCE_PRICE * chances(seed, "degree", *which, i, count=len(grid))
        prices[i] += SECOND_PEAK * (grid >= plan.peak + 1)
        if i in fixed:
            prices[i] += np.where(grid == fixed[i], 0.0, 1e3)
    return prices


def _arch(x: float, plan: Plan) -> float:
    """The contour a phrase leans to: up to the peak at about three fifths, then home."""
    if x < 0.6:
        return float(plan.start + (plan.peak - plan.start) * np.sin(0.5 * np.pi * x / 0.6))
    return float(plan.last + (plan.peak - plan.last) * np.cos(0.5 * np.pi * (x - 0.6) / 0.4))


def _prices(grid: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Price of a step (from, to) and of a turn (before, from, to)."""
    step = grid[None, :] - grid[:, None]
    size = np.abs(step)
    step_price = np.where(size < len(INTERVAL_PRICE), INTERVAL_PRICE[np.minimum(size, 7)], 1e2)
    before, after = step[:, :, None], step[None, :, :]
    answered = (np.abs(after) == 1) & (np.sign(after) == -np.sign(before))
    turn = UNANSWERED_LEAP * ((np.abs(before) > 2) & ~answered)
    turn = turn + SEE_SAW * ((after == -before) & (np.abs(before) <= 2))
    turn = turn + SEE_SAW * ((after == 0) & (before == 0))
    return step_price, turn
