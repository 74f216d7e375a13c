"""Bows and breaths: how the notes of a part become strokes of single players.

A stroke is what is played in one bow or one breath: a note, several slurred ones, or a piece of a long one. It begins
and ends in silence, on the grid of hops, so that its phase counts from its start alone. Players slur alike but change
bow on long notes each at their own time. While a section tunes up, strokes are short, with pauses, and try the fifths.

The strokes of a part are columns, one row for every note of every stroke, in order of player
and time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from performance.causes.parts import Note
from performance.chance import at_indices, chance
from performance.sound.instrument import RATE
from performance.sound.own import own
from performance.sound.players import Player, dealt, leads

HOP_TIME = 512 / RATE
BAR_OF_BOWS = 4.0  # seconds: slurs never reach over such a grid
JOINED = 0.045  # seconds between two notes that can be slurred
LEAP = 5.5 / 12  # octaves: wider intervals are begun anew
SEARCHED = 0.97  # below, a section is tuning up
FIFTH = float(np.log2(1.5))
_FAR = 1e5  # seconds between the players on the axis of keys

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Sampled = Callable[[str, Numbers], Numbers]  # a number of the score at some times


@dataclass(frozen=True, slots=True)
class Manner:
    """How a kind of section handles bow or breath; seconds."""

    attack: tuple[float, float]  # of a soft and of a loud beginning
    release: float
    longest: float  # stroke
    pause: float  # between two strokes of one long note, at most: a breath
    slur: float  # how likely the next note is taken in the same stroke
    lag: float  # scatter of the entries
    search: float = 2.2  # length of a stroke while tuning up


@dataclass(frozen=True, slots=True)
class Strokes:
    """The rows of a page. Pitches are log2 of hertz; `start` and `stop` are those of the stroke."""

    key: Numbers  # player * _FAR + onset
    player: NDArray[np.int64]
    onset: Numbers
    length: Numbers
    octave: Numbers
    before: Numbers  # the octave it comes from
    level: Numbers
    level_before: Numbers
    start: Numbers
    stop: Numbers
    attack: Numbers
    mark: Numbers  # even chance of its own, 0..1
    search: Numbers  # the error it begins with while tuning up, normal
    fresh: Flags  # whether it begins a stroke

    def __len__(self) -> int:
        return int(self.key.size)

    def part(self, these: NDArray[np.bool_] | NDArray[np.intp]) -> Strokes:
        """Some rows."""
        return Strokes(*(getattr(self, field.name)[these] for field in fields(self)))

    def index(self, t: Numbers) -> NDArray[np.intp]:
        """The row of every player at times (n, players); -1 before the player's first."""
        if not len(self):
            return np.full(t.shape, -1)
        players = np.arange(t.shape[1])
        found = np.searchsorted(self.key, players * _FAR + t + 1e-7, "right") - 1
        mine = (found >= 0) & (self.player[np.maximum(found, 0)] == players)
        return np.asarray(np.where(mine, found, -1))


def reseated(pages: Sequence[Strokes], each: int) -> Strokes:
    """The pages of several groups of `each` players as that of one group, in their order."""
    shift = [i * each for i in range(len(pages))]
    columns = {
        field.name: np.concatenate([getattr(page, field.name) for page in pages]) for field in fields(Strokes)
    }
    apart = np.concatenate([np.full(len(page), at) for page, at in zip(pages, shift, strict=True)])
    columns["player"], columns["key"] = columns["player"] + apart, columns["key"] + _FAR * apart
    return Strokes(**columns)


def on_hop(t: Numbers) -> Numbers:
    """The nearest hop's start."""
    return np.asarray(np.rint(t / HOP_TIME) * HOP_TIME)


class Bowing:
    """Turns the notes of a section into strokes."""

    def __init__(self, players: Sequence[Player], manner: Manner, seed: int, sampled: Sampled) -> None:
        self.players, self.manner, self._sampled = players, manner, own(sampled)
        self._key = int(chance(seed, "bowing") * 2**52)

    def draw(
        self, what: tuple[int, ...], address: NDArray[np.int64], player: NDArray[np.int64] | int
    ) -> Numbers:
        """Even chances (what, rows) for notes of players."""
        keys = self._key + np.array(what)[:, None]
        return at_indices(0, ((address % (1 << 48)) * 64 + player) ^ keys)  # as under each key, in one go

    def strokes(self, notes: Sequence[Note]) -> Strokes:
        """All strokes of some notes. Which they are hangs on all that sound together: never ask for them piece by piece
        of a part."""
        return self.bowed(self.dealt(notes))

    def dealt(self, notes: Sequence[Note]) -> Rows | None:
        """The first half of the work: who plays which note, or which pieces of it."""
        if not notes:
            return None
        plays, hz = dealt(notes, self.players)
        which, player = np.nonzero(plays)
        address = np.array([note.address for note in notes], np.int64)[which]
        late = self.manner.lag * np.abs(_bell(*self.draw((1, 2), address, player)))
        onset = np.array([note.onset for note in notes])[which] + np.minimum(late, 2.5 * self.manner.lag)
        bed = np.array([note.bed for note in notes], bool)[which]
        order = np.lexsort((onset, bed, player))
        rows = Rows(
            which[order], player[order], onset[order], np.array([note.end for note in notes])[which][order],
            np.log2(hz[which, player])[order], address[order], notes,
        )  # fmt: skip
        return self._split(rows.follow())

    def bowed(self, rows: Rows | None) -> Strokes:
        """The second half: in which strokes."""
        return self._bowed(self._freed(rows)) if rows is not None else _none()

    def _split(self, rows: Rows) -> Rows:
        """Long notes in pieces of one bow or breath each."""
        manner = self.manner
        tuned = self._sampled("tuned", rows.onset)
        longest = np.where(tuned < SEARCHED, manner.search, manner.longest)
        span = rows.end - rows.onset
        count = np.where(span > longest, np.ceil(span / (0.75 * longest)), 1).astype(np.int64)
        if (count == 1).all():
            rows.address = rows.address * 131
            return rows
        row = np.repeat(np.arange(span.size), count)
        piece = np.arange(row.size) - np.repeat(np.cumsum(count) - count, count)
        of, key = count[row], rows.address[row] * 131 + piece
        whole = of == 1

        def edge(at: NDArray[np.int64]) -> Numbers:
            sway = 0.7 * (self.draw((3,), rows.address[row] * 131 + at, rows.player[row])[0] - 0.5)
            inner = (at > 0) & (at < of)
            return np.asarray(rows.onset[row] + span[row] * (at + np.where(inner, sway, 0.0)) / of)

        begin, stop = edge(piece), edge(piece + 1)
        loose = np.maximum(1.0 - self._sampled("tuned", begin), 0.0)
        draw = self.draw((4, 5, 6, 7, 12), key, rows.player[row])
        rest = manner.pause * (0.5 + 0.5 * draw[0])
        rest = np.where(piece + 1 < of, rest, 0.0) + loose * 2.2 * draw[1] * ~whole
        split = rows.part(row)
        split.onset, split.end = begin, np.maximum(stop - rest, begin + 0.12)
        split.end = np.where(whole, stop, split.end)
        split.alone = ~whole
        tries = (draw[2] < 0.5 * loose) & ~whole
        split.octave = split.octave + tries * FIFTH * np.where(draw[3] < 0.6, 1, -1)
        bold = 0.3 + 0.7 * draw[4]
        split.level = split.level * np.where(whole, 1.0, 1 - np.minimum(2 * loose, 1.0) * (1 - bold))
        split.address = key
        return split

    def _bowed(self, rows: Rows) -> Strokes:
        """Which notes share a stroke, and when each stroke begins and is over."""
        manner, same = self.manner, rows.player[1:] == rows.player[:-1]
        near = np.append(False, same & (rows.onset[1:] - rows.end[:-1] < JOINED))
        crossed = np.append(
            True, np.floor(rows.onset[1:] / BAR_OF_BOWS) != np.floor(rows.onset[:-1] / BAR_OF_BOWS)
        )
        neighbour = np.append(False, rows.alone[:-1]) | rows.alone
        slurred = self.draw((8,), rows.address, 0)[0] < manner.slur
        step = np.append(9.0, np.abs(np.diff(rows.octave))) < LEAP
        fresh = ~(near & slurred & step & ~crossed & ~neighbour & ~rows.opens)
        stroke = np.cumsum(fresh) - 1
        first = np.flatnonzero(fresh)
        last = np.append(first[1:], fresh.size) - 1
        start = on_hop(rows.onset[first])
        stop = rows.end[last] + 0.6 * manner.release
        follows = np.append(rows.player[first][1:] == rows.player[first][:-1], False)
        stop = np.where(follows, np.minimum(stop, np.append(start[1:], np.inf)), stop)
        onset = np.where(fresh, start[stroke], rows.onset)
        level = rows.level
        soft, hard = manner.attack
        attack = np.minimum(soft + (hard - soft) * level, 0.45 * np.maximum(rows.end - rows.onset, 0.04))
        marks, *search = self.draw((9, 10, 11), rows.address, rows.player)
        made = Strokes(
            key=np.asarray(rows.player * _FAR + onset), player=rows.player, onset=onset, length=rows.end - onset,
            octave=rows.octave, before=np.where(fresh, rows.octave, np.append(0.0, rows.octave[:-1])),
            level=level, level_before=np.where(fresh, level, np.append(0.0, level[:-1])),
            start=start[stroke], stop=stop[stroke], attack=attack[first][stroke], mark=marks,
            search=_bell(*search),
            fresh=fresh,
        )  # fmt: skip
        return made.part(made.stop > made.start + 0.02)

    def _freed(self, rows: Rows) -> Rows:
        """Leaders leave out the bows of a chord in which a line needs them; in order of player and onset."""
        lines, keep = ~rows.bed, np.ones(rows.bed.size, bool)
        if lines.any():
            begun = np.searchsorted(np.sort(rows.onset[lines]), rows.end + 0.1)
            over = np.searchsorted(np.sort(rows.end[lines]), rows.onset - 0.1)
            keep = ~(rows.bed & leads(self.players)[rows.player]) | (begun <= over)
        kept = np.flatnonzero(keep)
        return rows.part(kept[np.lexsort((rows.onset[kept], rows.player[kept]))])


class Rows:
    """Notes of players, in order of player and onset."""

    def __init__(
        self,
        which: NDArray[np.intp],
        player: NDArray[np.int64],
        onset: Numbers,
        end: Numbers,
        octave: Numbers,
        address: NDArray[np.int64],
        notes: Sequence[Note],
    ) -> None:
        self.player, self.onset, self.end, self.octave, self.address = player, onset, end, octave, address
        self.level = np.array([note.level for note in notes])[which]
        self.bed = np.array([note.bed for note in notes], bool)[which]
        self.opens = np.array([note.opens for note in notes], bool)[which]
        self.alone = np.zeros(player.size, bool)

    def follow(self) -> Rows:
        """A player leaves a note for the next one; what is hardly begun is not played."""
        same = (self.player[1:] == self.player[:-1]) & (self.bed[1:] == self.bed[:-1])
        following = np.append(np.where(same, self.onset[1:], np.inf), np.inf)
        self.end = np.minimum(self.end, following)
        return self.part(np.flatnonzero(self.end - self.onset > 0.03))

    def part(self, these: NDArray[np.intp]) -> Rows:
        """Some rows, in a copy."""
        made = object.__new__(Rows)
        for name, column in self.__dict__.items():
            setattr(made, name, column[these])
        return made


def _bell(even: Numbers, other: Numbers) -> Numbers:
    return np.asarray(np.sqrt(-2 * np.log1p(-even)) * np.cos(2 * np.pi * other))


def _none() -> Strokes:
    empty, whole = np.zeros(0), np.zeros(0, np.int64)
    return Strokes(
        key=empty, player=whole, onset=empty, length=empty, octave=empty, before=empty, level=empty,
        level_before=empty, start=empty, stop=empty, attack=empty, mark=empty, search=empty,
        fresh=np.zeros(0, bool),
    )  # fmt: skip
