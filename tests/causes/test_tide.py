"""The tide assembles a rhythm and lets it go, and what returns is what went."""

from __future__ import annotations

import numpy as np

from performance.causes.tide import LAYERS, hits
from performance.score.reader import read_text
from performance.timeline import Timeline


def flooding(flood: str) -> Timeline:
    lines = (
        f'[[beat]]\nid = "one"\nlength = "60s"\nfade = "0s"\nsound.tide = {{ flood = {flood}, layers = 6 }}'
    )
    return Timeline(read_text(f'title = "a test"\n{lines}'))


def test_it_is_denser_and_truer_the_higher_it_stands() -> None:
    stands = [hits(flooding(str(flood)), 5.0, 55.0) for flood in (0.1, 0.3, 0.5, 0.75, 1.0)]
    assert np.all(np.diff([len(made) for made in stands]) > 0)
    astray = [np.abs([hit.off for hit in made]).mean() for made in stands]
    assert np.all(np.diff(astray) < 0)
    assert astray[0] > 0.3 and astray[-1] < 1e-9


def test_at_flood_every_layer_has_its_even_pattern() -> None:
    made = hits(flooding("1"), 0.0, 50.0)
    for layer, (count, steps, _, every) in enumerate(LAYERS):
        own = np.array([hit.t for hit in made if hit.layer == layer])
        assert abs(len(own) - 50.0 * count / (steps * every * 0.16)) < 2
        gaps = np.rint(np.diff(own) / (every * 0.16))
        assert set(gaps) <= {steps // count, steps // count + 1}


def test_no_flood_is_silence() -> None:
    assert hits(flooding("0"), 0.0, 60.0) == []


def test_what_returns_is_what_went() -> None:
    full, ebbing = hits(flooding("1"), 0.0, 60.0), hits(flooding('"1 -> 0 -> 1"'), 0.0, 60.0)
    late = [hit._replace(level=0.0) for hit in ebbing if hit.t > 59.0]
    assert late == [hit._replace(level=0.0) for hit in full if hit.t > 59.0]


def test_windows_together_are_the_whole() -> None:
    timeline = flooding('"0 -> 1"')
    whole = hits(timeline, 0.0, 60.0)
    assert [hit for i in range(120) for hit in hits(timeline, i * 0.5, i * 0.5 + 0.5)] == whole
