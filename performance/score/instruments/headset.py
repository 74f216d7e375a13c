"""A headset: orders through a small loudspeaker."""

from __future__ import annotations

from typing import ClassVar

from performance.score.example import Example
from performance.score.fields import Moment, Number, moment, number
from performance.score.model import Instrument


class Headset(Instrument):
    """Somebody speaks into it, narrow and overdriven: a key, a squelch, words that cannot be made out, crackle."""

    example: ClassVar[Example] = Example("calls = 20, crackle = 0.7", dense="calls = 40, crackle = 1")

    calls: Number = number(9.0, 0.0, 40.0, "calls a minute")
    call: Moment = moment("when somebody calls for certain; unset: never")
    crackle: Number = number(0.4, 0.0, 1.0, "how bad the line is")
    near: Number = number(0.5, 0.0, 1.0, "from a headset on somebody else's head to one's own")
