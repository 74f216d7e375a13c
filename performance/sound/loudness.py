"""How loud a score is, and the one gain that brings it to -23 LUFS.

Integrated loudness after ITU-R BS.1770-5 / EBU R 128: K-weighting, 400 ms blocks every 100 ms, gated at -70 LUFS and
at 10 LU under the mean of what is left. Measured once for a score and kept in the user's cache folder; the shipped
scores bring theirs along in loudness.json.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.sound.instrument import RATE, Frames
from performance.sound.render import pieces

if TYPE_CHECKING:
    from performance.score.model import Score
    from performance.timeline import Timeline

TARGET_LUFS = -23.0
QUIETEST_LUFS = -70.0
MOST_GAIN_DB = 24.0
STEP = RATE // 10  # frames of a quarter block
_LEAD = RATE // 2  # frames after which the weighting has forgotten

# K-weighting at 48 kHz (BS.1770-5, tables 1 and 2)
_HEAD = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_LOWS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


@cache
def _weights(size: int) -> NDArray[np.complex128]:
    z = np.exp(-2j * np.pi * np.arange(size // 2 + 1) / size)
    powers = np.stack([np.ones_like(z), z, z * z])
    response = np.ones_like(z)
    for over, under in (_HEAD, _LOWS):
        response = response * (np.array(over) @ powers) / (np.array(under) @ powers)
    return response


class Meter:
    """Feed it pieces of stereo sound; `integrated` is the loudness of all of them."""

    def __init__(self) -> None:
        self._before = np.zeros((0, 2), np.float32)
        self._rest = np.zeros((0, 2), np.float32)
        self._energies: list[NDArray[np.float64]] = []

    def hear(self, piece: Frames) -> None:
        """Add (frames, 2) of sound."""
        whole = np.concatenate([self._rest, piece])
        used = len(whole) // STEP * STEP
        self._rest = whole[used:]
        if used:
            self._energies.append(self._weigh(whole[:used]))

    def _weigh(self, sound: Frames) -> NDArray[np.float64]:
        """Mean square of the weighted sound per 100 ms, both channels summed."""
        heard = np.concatenate([self._before, sound])
        self._before, lead = heard[-_LEAD:], len(self._before)
        size = len(heard) + _LEAD
        spectrum = np.fft.rfft(heard, size, axis=0) * _weights(size)[:, None]
        weighted = np.fft.irfft(spectrum, size, axis=0)[lead : len(heard)]
        return np.asarray((weighted.reshape(-1, STEP, 2) ** 2).mean(axis=1).sum(axis=1))

    @property
    def momentary(self) -> NDArray[np.float64]:
        """LUFS of every 400 ms block."""
        energies = np.concatenate([*self._energies, np.zeros(0)])
        if energies.size < 4:
            return np.zeros(0)
        blocks = np.lib.stride_tricks.sliding_window_view(energies, 4).mean(axis=1)
        return np.asarray(-0.691 + 10 * np.log10(np.maximum(blocks, 1e-20)))

    @property
    def integrated(self) -> float:
        """Gated loudness in LUFS; -inf for silence."""
        blocks = self.momentary
        blocks = blocks[blocks > QUIETEST_LUFS]
        if not blocks.size:
            return -float("inf")
        return _mean(blocks[blocks > _mean(blocks) - 10.0])


def _mean(blocks: NDArray[np.float64]) -> float:
    return float(10 * np.log10(np.mean(10 ** (blocks / 10))))


def measure_loudness(timeline: Timeline, progress: Callable[[float], None] | None = None) -> float:
    """LUFS of the whole piece at gain 1; `progress` hears the share that is done."""
    meter, heard = Meter(), 0
    for piece in pieces(timeline, 0.0, timeline.length):
        meter.hear(piece)
        heard += len(piece)
        if progress is not None:
            progress(heard / max(timeline.length * RATE, 1.0))
    return meter.integrated


def gain_to_target(lufs: float) -> float:
    """The factor that brings a loudness to the target, within reason."""
    if lufs < QUIETEST_LUFS:
        return 1.0
    return float(10 ** (min(TARGET_LUFS - lufs, MOST_GAIN_DB) / 20))


# --- kept figures -----------------------------------------------------------------------------------------------------
def fingerprint(score: Score) -> str:
    """A name for exactly this score, whatever its seed."""
    return hashlib.blake2b(_canonical(score).encode(), digest_size=12).hexdigest()


def _canonical(value: object) -> str:
    if is_dataclass(value):
        parts = ",".join(
            f"{field.name}={_canonical(getattr(value, field.name))}"
            for field in fields(value)
            if field.name != "seed"
        )
        return f"{type(value).__name__}({parts})"
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{key}:{_canonical(part)}" for key, part in sorted(value.items())) + "}"
    if isinstance(value, (tuple, list)):
        return "[" + ",".join(_canonical(part) for part in value) + "]"
    if callable(value):
        return str(getattr(value, "__qualname__", type(value).__name__))
    return repr(value)


def cache_folder() -> Path:
    """Where measured figures are kept on this system."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "unrehearsed"


def known_loudness(score: Score) -> float | None:
    """LUFS of a score that was measured before or shipped with its figure; None if it is new."""
    name = fingerprint(score)
    shipped = json.loads(resources.files(__package__).joinpath("loudness.json").read_text())
    for figures in (_kept(), shipped):
        if isinstance(figures.get(name), (int, float)):
            return float(figures[name])
    return None


def _kept() -> dict[str, float]:
    try:
        kept = json.loads((cache_folder() / "loudness.json").read_text())
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}


def keep_loudness(score: Score, lufs: float) -> None:
    """Remember a measured figure; a folder that cannot be written is no reason to stop."""
    figures = {**_kept(), fingerprint(score): round(lufs, 2)}
    try:
        cache_folder().mkdir(parents=True, exist_ok=True)
        (cache_folder() / "loudness.json").write_text(json.dumps(figures))
    except OSError:
        return


def gain_of(timeline: Timeline, progress: Callable[[float], None] | None = None) -> float:
    """The gain that brings a piece to -23 LUFS, measured now if nobody has before (about a twentieth of its length)."""
    lufs = known_loudness(timeline.score)
    if lufs is None:
        lufs = measure_loudness(timeline, progress)
        keep_loudness(timeline.score, lufs)
    return gain_to_target(lufs)
