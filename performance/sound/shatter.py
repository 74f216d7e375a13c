"""The shatter: a snap, the crash of the pieces coming loose, and every touch of a shard on the boards.

All moments, places, sizes and energies come from the one fracture that the picture shows (`causes/breaking.py`), to
the sample. A shard is a plate: its lowest mode goes with the inverse of its size, its modes are uneven and its own, the
same at every bounce; a harder touch wakes higher ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from performance.causes.breaking import fracture_of
from performance.causes.place import STILL, distance_of, pan_of
from performance.chance import chances
from performance.sound.bodies import BODIES, struck
from performance.sound.instrument import CONTROL, RATE, Desk, Instrument, Span
from performance.sound.modes import Modes
from performance.sound.place import air, sends

if TYPE_CHECKING:
    from performance.causes.fracture import Fracture
    from performance.timeline import Cue

MODES = 12  # of one shard
PLATE_HZ, PLATE_SIZE = 2300.0, 0.03  # the lowest mode of a shard of this size (units)
QUALITY = {"ice": (90.0, 420.0), "glass": (420.0, 1700.0)}
TOUCH = 0.34  # strength of a touch of energy 1
LOOSE = 0.27  # strength of a mean shard coming loose
SNAP = 1.5
LAST_TONE, HANG = 0.22, 0.7
STUFF = {"ice": 1.0, "glass": 0.6}  # glass rings on and so sounds louder
LOUDEST = 0.6  # of a single touch
# the picture is narrower than the house: how far apart the ears hear its places, once on the boards, once in the body
TOUCHED_WIDE, LOOSE_WIDE = 1.45, 3.0
TORN = 0.5  # how far to both sides the crack is heard that runs through the body
AHEAD = 3 * CONTROL  # frames before the blow at which it is prepared

Array = NDArray[np.float64]


class Shatter(Instrument):
    """Hundreds of small bodies from one blow."""

    name = "shatter"
    memory = 0.0

    def __init__(self, desk: Desk, number: int) -> None:
        super().__init__(desk, number)
        for beat in desk.timeline.beats:
            fracture_of(desk.timeline, beat.start)  # reckoned now, not while it sounds

    def reset(self, frame: int) -> None:
        """Nothing has broken yet."""
        self._sounded = -1.0

    def anchor(self, frame: int) -> int:
        """The ticks of the last seconds: a blow among them is still heard."""
        return frame - 12 * RATE

    def tick(self, k: int, cue: Cue) -> None:
        """Prepare the blow shortly before it falls."""
        broken = fracture_of(self.desk.timeline, k * CONTROL / RATE)
        if broken is None or broken.when == self._sounded:
            return
        blow = round(broken.when * RATE)
        if blow - AHEAD <= k * CONTROL < blow + 10 * RATE:
            self._sounded = broken.when
            self._break(broken, cue)

    def _break(self, broken: Fracture, cue: Cue) -> None:
        self._snap(broken, cue)
        plates = self._plates(broken, cue)
        stuff = cue.word("stuff")
        loose = np.argsort(broken.delay, kind="stable")
        self._strike(
            plates, loose, broken.when + broken.delay[loose], broken.homes[loose, 0], broken.homes[loose, 2],
            STUFF[stuff] * LOOSE * cue.number("crack") * np.minimum(broken.masses[loose], 4.0) ** 0.4,
            "loose", LOOSE_WIDE,
        )  # fmt: skip
        touch = broken.impacts
        self._strike(
            plates,
            touch.shard,
            touch.onset,
            touch.x,
            touch.z,
            STUFF[stuff] * TOUCH * np.sqrt(touch.energy),
            "touch",
            TOUCHED_WIDE,
        )

    def _plates(self, broken: Fracture, cue: Cue) -> Modes:
        """Every shard's own modes, (n, MODES); amplitudes before any blow."""
        n, seed = broken.count, self.desk.seed
        draw = chances(seed, "plates", count=n * MODES * 2).reshape(2, n, MODES)
        lowest = PLATE_HZ * (PLATE_SIZE / broken.sizes) ** 0.85 * 2.0 ** (1.2 * (0.5 - cue.number("size")))
        steps = 0.30 + 0.75 * draw[0]
        steps[:, 0] = 1.0 + 0.3 * (draw[0, :, 0] - 0.5)
        pitch = np.clip(lowest, 300.0, 9000.0)[:, None] * np.cumsum(steps, axis=1)
        low, high = QUALITY[cue.word("stuff")]
        quality = low * (high / low) ** chances(seed, "quality", count=n)
        t60 = cue.number("ring") * 2.2 * quality[:, None] / pitch / (1 + (pitch / 9000.0) ** 2) + 0.006
        return Modes(pitch, np.minimum(t60, 2.5), (0.25 + draw[1]) * (pitch / pitch[:, :1]) ** -0.35)

    def _strike(
        self,
        plates: Modes,
        shard: NDArray[np.int64],
        onset: Array,
        x: Array,
        z: Array,
        strength: Array,
        what: str,
        wide: float,
    ) -> None:
        u, _, _ = STILL.project(x, np.zeros_like(x), z)
        distance = distance_of(z)
        pitch = plates.pitch_hz[shard]
        hard_hz = 2500.0 + 14000.0 * np.clip(strength / TOUCH, 0.0, 1.0)[:, None]
        spot = chances(self.desk.seed, what, count=shard.size * MODES).reshape(-1, MODES)
        shape = (
            plates.amplitude[shard] * (0.3 + spot) * np.exp(-pitch / hard_hz) * air(pitch, distance[:, None])
        )
        shape /= np.maximum(shape.sum(axis=1, keepdims=True), 1e-9)
        shape *= np.where(
            chances(self.desk.seed, what, "sign", count=spot.size).reshape(spot.shape) < 0.5, -1.0, 1.0
        )
        loud = np.minimum(strength, LOUDEST)[:, None]
        frames = np.round(onset * RATE).astype(np.int64)
        place = sends(np.clip(wide * pan_of(u), -1, 1), distance, 0.9)
        self.desk.splinters.strike_all(
            Modes(pitch, plates.t60[shard], shape * loud), frames, place, self.number
        )

    def _snap(self, broken: Fracture, cue: Cue) -> None:
        """The blow itself: a crack through the whole body, and the boards under it."""
        draw = chances(self.desk.seed, "snap", count=180).reshape(3, 60)
        crack = 240.0 * 45.0 ** draw[0, :56] * 2.0 ** (0.5 - cue.number("size"))
        boards = np.array([58.0, 91.0, 133.0, 204.0]) * (1 + 0.04 * (draw[1, 56:] - 0.5))
        pitch = np.concatenate([crack, boards])
        t60 = np.concatenate(
            [0.02 + 0.16 * draw[1, :56] * (500.0 / crack) ** 0.5, np.array([0.34, 0.24, 0.18, 0.12])]
        )
        strength = np.concatenate(
            [(0.3 + draw[2, :56]) * (crack / 1500.0) ** -0.15, np.array([7.0, 6.0, 4.0, 3.0])]
        )
        strength *= np.where(draw[2] < 0.5, -1.0, 1.0) / np.abs(strength).sum()
        u, _, _ = STILL.project(broken.placing.x, 0.0, broken.placing.z)
        pan, far = float(pan_of(u)), float(distance_of(broken.placing.z))
        loud, blow = SNAP * cue.number("crack") * strength, round(broken.when * RATE)
        self._last_tone(blow, pan, far, cue)
        for these, side in ((slice(0, 56, 2), -TORN), (slice(1, 56, 2), TORN), (slice(56, 60), 0.0)):
            torn = Modes(pitch[these], t60[these], loud[these])
            self.desk.bank.strike(torn, blow, sends(pan + side, far), self.number)

    def _last_tone(self, blow: int, pan: float, far: float, cue: Cue) -> None:
        """What the instrument had in it sounds once as it goes: its tonic and fifth, out of tune, and hangs."""
        for n, ratio in enumerate((2.0, 3.02, 3.97)):
            pitch_hz = self.desk.timeline.score.tuning.tonic_hz * ratio
            level = LAST_TONE * cue.number("crack") / (1 + n)
            modes = struck(BODIES["mirror"], pitch_hz, level, (self.desk.seed, n), hardness=0.6, beat=5.0)
            hanging = Modes(modes.pitch_hz, HANG * modes.t60, modes.amplitude)
            side = (0.0, -TORN, TORN)[n]
            self.desk.bank.strike(hanging, blow, sends(pan + side, far), self.number)

    def render(self, span: Span) -> None:
        """The banks sound it."""
