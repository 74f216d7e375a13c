"""The house from the stage as pixels: behind its curtain soft, before the dark sharp, and the same however cut."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from performance.causes.place import Camera
from performance.paint import features
from performance.paint.auditorium import edge_of_stage
from performance.paint.crowd import SOLID, spans_of
from performance.paint.curtain import paint_drapes
from performance.paint.faces import guests
from performance.paint.fringe import veil_tiles
from performance.paint.guests import _shrunk, sprites
from performance.paint.house import _layers, paint_house, paint_house_light
from performance.score.reader import read_text
from performance.stage.arms import APART, CHEERING, HALFWAY, POSES, REACHING, TOGETHER, WAITING
from performance.stage.curtain import Curtain
from performance.stage.hands import Hands
from performance.stage.house import House, house_at
from performance.stage.seating import POOL, ROWS, SCALE, apart, row_v
from performance.timeline import Timeline
from tests.paint.scenery import frame_of, sane

SCORE = '[[beat]]\nid = "a"\nlength = "9s"\nfade = "0s"\nstage.house = {{ {} }}'
SIZE = 320, 180


def house(said: str) -> House:
    timeline = Timeline(read_text(SCORE.format(said)))
    found = house_at(timeline.cue("stage.house", 3.0), timeline, 3.0)
    assert found is not None
    return found


@pytest.mark.parametrize("camera", [Camera(), Camera(roll=0.1, x=0.04, dolly=-0.2)])
@pytest.mark.parametrize("said", ["faces = 1", "faces = 0.4, stand = 0.5, clap = 1"])
def test_bands_do_not_show(camera: Camera, said: str) -> None:
    one, three = (frame_of(*SIZE, camera=camera, threads=n) for n in (1, 3))
    for frame in (one, three):
        paint_house(frame, house(said))
        paint_house_light(frame, house(said))
        assert sane(frame)
    assert np.array_equal(one.canvas.crisp, three.canvas.crisp)
    assert one.canvas.crisp[..., 3].max() <= 1.0 + 1e-4


def test_what_is_written_is_marked() -> None:
    frame = frame_of(*SIZE)
    paint_house(frame, house("stand = 1, clap = 1"))
    marked = np.kron(frame.canvas.touched, np.ones((32, 32), np.uint8))[: SIZE[1], : SIZE[0]] > 0
    assert frame.canvas.crisp.any()
    assert not (frame.canvas.crisp.any(2) & ~marked).any()


def test_behind_a_curtain_nothing_is_sharp_and_light_stays() -> None:
    bare, veiled = frame_of(*SIZE), frame_of(*SIZE)
    seen = house("faces = 1, eyes = 0")
    paint_house(bare, seen)
    for part in (paint_house, paint_house_light):
        part(veiled, dataclasses.replace(seen, veiled=True))
    assert not veiled.canvas.crisp.any() and not veiled.canvas.touched.any()
    sharp, soft = bare.canvas.crisp[..., :3].mean(), veiled.canvas.field[..., :3].mean()
    assert soft == pytest.approx(sharp, rel=0.3)


@pytest.mark.parametrize("opened", [0.0, 0.15, 0.5, 0.9])
def test_nothing_of_the_house_is_seen_over_cloth(opened: float) -> None:
    curtain = Curtain(open=opened, valance=0.0, t=7.0)
    frame, cloth = frame_of(*SIZE), frame_of(*SIZE)
    seen = dataclasses.replace(house("faces = 1, eyes = 1"), curtain=curtain)
    paint_house(frame, seen)
    paint_house_light(frame, seen)
    cloth.canvas.field[...] = 9.0
    paint_drapes(cloth, curtain)
    hidden = cloth.canvas.field[..., :3].max(2) < 1.0
    hidden[:, 1:-1] &= hidden[:, :-2] & hidden[:, 2:]  # its very edge is soft
    there = frame.canvas.crisp[..., 3] > 0.02
    assert not (there & hidden).any()
    free = there[60:130].any(0).mean()
    assert free < 0.01 if opened == 0.0 else 0.6 * opened < free < opened + 0.1


def test_nobody_is_a_shape_before_they_are_lit() -> None:
    hides = []
    for level in (0.04, 0.3, 1.0):
        frame = frame_of(*SIZE)
        paint_house(frame, house(f"level = {level}, faces = 1"))
        hides.append(float(frame.canvas.crisp[..., 3].mean()))
    assert hides[0] < 0.02 * hides[2] and hides[0] < hides[1] < hides[2]


@pytest.mark.parametrize("said", ["faces = 1.5", "faces = 1.5, stand = 0.5, clap = 1"])
def test_light_has_gone_out_where_the_edge_of_the_stage_hides_them(said: str) -> None:
    frame = frame_of(*SIZE)
    seen = house(said)
    paint_house(frame, seen)
    lip = int(frame.canvas.view.y(edge_of_stage(frame, seen)))
    light = frame.canvas.crisp[..., :3].max(2)
    assert light[lip - 1 : lip].max() < 0.08 * light.max()
    assert not frame.canvas.crisp[lip + 1 :].any()


def test_only_those_without_a_face_have_moons() -> None:
    found = []
    for said in ("faces = 0, eyes = 1, lamps = 0", "faces = 1, eyes = 1, lamps = 0"):
        frame = frame_of(*SIZE)
        paint_house_light(frame, house(said))
        found.append(frame.canvas.crisp.sum())
    assert found[0] > 4 * found[1]


def test_guests_differ_and_look_to_the_stage() -> None:
    known = guests()
    assert len(known) == POOL
    assert len({g.bust.cutting for g in known}) >= 8
    assert len({g.style for g in known}) >= 4
    assert np.ptp([sum(g.bust.skin) for g in known]) > 0.3


def test_who_cheers_reaches_higher_than_who_waits() -> None:
    corner = sprites(SIZE[1]).corner[:, 1].reshape(-1, len(POSES))
    assert (corner[:, CHEERING] < corner[:, WAITING] + 1e-6).all()
    assert (corner[:, CHEERING] < -0.7).mean() > 0.9


def test_joy_lifts_the_corners_of_a_mouth_and_bares_teeth() -> None:
    aside = np.linspace(-0.1, 0.1, 41, dtype=np.float32)
    line = [features._mouth(aside, np.zeros_like(aside), joy)[0] for joy in (0.0, 1.0)]
    corners, middle = [row[0] - row[20] for row in line], 20
    assert corners[1] > corners[0] > 0
    dy = np.linspace(0.18, 0.30, 60, dtype=np.float32)
    closed, laughing = (features.shading(np.zeros(60, np.float32), dy, joy, 0.0) for joy in (0.2, 1.0))
    assert laughing.max() > closed.max() and middle == 20


def test_spans_hold_all_that_is_there_and_hide_where_they_say() -> None:
    alpha = np.random.default_rng(3).integers(0, 256, (7, 40)).astype(np.uint8)
    alpha[2], alpha[3, 9:30], alpha[4] = 0, 255, 255
    spans = spans_of(alpha)
    for row, (left, right, first, end) in zip(alpha, spans, strict=True):
        there = np.flatnonzero(row > 1)
        assert (left, right) == ((there[0], there[-1] + 1) if len(there) else (40, 0))
        assert (row[first:end] >= SOLID).all()
    assert tuple(spans[3, 2:]) == (9, 30) and tuple(spans[4]) == (0, 40, 0, 40)


def test_made_small_nothing_is_lost() -> None:
    picture = np.random.default_rng(4).random((90, 3), np.float32)
    small = _shrunk(picture, np.linspace(-4.0, 97.0, 12))
    assert small.sum(0) * (101 / 11) == pytest.approx(picture.sum(0), rel=1e-4)


def test_tiles_that_cloth_hides_are_let_go() -> None:
    for level, left in ((1.0, 0), (0.5, 2)):
        canvas = frame_of(*SIZE).canvas
        canvas.touch(40, 10, 70, 20)
        canvas.crisp[:32, 32:96] = 1.0
        veil_tiles(0, 1, canvas.crisp, canvas.touched, np.float32(level))
        assert canvas.touched.sum() == left
        assert canvas.crisp.max() == pytest.approx(1.0 - level)


def test_nobody_has_four_hands() -> None:
    """Whose hands are on the way is there without, and over that lie both poses, together no more than one."""
    hands = Hands(
        np.array([APART, TOGETHER, CHEERING]), np.array([HALFWAY, APART, REACHING]), np.array([0.4, 0.0, 0.5])
    )
    who, pose, shows = _layers(hands, np.array([0, 1, 2]), np.array([True, False, True]))
    assert who.tolist() == [0, 0, 0, 1, 2, 2, 2]
    assert pose.tolist() == [WAITING, APART, HALFWAY, TOGETHER, WAITING, CHEERING, REACHING]
    assert shows == pytest.approx([1.0, 0.6, 0.4, 1.0, 1.0, 0.5, 0.5])


@pytest.mark.parametrize("camera", [Camera(zoom=1.5), Camera(dolly=0.34), Camera(zoom=1.3, dolly=0.2)])
def test_rows_stay_together_as_the_camera_comes_near(camera: Camera) -> None:
    """Heads do not grow: so nobody's row leaves the next one by much more than at rest, and none comes closer."""
    scale = np.linspace(*SCALE, ROWS)
    near, rest = apart(camera, scale), np.ones(ROWS)
    assert (near >= rest).all() and near.max() < 1.25
    assert apart(Camera(dolly=-0.5), scale) == pytest.approx(1.0 / (1.0 + 0.5 * scale))


def test_far_rows_are_not_seen_through_cloth() -> None:
    """Nothing hides what is behind the farthest rows; the nearest are there."""
    middle = []
    for veil in (0.0, 1.0):
        frame = frame_of(*SIZE)
        paint_house(frame, dataclasses.replace(house("faces = 1, eyes = 0"), veil=veil, veiled=True))
        canvas = frame.canvas
        rows = canvas.view.v((np.arange(canvas.field_height) + 0.5) * canvas.scale)
        near = abs(canvas.view.u((np.arange(canvas.field_width) + 0.5) * canvas.scale)) < 0.15
        there = canvas.field[:, near, 3].mean(1)
        middle.append((there[rows < row_v(2)].max(), there.max()))
    (bare_far, bare), (far, most) = middle
    assert far < 0.2 * bare_far and most > 0.8 * bare
