"""The eye: what is seen somewhere is met there, however the camera stands."""

from __future__ import annotations

import pytest

from performance.causes.eye import eye_at
from performance.causes.place import STILL, Camera
from performance.causes.touches import constellation_of, mirror_touches
from performance.gestures import GestureLog, Touch
from performance.score.reader import read_text
from performance.timeline import Timeline

CAMERAS = [STILL, Camera(0.3, -0.05, 0.2, 1.6, 0.1), Camera(-0.4, 0.1, -0.3, 0.8, -0.2)]
BROKEN = """
[[beat]]
id = "breaks"
length = "30s"
stage.camera = { x = 0.2, zoom = 1.4, roll = 4.0, dolly = 0.1, drift = 0.0 }
stage.ice = { level = 1.0, breaks = "2s" }
stage.mirrors = { level = 1.0, assemble = 1.0 }
stage.ghost = { level = 0.0 }
"""


@pytest.mark.parametrize("camera", CAMERAS)
@pytest.mark.parametrize("scale", [0.3, 1.0, 1.7])
def test_what_is_seen_is_where_a_still_camera_has_it(camera: Camera, scale: float) -> None:
    for u, v in ((0.0, 0.5), (0.6, 0.9), (-0.8, 0.1)):
        seen = [float(k) for k in camera.seen(u, v, scale)]
        assert camera.still(*seen, scale) == (pytest.approx(u), pytest.approx(v))


@pytest.mark.parametrize("camera", CAMERAS)
def test_a_thing_is_seen_where_its_place_in_the_house_is_projected(camera: Camera) -> None:
    for x, y, z in ((0.2, 0.3, 0.4), (-0.5, 0.0, -0.3), (0.0, 0.9, 1.5)):
        u, v, scale = STILL.project(x, y, z)
        assert camera.seen(u, v, scale) == pytest.approx(camera.project(x, y, z)[:2])


@pytest.mark.parametrize("camera", CAMERAS)
def test_pointing_at_the_boards_meets_them(camera: Camera) -> None:
    for x, z in ((0.2, 0.4), (-0.5, -0.3), (0.0, 1.5)):
        u, v, _ = (float(k) for k in camera.project(x, 0.0, z))
        assert camera.ground(u, v) == (pytest.approx(x), pytest.approx(z))
    assert camera.ground(*(float(k) for k in camera.rolled(0.2, 0.60))) is None


def test_a_mirror_is_touched_where_it_is_seen() -> None:
    plain = Timeline(read_text(BROKEN))
    stars = constellation_of(plain, 20.0)
    assert stars is not None
    eye = eye_at(plain, 20.0)
    for which in (0, 9, 23):
        u, v, _ = (float(k) for k in eye.project(*stars.places[stars.mirrors[which]]))
        timeline = Timeline(read_text(BROKEN), gestures=GestureLog([Touch(20.0, u, v)]))
        assert [touched.mirror for touched in mirror_touches(timeline, 19.0, 21.0)] == [which]
