"""Melodies that sing, grown from a seed: a motif kept for the whole piece, and phrases that grow out of it.

A phrase is the cheapest path over scale degrees through a rhythm that ends in a long note and a breath:
steps are cheap, a leap is answered by a step back (von Hippel and Huron 2000), heavy beats ask for chord
notes, the line arches over one highest note, and addressed chance decides between near equals. Four phrases
make a period A A' B A''. Everything is a pure function of (seed, verse, phrase): any phrase can be asked for
first. Degrees are whole numbers of scale steps above the tonic (7 to the octave); beats are the song's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from performance.causes.motif import Motif, Note, cut, fitted, inverted, motif, moved, stretched
from performance.chance import chance, chances

LOWEST, HIGHEST = -3, 9  # degrees: a range of under two octaves, as a trained voice sings at ease
CHORD = (0, 2, 4)  # degrees that rest
REST = 1.5  # beats of breath that end every phrase

# price of an interval by its size in steps: 0, 1, 2 ... 7
INTERVAL_PRICE = np.array([2.2, 0.0, 0.75, 1.9, 2.3, 3.2, 5.0, 3.6])
UNANSWERED_LEAP = 6.0
SEE_SAW = 1.3  # going straight back to the note before, again and again, is dithering
SECOND_PEAK = 2.5
OFF_CHORD = 1.2
CHANCE_PRICE = 1.5

# rhythms of one bar of four (or three) beats; the first note carries the bar
CELLS = {
    4: (
        (2.0, 1.0, 1.0),
        (1.5, 0.5, 2.0),
        (1.0, 1.0, 2.0),
        (3.0, 1.0),
        (1.0, 0.5, 0.5, 2.0),
        (1.5, 0.5, 1.0, 1.0),
    ),
    3: ((2.0, 1.0), (1.0, 1.0, 1.0), (1.5, 0.5, 1.0), (2.0, 0.5, 0.5)),
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a phrase starts, its highest note and its last one, and what becomes of the motif in it."""

    start: int
    peak: int
    last: int
    opening: str  # kept | moved | turned
    answer: str  # moved | turned | cut | stretched


PERIOD = (
    Plan(0, 4, 1, "kept", "moved"),
    Plan(0, 5, 4, "kept", "cut"),
    Plan(2, 7, 1, "moved", "turned"),
    Plan(0, 4, 0, "kept", "stretched"),
)


def form(phrases: int) -> tuple[Plan, ...]:
    """The plans of a verse of so many phrases: it always ends at home, however short it is."""
    if phrases <= 1:
        return (PERIOD[3],) * phrases
    inner = [PERIOD[(0, 1, 2)[i % 3]] for i in range(phrases - 1)]
    if phrases == 3:
        inner = [PERIOD[0], PERIOD[2]]
    return (*inner, PERIOD[3])


@lru_cache(maxsize=256)
def phrase(seed: int, verse: int, index: int, of: int, bar: int = 4) -> tuple[Note, ...]:
    """Phrase `index` of a verse of `of` phrases: four bars, the last a long note and a breath."""
    plan = form(of)[index]
    own = motif(seed, bar)
    opening = fitted(_changed(own, plan.opening, plan.start), LOWEST, HIGHEST)
    rhythm, heavy = _rhythm(seed, verse, index, plan, own, bar)
    fixed: dict[int, int] = {i: note.degree for i, note in enumerate(opening)}
    fixed |= _answer(own, plan, rhythm, len(opening), bar)
    fixed[len(rhythm) - 1] = plan.last
    degrees = _cheapest(seed, verse, index, plan, rhythm, heavy, fixed)
    return tuple(Note(b, n, d) for (b, n), d in zip(rhythm, degrees, strict=True))


def _changed(own: Motif, how: str, start: int) -> Motif:
    if how == "turned":
        return moved(inverted(own), start)
    return moved(own, start + (1 if how == "moved" else 0))


def _rhythm(
    seed: int, verse: int, index: int, plan: Plan, own: Motif, bar: int
) -> tuple[list[tuple[float, float]], list[bool]]:
    """(onset, length) of every note in beats, and which ones fall on a heavy beat or are long."""
    cells = CELLS[bar]
    pick = int(chance(seed, "cell", verse, index) * len(cells))
    second = cells[pick]
    third = tuple(note.beats for note in own)
    if plan.answer == "stretched":
        third = tuple(2 * n for n in third[: max(1, len(third) - 2)])
        third = third if sum(third) <= bar else (bar * 0.5, bar * 0.5)
    lengths = [*(note.beats for note in own), *second, *third]
    pickup = (0.5, 0.5) if chance(seed, "pickup", verse, index) < 0.5 else (1.0,)
    lengths += [*pickup, bar * 4 - REST - sum(lengths) - sum(pickup)]
    onsets = np.concatenate([[0.0], np.cumsum(lengths)])[:-1]
    heavy = [on % bar == 0 or n >= bar / 2 for on, n in zip(onsets, lengths, strict=True)]
    return [(float(b), float(n)) for b, n in zip(onsets, lengths, strict=True)], heavy


def _answer(
    own: Motif, plan: Plan, rhythm: list[tuple[float, float]], after: int, bar: int
) -> dict[int, int]:
    """Degrees that the third bar is held to: the motif again, about the highest note."""
    at = next(i for i, (b, _) in enumerate(rhythm) if b >= 2 * bar and i >= after)
    made = {
        "moved": own,
        "turned": inverted(own),
        "cut": cut(own, 2),
        "stretched": cut(stretched(own, 2.0), 2),
    }[plan.answer]
    top = max(note.degree for note in made)
    held = fitted(moved(made, plan.peak - top), LOWEST, HIGHEST)
    room = len(rhythm) - 2 - at
    return {at + i: note.degree for i, note in enumerate(held[:room])}


def _cheapest(
    seed: int,
    verse: int,
    index: int,
    plan: Plan,
    rhythm: list[tuple[float, float]],
    heavy: list[bool],
    fixed: dict[int, int],
) -> list[int]:
    """Viterbi's path over pairs of degrees (the interval just sung decides what may follow)."""
    grid = np.arange(LOWEST, HIGHEST + 1)
    own_price = _own_prices(seed, verse, index, plan, rhythm, heavy, fixed, grid)
    step_price, turn_price = _prices(grid)
    best = own_price[0][:, None] + step_price + own_price[1][None, :]
    came: list[NDArray[np.int64]] = []
    for i in range(2, len(rhythm)):
        total = best[:, :, None] + turn_price + step_price[None] + own_price[i][None, None, :]
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
    verse: int,
    index: int,
    plan: Plan,
    rhythm: list[tuple[float, float]],
    heavy: list[bool],
    fixed: dict[int, int],
    grid: NDArray[np.int64],
) -> NDArray[np.float64]:
    """What each note costs by itself on each degree, (notes, degrees)."""
    end = rhythm[-1][0] + rhythm[-1][1]
    prices = np.empty((len(rhythm), len(grid)))
    resting = np.isin(grid % 7, CHORD)
    for i, (onset, _) in enumerate(rhythm):
        arch = _arch(onset / end, plan)
        prices[i] = 0.09 * (grid - arch) ** 2 + OFF_CHORD * (heavy[i] & ~resting)
        prices[i] += CHANCE_PRICE * chances(seed, "degree", verse, index, i, count=len(grid))
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
    turn = turn + SEE_SAW * ((after == -before) & (np.abs(before) == 1))
    turn = turn + SEE_SAW * ((after == 0) & (before == 0))
    return step_price, turn
