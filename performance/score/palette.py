"""The colours a score may name: the house's gels and the emotions of the mirrors.

Names stand for sRGB "#rrggbb"; light is reckoned linear, so everything is read as linear (r, g, b) in 0..1
(IEC 61966-2-1).
"""

from __future__ import annotations

import re

from performance.curves import Colour
from performance.units import Unreadable

GELS = {
    "black": "#000000", "white": "#ffffff", "moon": "#dfe9ff", "ice": "#bfe4ff", "silver": "#c9d2dc",
    "ash": "#5b616b", "warm": "#ffe2b8", "candle": "#ffc27a", "gold": "#ffb52e", "amber": "#ff8a1f",
    "copper": "#d9763f", "ember": "#e2431e", "red": "#d81e2c", "crimson": "#9d1230", "rose": "#ff7fa3",
    "blush": "#ffc4c9", "orchid": "#d65bd0", "magenta": "#d4179a", "violet": "#7a3cff", "plum": "#3d1466",
    "indigo": "#3a2bb8", "cobalt": "#1f4fd8", "midnight": "#0b1a4a", "blue": "#2f7bff", "sky": "#7fc4ff",
    "cyan": "#36d6e7", "teal": "#12a08f", "jade": "#2fbf71", "leaf": "#6bbf3a", "moss": "#3f6b2c",
    "wood": "#6b4226", "dust": "#cbb894",
}  # fmt: skip
EMOTIONS = {
    "triumph": "#ffd24a", "longing": "#5f7dff", "hope": "#7fffc4", "dread": "#4a1f5c", "wonder": "#b48cff",
    "release": "#ffa6c9",
}  # fmt: skip
PALETTE = GELS | EMOTIONS
HEX = re.compile(r"#[0-9a-fA-F]{6}")


def linear_light(level: float) -> float:
    """One sRGB channel 0..1 as linear light."""
    return level / 12.92 if level <= 0.04045 else float(((level + 0.055) / 1.055) ** 2.4)


def colour_of(text: str) -> Colour:
    """Linear (r, g, b) of a name of the palette or "#rrggbb"."""
    code = PALETTE.get(text, text)
    if HEX.fullmatch(code) is None:
        raise Unreadable(f"{text!r} is not a colour")
    r, g, b = (linear_light(int(code[i : i + 2], 16) / 255.0) for i in (1, 3, 5))
    return (r, g, b)


COLOURS = {name: colour_of(name) for name in PALETTE}
