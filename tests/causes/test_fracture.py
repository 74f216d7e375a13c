"""The shatter: shards tile the instrument, fly without jumps, touch when they say so, and stay in."""

from __future__ import annotations

import numpy as np
import pytest

from performance.causes import bounces, cracks, violin
from performance.causes.fracture import Fracture, flight, fracture

WHEN = 10.0


@pytest.fixture(scope="module", params=[(11, 0.60, 0.0), (7, 0.23, 1.5)])
def broken(request: pytest.FixtureRequest) -> Fracture:
    seed, y, hush = request.param
    return fracture(seed, WHEN, 0.0, y, 0.0, 0.62, 0.3, hush=hush)


def _lowest(shards: Fracture, t: float) -> np.ndarray:
    place, turn = flight(shards, t)
    flat = np.concatenate([shards.outlines, np.zeros((shards.count, cracks.CORNERS, 1))], 2)
    low: np.ndarray = np.einsum("nij,ncj->nci", turn, flat)[..., 1].min(1) + place[:, 1]
    return low


def test_the_pieces_tile_the_outline_and_are_the_pegs(broken: Fracture) -> None:
    pegs = sum(cracks.area(peg) for peg in violin.pegs())
    whole = (cracks.area(violin.outline(4)) + pegs) * broken.placing.scale**2
    assert pegs > 0.0
    assert broken.count > 250
    assert (broken.sizes**2).sum() == pytest.approx(whole, rel=0.01)
    for outline, corners in zip(broken.outlines, broken.corners, strict=True):
        assert cracks.corners_turn(outline[:corners]).min() > -1e-6


def test_before_the_blow_the_instrument_is_whole(broken: Fracture) -> None:
    place, turn = flight(broken, WHEN - 1.0)
    assert np.array_equal(place, broken.homes)
    assert np.array_equal(turn, np.broadcast_to(np.eye(3), turn.shape))


def test_flight_has_no_jumps_and_no_memory(broken: Fracture) -> None:
    times = WHEN - 0.05 + np.arange(0, 6, 1 / 240)
    places = np.array([flight(broken, t)[0] for t in times])
    assert np.abs(np.diff(places, axis=0)).max() < 5.0 / 240
    assert np.array_equal(flight(broken, times[700])[0], places[700])


def test_nothing_sinks_into_the_boards(broken: Fracture) -> None:
    for t in WHEN + np.arange(0, 6, 0.05):
        assert _lowest(broken, t).min() > -0.008


def test_bouncing_shards_touch_the_boards_at_their_impacts(broken: Fracture) -> None:
    impacts = broken.impacts
    assert len(impacts.onset) > 400
    assert (np.diff(impacts.onset) >= 0).all()
    for k in range(0, 300, 20):
        shard = impacts.shard[k]
        assert abs(_lowest(broken, impacts.onset[k])[shard]) < 0.02
        place, _ = flight(broken, impacts.onset[k])
        assert np.allclose(place[shard, [0, 2]], (impacts.x[k], impacts.z[k]), atol=2e-3)


def test_all_come_to_rest_flat_inside_the_house(broken: Fracture) -> None:
    place, turn = flight(broken, WHEN + 14.0)
    assert np.abs(turn[:, 1, 2]).min() > 0.999
    assert np.abs(place[:, 0]).max() <= bounces.SIDES
    assert place[:, 2].min() >= bounces.FRONT and place[:, 2].max() <= bounces.BACK
    assert place[:, 1].max() < broken.thickness


def test_another_seed_breaks_otherwise() -> None:
    assert fracture(1, WHEN, 0.0, 0.6, 0.0).count != 0
    first, second = (fracture(seed, WHEN, 0.0, 0.6, 0.0).impacts.onset[0] for seed in (1, 2))
    assert first != second
