"""Everything a score may name: `stage.NAME` and `sound.NAME`, with the model of each."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from performance.score.instruments import INSTRUMENTS
from performance.score.kinds.kind import Kind
from performance.score.model import Written
from performance.score.things import THINGS

SIDES: Mapping[str, Mapping[str, type[Written]]] = {"stage": THINGS, "sound": INSTRUMENTS}
MODELS: Mapping[str, type[Written]] = {
    f"{side}.{name}": model for side, models in SIDES.items() for name, model in models.items()
}


def kinds_of(path: str) -> Mapping[str, Kind]:
    """The parameters of "stage.NAME" or "sound.NAME"; KeyError with the nearest name if there is none."""
    try:
        return MODELS[path].kinds
    except KeyError:
        close = get_close_matches(path, MODELS, 3, 0.5)
        hint = f", perhaps {' or '.join(close)}" if close else ""
        raise KeyError(f"a score has no {path!r}{hint}") from None
