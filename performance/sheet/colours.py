"""From the lamps of a score to inks that can be read on dark paper."""

from __future__ import annotations

from collections.abc import Sequence

from performance.curves import Colour
from performance.score.palette import COLOURS
from performance.sheet.marks import Rgb

LEAST = 0.16  # relative luminance below which a line is lost on the paper
CLEAR = 0.26  # the same for what is small
VOICES = (
    "candle", "sky", "rose", "hope", "wonder", "copper", "cyan", "leaf", "orchid", "gold", "blue", "blush", "jade",
    "amber", "silver", "magenta", "teal", "longing", "dust", "release",
)  # fmt: skip


def luminance(colour: Colour) -> float:
    """Of linear light (ITU-R BT.709)."""
    return 0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]


def ink(colour: Colour, least: float = LEAST) -> Rgb:
    """Linear light as display values, dark gels lifted towards white until they can be read."""
    peak = max(*colour, 1e-6)
    full = [channel / peak for channel in colour]
    light = luminance((full[0], full[1], full[2]))
    if luminance(colour) > least:
        full, light = list(colour), 1.0
    white = max(0.0, (least - light) / (1.0 - light)) if light < 1.0 else 0.0
    lifted = [channel + (1.0 - channel) * white for channel in full]
    r, g, b = (round(255 * displayed(min(channel, 1.0))) for channel in lifted)
    return r, g, b


def displayed(light: float) -> float:
    """Linear light 0..1 as an sRGB value 0..1 (IEC 61966-2-1)."""
    return 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055


def voices(names: Sequence[str]) -> dict[str, Rgb]:
    """An ink for each instrument, neighbours well apart."""
    return {name: ink(COLOURS[VOICES[i % len(VOICES)]], CLEAR) for i, name in enumerate(names)}
