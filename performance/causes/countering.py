"""What goes with a melody: the line against it, and the chords under it, in degrees and counts.

Both are lightest ways: the line against pays for what Fux (1725) forbids, the chords for every step that a voice takes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.causes.melody import Ground
from performance.causes.motif import Note
from performance.chance import chances

LOWEST, HIGHEST = -9, 3  # degrees of the line against
MIDDLE = -4.0
WITH_MELODY = np.array(
    [2.4, 4.0, 0.0, 2.2, 0.9, 0.1, 3.0]
)  # price of an interval under the melody, by degrees % 7
STEP_PRICE = np.array(
    [2.8, 0.0, 0.5, 1.6, 1.8, 3.0, 4.5, 3.5]
)  # of going on by so many degrees: a line moves
OFF_CHORD, SAME_WAY, PARALLEL, TOO_NEAR = 2.2, 0.7, 6.0, 12.0
BASS = (-15, -8)  # degrees
UPPER = (-7, 1)

Prices = NDArray[np.float64]


def counter_line(
    melody: tuple[Note, ...], chords: Ground, density: float, address: tuple[int, int, int]
) -> tuple[Note, ...]:
    """A line under the melody, entering after it; a note every 4, 2 or 1 counts, and where the melody holds."""
    onsets = _onsets(melody, density)
    grid = np.arange(LOWEST, HIGHEST + 1)
    over = [_sounding(melody, onset) for onset in onsets]
    best = _own(grid, over[0], chords[int(onsets[0])], address, 0)
    came = []
    for i in range(1, len(onsets)):
        total = best[:, None] + _going(grid, over[i - 1], over[i])
        came.append(total.argmin(0))
        best = total.min(0) + _own(grid, over[i], chords[min(int(onsets[i]), len(chords) - 1)], address, i)
    path = [int(best.argmin())]
    for back in reversed(came):
        path.append(int(back[path[-1]]))
    degrees = [int(grid[k]) for k in reversed(path)]
    end = melody[-1].onset + melody[-1].beats
    ends = [*onsets[1:], end]
    return tuple(Note(on, off - on, d) for on, off, d in zip(onsets, ends, degrees, strict=True))


def _onsets(melody: tuple[Note, ...], density: float) -> list[float]:
    """Every so many counts, and in the middle of the melody's long notes; never on the first note."""
    every = 4.0 if density < 0.34 else 2.0 if density < 0.67 else 1.0
    last = melody[-1].onset
    found = set(np.arange(2.0 if every > 2.0 else every, last + 1e-9, every).tolist())
    if density >= 0.2:
        found |= {note.onset + 1.0 for note in melody if note.beats >= 2.0 and note.onset + 1.0 < last}
    return sorted(found | {last})


def _sounding(melody: tuple[Note, ...], at: float) -> int:
    return [note.degree for note in melody if note.onset <= at + 1e-6][-1]


def _own(
    grid: NDArray[np.int64], over: int, chord: frozenset[int], address: tuple[int, int, int], i: int
) -> Prices:
    price = WITH_MELODY[(over - grid) % 7] + OFF_CHORD * ~np.isin(grid % 7, list(chord))
    price = price + TOO_NEAR * (grid > over - 2) + 0.05 * (grid - MIDDLE) ** 2
    return np.asarray(price + 0.8 * chances(address[0], "counter", *address[1:], i, count=len(grid)))


def _going(grid: NDArray[np.int64], before: int, after: int) -> Prices:
    """Price of going from one degree (rows) to another while the melody goes from `before` to `after`."""
    step = grid[None, :] - grid[:, None]
    size = np.abs(step)
    price = np.where(size < len(STEP_PRICE), STEP_PRICE[np.minimum(size, len(STEP_PRICE) - 1)], 9.0)
    price = price + SAME_WAY * (np.sign(step) == np.sign(after - before)) * (step != 0)
    apart, then = (before - grid)[:, None] % 7, (after - grid)[None, :] % 7
    perfect = (apart == then) & np.isin(then, (0, 4)) & (step != 0)
    return np.asarray(price + PARALLEL * perfect)


def ground_line(chords: Ground, bass: tuple[int, ...], density: float, figure: int = 0) -> tuple[Note, ...]:
    """Chords laid (density 0), broken (0.5) or flowing (1) under a phrase, voices led by the shortest way."""
    made: list[Note] = []
    upper: tuple[int, ...] = (-7, -5, -3)
    at = 0
    while at < len(chords):
        until = at + 1
        while (
            until < len(chords) and (chords[until], bass[until]) == (chords[at], bass[at]) and until - at < 4
        ):
            until += 1
        upper = led(upper, chords[at])
        root = bass[at] + 7 * ((BASS[0] - bass[at]) // 7 + 1)
        made += _figured(float(at), float(until - at), root, upper, density, figure)
        at = until
    return tuple(made)


def led(upper: tuple[int, ...], chord: frozenset[int]) -> tuple[int, ...]:
    """Each voice to its nearest tone of the chord, the third tone kept from doubling."""
    taken: list[int] = []
    for voice in sorted(upper):
        free = [d for d in range(UPPER[0] - 2, UPPER[1] + 3) if d % 7 in chord and d not in taken]
        fresh = [d for d in free if d % 7 not in {t % 7 for t in taken}] or free
        taken.append(min(fresh, key=lambda d, voice=voice: (abs(d - voice), d)))  # type: ignore[misc]
    return tuple(sorted(taken))


def _figured(
    at: float, length: float, root: int, upper: tuple[int, ...], density: float, figure: int
) -> list[Note]:
    """One chord in the figure of the accompaniment."""
    if density < 0.25:
        return [Note(at, length, degree) for degree in (root, *upper)]
    each = 1.0 if density < 0.7 else 0.5
    order = ((0, 1, 2, 1), (0, 2, 1, 2), (2, 1, 0, 1))[figure]
    steps = int(length / each)
    made = [Note(at, length, root)]
    made += [Note(at + i * each, each, upper[order[(i - 1) % 4]]) for i in range(1, steps)]
    return made if steps > 1 else [*made, *(Note(at, length, degree) for degree in upper)]
