"""The curtain: heavy velvet at the picture's sides, masking behind it, and the wings it unfurls into."""

from __future__ import annotations

from performance.score.fields import Number, Tint, Word, number, tint, word
from performance.score.model import Thing


class Curtain(Thing):
    """Two drapes and a valance of one cloth, and legs of it standing further back."""

    cloth: Word = word("black-velvet", ("black-velvet", "violet-velvet"), "what it is made of")
    open: Number = number(0.7, 0.0, 1.0, "0 closed, 1 drawn to the picture's edges")
    valance: Number = number(0.6, 0.0, 1.0, "how far the swags hang down above")
    legs: Number = number(0.7, 0.0, 1.0, "how much of the masking in the depth of the stage can be seen")
    under: Number = number(0.0, 0.0, 1.0, "light that climbs from below into the folds")
    under_colour: Tint = tint("cobalt", "its colour")
    pulse: Number = number(0.0, 0.0, 1.0, "how far that light beats with the sections of the orchestra")
    sway: Number = number(0.4, 0.0, 1.0, "how much the cloth moves")
    unfurl: Number = number(0.0, 0.0, 1.0, "0 hanging cloth; 1 two wings, every pleat a feather")
    beat: Number = number(0.3, 0.0, 1.0, "how strongly the wings beat")
