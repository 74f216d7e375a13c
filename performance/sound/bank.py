"""Banks of decaying modes: every struck, broken or dripping body of the piece, at once.

A body is up to `modes` damped sinusoids, Re(W z^n) with z = exp(-d + iw). A block of N = A * B samples is split as
n = a * B + b, so that a body's block is one small matrix product, (A, 2K) @ (2K, B) in float32:

    y[a, b] = Re sum_k (W_k z_k^(aB)) z_k^b

Both powers are tables made once at the blow; per block only W is multiplied, by z^N in complex128. Measured 138 dB
against float64 over a minute. The method is baby-step giant-step evaluation (Paterson and Stockmeyer 1973) as a
batched matrix product. A body starts on its own sample at sine phase, with any age (after a seek), and leaves through
a fade of one block when it has sunk under the floor or when there are too many: then the quietest go first.

No blow is without length: for half a millisecond the body is still being set in motion. Were its slope to jump, every
onset would carry a click of its own, however soft the mallet.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.sound.instrument import BUSES, Frames
from performance.sound.modes import Blows, Modes, blows_on

INNER = 64  # B: samples of the inner power; measured best of 16, 32 and 64
CHUNK = 64  # bodies per product
FLOOR = 1e-6  # a body whose loudest mode is below this is let go
HOUSEKEEPING = 8  # blocks between looks at the floor, on absolute block indices
CONTACT = 24  # frames in which a blow takes hold; no more than INNER

f32, c64, c128 = np.float32, np.complex64, np.complex128
_HOLD = np.ones(2 * CONTACT, f32)  # share of a blow that has taken hold, by its age in frames
_HOLD[:CONTACT] = 0.5 - 0.5 * np.cos(np.pi * np.arange(CONTACT) / CONTACT)


class Bank:
    """`capacity` bodies of up to `modes` modes, rendered in blocks of `quantum` frames into four buses.

    A body costs as much as the most modes that its bank has room for: one of few goes to a `lighter` bank.
    """

    def __init__(
        self, quantum: int, capacity: int = 192, modes: int = 64, lighter: Bank | None = None
    ) -> None:
        slots = capacity + capacity // 4 + 8  # the overfull ones fade for a block
        self.quantum, self.capacity, self.modes, self._lighter = quantum, capacity, modes, lighter
        outer = quantum // INNER
        self._outer = np.zeros((slots, outer, modes), c64)  # z^(aB)
        self._inner = np.zeros((slots, modes, 2, INNER), f32)  # conj(z^b), as the product reads it fastest
        self._state = np.zeros((slots, modes), c128)  # W
        self._step = np.ones((slots, modes), c128)  # z^N
        self._omega = np.zeros((slots, modes), c128)  # -d + iw
        self._sends = np.zeros((BUSES, slots), f32)
        self._owner = np.zeros(slots, np.intp)
        self._fade = np.ones(slots, f32)  # 1 goes on, 0 leaves during the next block
        self._work = np.empty((CHUNK, outer, modes), c64)
        self._sound = np.empty((CHUNK, outer, INNER), f32)
        self._cast = np.empty((CHUNK, modes), c64)
        self._ramp = ((np.arange(quantum) + 1) / quantum).astype(f32)
        self._shifted = np.empty((CHUNK, quantum), f32)
        self._unheld = np.zeros(
            (BUSES, CONTACT), f32
        )  # less of the coming block: contacts that outlast this one
        self._waiting: list[Blows] = []
        self.sounding = 0

    def clear(self) -> None:
        """Silence at once."""
        self._waiting.clear()
        self._unheld[:] = 0
        self._fade[:] = 1
        self.sounding = 0

    @property
    def idle(self) -> bool:
        """Nothing sounds and nothing waits."""
        return self.sounding == 0 and not self._waiting

    def strike(self, body: Modes, frame: int, sends: Frames, owner: int = 0) -> None:
        """Blow on a body at an absolute frame, past (it is that old already) or future; sends are (4,) bus gains."""
        if self._lighter is not None and body.pitch_hz.size < self._lighter.modes:
            self._lighter.strike(body, frame, sends, owner)
            return
        self._waiting.append(blows_on(body, np.array([frame], np.int64), sends, owner, self.modes))

    def strike_all(self, bodies: Modes, frames: NDArray[np.int64], sends: Frames, owner: int = 0) -> None:
        """Blow on many bodies of (n, K) modes at their frames (n,), rising; sends are (4, n)."""
        if frames.size:
            self._waiting.append(blows_on(bodies, frames, sends, owner, self.modes))

    def render(self, start: int, out: Frames, before: Frames, after: Frames) -> None:
        """Add frames [start, start + quantum) to `out` (4, quantum); `before` and `after` are each owner's gain
        (owners,) at the two ends of the block."""
        if self.idle:
            return
        old = self.sounding
        for first in range(0, old, CHUNK):
            self._render_chunk(first, min(first + CHUNK, old), out, before, after)
        self._state[:old] *= self._step[:old]
        out[:, :CONTACT] -= self._unheld
        self._unheld[:] = 0
        self._let_go()
        if due := self._due(start + self.quantum):
            self._begin(start, Blows.together(due), out, before, after)
        if self.sounding and (start // self.quantum) % HOUSEKEEPING == 0:
            self._mark_silent(after)
        if self.sounding > self.capacity:
            self._mark_quietest(after, self.sounding - self.capacity)

    def _due(self, end: int) -> list[Blows]:
        """Take out the blows before frame `end`."""
        due, later = [], []
        for blows in self._waiting:
            if blows.frame[0] >= end:
                later.append(blows)
            elif blows.frame[-1] < end:
                due.append(blows)
            else:
                count = int(np.searchsorted(blows.frame, end))
                due.append(blows.part(slice(count)))
                later.append(blows.part(slice(count, None)))
        self._waiting = later
        return due

    def _render_chunk(self, a: int, b: int, out: Frames, before: Frames, after: Frames) -> None:
        sound = self._product(a, b)
        self._add(a, b, sound, out, before, after)

    def _add(self, a: int, b: int, sound: Frames, out: Frames, before: Frames, after: Frames) -> None:
        """Bring the bodies' sound to the buses, each owner's gain gliding."""
        gain = self._sends[:, a:b] * before[self._owner[a:b]]
        change = self._sends[:, a:b] * (after[self._owner[a:b]] * self._fade[a:b]) - gain
        out += gain @ sound
        if change.any():
            out += (change @ sound) * self._ramp

    def _product(self, a: int, b: int) -> Frames:
        """The bodies' own sound (b - a, quantum) over the coming block."""
        n = b - a
        self._cast[:n] = self._state[a:b]
        np.multiply(self._outer[a:b], self._cast[:n, None], out=self._work[:n])
        left, right = self._work[:n].view(f32), self._inner[a:b].reshape(n, 2 * self.modes, INNER)
        np.matmul(left, right, out=self._sound[:n])
        return self._sound[:n].reshape(n, self.quantum)

    def _begin(self, start: int, due: Blows, out: Frames, before: Frames, after: Frames) -> None:
        """Give newcomers their tables and their first, partial block; more than there is room for are left out."""
        age = np.maximum(start - due.frame, 0).astype(np.float64)[:, None]
        alive = (np.abs(due.state) * np.exp(due.omega.real * age)).max(axis=1) > FLOOR
        if not alive.all():  # after a seek: what has died away meanwhile
            due = due.part(np.flatnonzero(alive))
        room = len(self._owner) - self.sounding
        if due.frame.size > room:
            loudest = np.sort(np.argsort(-np.abs(due.state).sum(axis=1), kind="stable")[:room])
            due = due.part(loudest)
        for at in range(0, due.frame.size, CHUNK):
            self._begin_chunk(start, due.part(slice(at, at + CHUNK)), out, before, after)

    def _begin_chunk(self, start: int, due: Blows, out: Frames, before: Frames, after: Frames) -> None:
        count = due.frame.size
        a, b = self.sounding, self.sounding + count
        self._omega[a:b], self._sends[:, a:b] = due.omega, due.sends.T
        self._owner[a:b], self._fade[a:b] = due.owner, 1
        self._tabulate(a, b)
        age = (start - due.frame).astype(np.float64)[:, None]
        self._state[a:b] = due.state * np.exp(due.omega * np.maximum(age, 0))
        sound, shifted = self._product(a, b), self._shifted[:count]
        shifted[:] = 0
        for i, ahead in enumerate((due.frame - start).tolist()):
            late = max(ahead, 0)
            shifted[i, late:] = sound[i, : self.quantum - late]
            if ahead > -CONTACT:
                taken = shifted[i, late : late + CONTACT]
                taken *= _HOLD[late - ahead : late - ahead + taken.size]
        self._add(a, b, shifted, out, before, after)
        self._state[a:b] = due.state * np.exp(due.omega * (age + self.quantum))
        self.sounding = b
        self._outlast(a + np.flatnonzero(due.frame + CONTACT > start + self.quantum), start, due, after)

    def _outlast(self, slots: NDArray[np.intp], start: int, due: Blows, after: Frames) -> None:
        """Note what contacts that outlast this block keep from the coming one."""
        for slot in slots.tolist():
            age = start + self.quantum - int(due.frame[slot - self.sounding + due.frame.size])
            state, turns = self._state[slot], self._inner[slot, :, :, :CONTACT]
            sound = state.real @ turns[:, 0] + state.imag @ turns[:, 1]  # Re W z^b: it holds the conjugate
            kept = sound.astype(f32) * (1 - _HOLD[age : age + CONTACT])
            self._unheld += np.multiply.outer(self._sends[:, slot] * after[self._owner[slot]], kept)

    def _tabulate(self, a: int, b: int) -> None:
        """Powers of z by doubling; the factors in complex128."""
        z = np.exp(self._omega[a:b])
        inner = np.empty((b - a, INNER, self.modes), c64)
        step = _powers(inner, np.conj(z))
        self._inner[a:b, :, 0] = inner.real.swapaxes(1, 2)
        self._inner[a:b, :, 1] = inner.imag.swapaxes(1, 2)
        _powers(self._outer[a:b], np.conj(step))
        self._step[a:b] = np.exp(self._omega[a:b] * self.quantum)

    def _levels(self, after: Frames) -> NDArray[np.float64]:
        n = self.sounding
        state = self._state[:n]
        level = np.abs(state.real) + np.abs(state.imag)
        state[level < 1e-12] = 0  # or the fast modes of a slow body sink into denormal numbers
        loudest: NDArray[np.float64] = level.max(axis=1)
        return loudest * np.maximum(after[self._owner[:n]], 1e-3)

    def _mark_silent(self, after: Frames) -> None:
        self._fade[: self.sounding][self._levels(after) < FLOOR] = 0

    def _mark_quietest(self, after: Frames, count: int) -> None:
        self._fade[: self.sounding][np.argpartition(self._levels(after), count)[:count]] = 0

    def _let_go(self) -> None:
        """Drop what faded during this block; the last takes its place."""
        for slot in np.flatnonzero(self._fade[: self.sounding] == 0)[::-1]:
            last = self.sounding - 1
            if slot != last:
                for table in (
                    self._outer,
                    self._inner,
                    self._state,
                    self._step,
                    self._omega,
                    self._owner,
                    self._fade,
                ):
                    table[slot] = table[last]
                self._sends[:, slot] = self._sends[:, last]
            self._fade[last] = 1
            self.sounding = last


def _powers(table: NDArray[np.complex64], z: NDArray[np.complex128]) -> NDArray[np.complex128]:
    """Fill (n, P, modes) with z^0 .. z^(P-1), P a power of two; returns z^P."""
    table[:, 0] = 1
    done = 1
    while done < table.shape[1]:
        np.multiply(table[:, :done], z.astype(c64)[:, None], out=table[:, done : 2 * done])
        z, done = z * z, 2 * done
    return z
