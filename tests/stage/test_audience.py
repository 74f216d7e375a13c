"""The audience: everybody different, one letting go after the other, and motes that leave from where they are."""

from __future__ import annotations

import numpy as np
import pytest

from performance.score.kinds.moving import Moving
from performance.score.model import Thing
from performance.score.things.audience import Audience as Written
from performance.stage.audience import audience_at
from performance.stage.bust import BOTTOM, HALF_WIDTH, TOP, bust, extent, outline, release
from performance.stage.hair import HAIRCUTS, SEAT
from performance.stage.leaving import leaving, letting_go, outline_places
from performance.stage.seats import LETTING_GO, ROWS, row_people, row_size, row_v, seats
from performance.timeline import Cue


def cue_of(thing: type[Thing], **numbers: float) -> Cue:
    kinds = {name: kind for name, kind in thing.kinds.items() if isinstance(kind, Moving)}
    return Cue(
        {name: kind.rest(numbers.get(name, kind.default)) for name, kind in kinds.items()}, 0.0, 0.0, 9.0
    )


def silhouette(row: int, person: int) -> np.ndarray:
    x, y = np.meshgrid(
        np.linspace(-1.3, 1.3, 60, dtype=np.float32), np.linspace(TOP, 1.2, 60, dtype=np.float32)
    )
    b = bust(row, person)
    return np.array(
        [outline(b, part, x, y)[0] > 0 for part in range(len(b.centre)) if b.matter[part] != SEAT]
    ).any(0)


def test_no_two_people_have_one_outline() -> None:
    seen = {silhouette(row, person).tobytes() for row in range(4) for person in range(24)}
    assert len(seen) == 96


def test_every_haircut_is_worn_and_everybody_fits_the_box() -> None:
    people = [bust(row, person) for row in range(8) for person in range(row_people(row))]
    assert {b.cutting for b in people} == set(HAIRCUTS)
    for b in people:
        for part in np.flatnonzero(b.matter != SEAT):
            left, top, right, bottom = extent(b, int(part))
            assert left > -HALF_WIDTH - 0.05
            assert right < HALF_WIDTH + 0.05
            assert top > TOP
            assert bottom > -0.6
    assert max(extent(b, len(b.centre) - 1)[1] for b in people) < BOTTOM


def test_rows_grow_towards_us_without_gaps() -> None:
    for row in range(ROWS - 1):
        assert row_size(row + 1) > row_size(row)
        assert row_v(row + 1) - row_v(row) < 1.1 * row_size(row + 1)


def test_performances_differ_in_who_sits_where() -> None:
    assert seats(3) is seats(3)
    one, other = seats(3), seats(4)
    assert len(one) != len(other) or not np.array_equal(one.person, other.person)
    visible = (np.abs(one.u) < 0.89) & (one.v - 0.5 * one.size < 1.0)
    assert visible.sum() > 170


def test_people_let_go_one_by_one() -> None:
    order = np.sort(seats(11).release)
    assert order[0] == 0.0
    assert order[-1] == pytest.approx(1.0 - LETTING_GO)
    assert np.diff(order).max() < 0.01
    gone = [np.mean(_gone(d)) for d in np.linspace(0.0, 0.99, 12)]
    assert gone[0] == 0.0
    assert all(np.diff(gone) > 0.0)


def _gone(dissolve: float) -> np.ndarray:
    audience = audience_at(cue_of(Written, level=1.0, dissolve=dissolve), 4.0, 11)
    assert audience is not None
    return audience.gone


@pytest.mark.parametrize("settings", [{"level": 0.0}, {"level": 1.0, "dissolve": 1.0}])
def test_an_absent_audience_is_none(settings: dict[str, float]) -> None:
    assert audience_at(cue_of(Written, **settings), 4.0, 11) is None


def test_an_audience_that_holds_its_breath_does_not_sway() -> None:
    audience = audience_at(cue_of(Written, level=1.0, stir=0.0), 4.0, 11)
    assert audience is not None
    assert not audience.sway.any()
    assert not audience.nod.any()


def test_the_whole_of_a_person_has_let_go_in_time() -> None:
    b = bust(2, 5)
    x, y = np.meshgrid(
        np.linspace(-1.3, 1.3, 60, dtype=np.float32), np.linspace(TOP, BOTTOM, 60, dtype=np.float32)
    )
    field = release(b, x, y, outline(b, 0, x, y)[0])
    first, last = letting_go(np.array([0.0, 1.0]))
    assert first < field.min()
    assert last > field.max()


def test_motes_come_from_the_outline() -> None:
    b = bust(3, 7)
    draws = np.random.default_rng(1).random((300, 5, 3))
    x, y, when = outline_places(b, draws)
    parts = [k for k in range(len(b.centre)) if b.matter[k] != SEAT]
    single = x.astype(np.float32), y.astype(np.float32)
    inside = np.max([outline(b, k, *single)[0] for k in parts], 0)
    assert inside.min() > -0.05
    assert np.mean(np.abs(inside) < 0.05) > 0.6
    assert ((when > 0.029) & (when < 0.951)).all()


def test_motes_are_freed_in_the_order_of_their_hours() -> None:
    everyone = leaving(11, 1500)
    assert np.all(np.diff(everyone.hour) >= 0)
    assert everyone.freed(0.0) == 0
    assert everyone.freed(1.0) == 1500
    half = everyone.freed(0.5)
    assert everyone.hour[:half].max() < 0.5 <= everyone.hour[half]
