"""The house from the stage: faces in what falls on them, their outlines, eyes, lamps, and sparks of clapping."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from performance.causes.place import HORIZON
from performance.causes.smooth import smooth
from performance.paint.auditorium import darken, edge_of_stage, seen_at
from performance.paint.canvas import Light
from performance.paint.faces import HIGH, LOW
from performance.paint.features import EYE_APART
from performance.paint.frame import Frame
from performance.paint.gap import free_of, gap
from performance.paint.guests import sprites
from performance.paint.kernels import f4
from performance.paint.motes import paint_mote_glow, paint_motes, places_of
from performance.paint.people import MARGIN, people_rows
from performance.paint.relief import ONE
from performance.paint.sparks import paint_glows
from performance.stage.arms import POSES, WAITING
from performance.stage.bust import HALF_WIDTH
from performance.stage.hands import Hands
from performance.stage.house import TALLER, House, specks_at
from performance.stage.motes import Motes
from performance.stage.seating import BEND, FIRST_SIZE, ROWS, apart, house_seats, row_v

Array = NDArray[np.float64]
uint64: Any = np.uint64  # places of this type are known not to be negative, and rows of them are vectorised
FACE, EDGE = 1.7, 0.75
BEHIND = 0.06  # as FACE, behind a curtain: it is outlines that are seen there
LAMPS = 15
DULL = 0.09  # light of eyes that nobody sees on a face
HANDS = 0.72  # heads under its middle: where somebody claps
SEATED, STANDING = (0.88, 1.20), 1.38  # heads under their middle that are seen: farthest and nearest row; all
MELTED = 1.12  # heads under their middle that are seen behind a curtain: cut at the shoulders they would be shelves
THROUGH = (
    2.0,
    8.0,
)  # rows that cloth lets nobody be seen of, and those it lets everybody: far ones would be bricks
LARGE = 24  # pixels of a head: arms of smaller people go from pose to pose without a dissolve
MOONLESS = 2.6  # how soon eyes no longer shine as faces are lit
FILLED = 0.55  # heads more of everybody that are seen as rows are twice as far apart
BEHIND_IT = 0.05  # heads under that edge where their light has gone out
UNEVEN = 0.5  # heads by which it is sooner or later: the dark they end in has no edge
VEILED = 2.8  # how much brighter specks behind a curtain are as soft light than as sharp
EYES = EYE_APART * np.array([[-1.0], [1.0]])  # from the middle of a face, heads
NO_EMBER, NO_PIT = np.zeros(3, np.float32), np.zeros((2, 0), np.float32)


def _heads(frame: Frame, house: House) -> tuple[Array, Array]:
    seats = house.seats
    return seen_at(frame, house, seats.u, seats.v - house.stood * TALLER * seats.size, seats.scale)


@lru_cache(maxsize=4)
def _answers(seed: int) -> Light:
    """(n, 6) how much everyone has of each light: face, clap, from behind left and right, haze twice, see _lighting."""
    seats = house_seats(seed)
    deep, side = seats.row / (ROWS - 1.0), 0.35 * np.sign(seats.u)
    out = np.ones((len(deep), 6), np.float32)
    out[:, 1] = seats.phases[:, 2]
    out[:, 2], out[:, 3] = ((0.25 + 0.75 * deep) * (0.65 + sign * side) for sign in (1.0, -1.0))
    out[:, 4] = (1.0 - deep) ** 1.5
    return out


def _lighting(frame: Frame, house: House, chosen: NDArray[np.intp]) -> Light:
    """(n, 4, 4) colours BGRA: from the stage, from behind left and right, and the haze before each."""
    gain = ONE / 255.0**3 * house.level
    answers = _answers(house.seats.seed)[chosen]
    answers[:, 0] = house.faces[chosen]
    answers[:, 1] *= house.clapped[chosen]
    light, edge = np.array(house.light[::-1]), np.array(house.edge[::-1])
    colours = np.zeros((6, 4, 4), np.float32)
    colours[0, 0, :3] = light * (gain * (FACE + (BEHIND - FACE) * house.veil))
    colours[1, 0, :3] = gain * 0.10 * house.level
    colours[2, 1, :3] = colours[3, 2, :3] = edge * (gain * EDGE)
    ambient = np.array(frame.lights.ambient[::-1])
    colours[4, 3, :3] = (0.006 * edge + 0.003 * light + 0.1 * ambient) * house.level
    colours[5, 3, 3] = 1.0
    return (answers @ colours.reshape(6, 16)).reshape(-1, 4, 4)


@lru_cache(maxsize=4)
def _sizes(seed: int) -> tuple[Array, Array, Array]:
    """Everyone's head, picture heights; heads under its middle that are seen of who sits: what is lower the next row
    hides, or the dark; how much of the light of eyes is seen from so far."""
    row = house_seats(seed).row
    seated = SEATED[0] + (SEATED[1] - SEATED[0]) * row / (ROWS - 1.0)
    return (
        FIRST_SIZE * np.power(1.15, row),
        np.where(row == ROWS - 1, LOW, seated),
        0.35 + 0.65 * row / (ROWS - 1),
    )


def _layers(
    hands: Hands, chosen: NDArray[np.intp], comes: NDArray[np.bool_]
) -> tuple[NDArray[np.intp], NDArray[np.int64], Array]:
    """What is laid of those who are seen, who of them in which pose, and how far it shows: whose hands are on the way
    is there with no hands, and over that lie both poses, each as thin as the other is not. Nobody has four hands."""
    again = np.repeat(chosen, np.where(comes, 3, 1))
    first = np.searchsorted(chosen, again)
    which = np.arange(len(again)) - np.searchsorted(again, again)
    shows, on = hands.shows[again], comes[first]
    pose = np.where(which == 2, hands.other[again], hands.pose[again])
    pose = np.where(on & (which == 0), WAITING, pose)
    return again, pose, np.where(which == 2, shows, np.where(which == 1, 1.0 - shows, 1.0))


def paint_house(frame: Frame, house: House) -> None:
    """Draw everyone over what is behind them, the farthest row first: sharp, or as soft light behind a curtain."""
    canvas, seats, hands = frame.canvas, house.seats, house.hands
    lip, free = edge_of_stage(frame, house), gap(frame, house.curtain)
    soft = np.ascontiguousarray(free[canvas.scale // 2 :: canvas.scale]) // np.int16(canvas.scale)
    darken(frame, house, lip, soft)
    coarse = canvas.scale if house.veiled else 1
    out = canvas.field if house.veiled else canvas.crisp
    height, width = out.shape[:2]
    unit = round(canvas.view.unit / coarse)
    kept = sprites(unit)
    people = kept.crowd
    u, v = _heads(frame, house)
    x, y = canvas.view.x(u) / coarse, canvas.view.y(v) / coarse
    size, seated, _ = _sizes(seats.seed)
    head = size * unit
    here = (np.abs(x - width / 2) < width / 2 + HALF_WIDTH * head) & (y + LOW * head > 0) & (house.here > 0.0)
    chosen = (here & (y + HIGH * head < height)).nonzero()[0]
    if not len(chosen):
        return
    comes = (hands.shows[chosen] > 0.0) & (head[chosen] > LARGE)
    chosen, pose, shows = _layers(house.hands, chosen, comes)
    who = people.first[seats.row[chosen]] + seats.person[chosen] * len(POSES) + pose
    head = head[chosen]
    place = np.zeros((len(chosen), 10), np.float32)
    corner = kept.corner[who]
    place[:, 0], place[:, 1] = x[chosen] + corner[:, 0] * head, y[chosen] + corner[:, 1] * head
    for k, moved in enumerate((house.sway, house.nod, house.breath)):
        place[:, 2 + k] = moved[chosen] * head
    place[:, 6], place[:, 7] = head, corner[:, 1]
    low = seated[chosen] + FILLED * np.maximum(apart(frame.camera, seats.scale[chosen]) - 1.0, 0.0)
    edge = float(canvas.view.y(lip)) / coarse
    low = low + (np.maximum(STANDING, low) - low) * house.stood[chosen]
    low = y[chosen] + (low + (MELTED - low) * min(max(4.0 * house.veil - 3.0, 0.0), 1.0)) * head
    place[:, 8] = np.minimum(low, edge + (BEHIND_IT - UNEVEN * seats.phases[chosen, 1]) * head)
    faint = house.veil * (1.0 - smooth((seats.row[chosen] - THROUGH[0]) / (THROUGH[1] - THROUGH[0])))
    place[:, 9] = house.here[chosen] * shows * (1.0 - faint)
    bottom = int(min(place[:, 8].max() + MARGIN, height, edge))
    top = int(max(place[:, 1].min() - MARGIN, 0))
    if not house.veiled:  # there are hardly gaps between them
        canvas.touch(place[:, 0].min() - MARGIN, top, width, bottom - 1)
    canvas.threads.bands(
        max(bottom - top, 0), people_rows, out.reshape(-1), width, top, people.table, people.answers, people.colours,
        people.release, people.spans, who, place, soft if house.veiled else free, _lighting(frame, house, chosen),
        NO_EMBER, NO_PIT, f4(0), f4(0),
    )  # fmt: skip


def paint_house_light(frame: Frame, house: House, shine: float = 1.0) -> None:
    """Lamps along the balconies, eyes, and sparks of applause; `shine` is how much of their light is in the air."""
    between = gap(frame, house.curtain)
    if house.lamps > 0.0:
        u, v, across, down, light = _lamps()
        su, sv = seen_at(frame, house, u, v, _LAMPS_SCALE)
        shone = light * (np.array(house.light) * house.lamps)
        if len(between):
            shone = shone * _twice(free_of(frame, between, su, sv))[:, None]
        paint_glows(
            frame.canvas,
            frame.canvas.field,
            _twice(su),
            np.concatenate([sv, sv + 0.012]),
            across,
            down,
            shone,
        )
    specks = _specks(frame, house)
    if specks is None:
        return
    if len(between):
        free = free_of(frame, between, *places_of(frame.camera, specks))
        specks.light[...] *= free.astype(np.float32)[:, None]
    if house.veiled:
        _veil(frame, specks)
        return
    paint_motes(frame, specks)
    if shine > 0.0:
        specks.light[...] *= np.float32(shine)
        paint_mote_glow(frame, specks)


@lru_cache(maxsize=1)
def _lamps() -> tuple[Array, ...]:
    """Places u, v of the lamps; radii across and down and light (n, 1) of all bulbs, and then of all their glows."""
    across = np.linspace(-1.0, 1.0, LAMPS)
    places = [(1.15 * across, row_v(0) - drop - BEND * (1.15 * across) ** 2) for drop in (0.055, 0.115)]
    u, v = (np.concatenate(part) for part in zip(*places, strict=True))
    wide = np.repeat([0.006, 0.05], len(u))
    return u, v, wide, wide * np.repeat([1.0, 0.5], len(u)), np.repeat([0.5, 0.025], len(u))[:, None]


_LAMPS_SCALE = np.full(2 * LAMPS, 0.28)


def _veil(frame: Frame, specks: Motes) -> None:
    """Specks as soft light that shines through a curtain."""
    u, v = places_of(frame.camera, specks)
    wide = specks.radius.astype(np.float64)
    paint_glows(frame.canvas, frame.canvas.field, u, v, wide, wide, VEILED * specks.light.astype(np.float64))


def _as_if_near(frame: Frame, u: Array, v: Array, scale: Array) -> tuple[Array, Array]:
    """Places that specks at the pool must have to be seen there: specks of their true depth hide behind the people."""
    camera = frame.camera
    share = apart(frame.camera, scale) * (max(1.0 - camera.dolly, 0.3) / camera.zoom)
    return (u - camera.x * scale) * share + camera.x, HORIZON + (
        v + camera.y * scale - HORIZON
    ) * share - camera.y


def _specks(frame: Frame, house: House) -> Motes | None:
    """Eyes, and a spark for each clap; None where there are none."""
    found = [part for part in (_moons(frame, house), _sparks(frame, house)) if part is not None]  # made anew
    if len(found) < 2:
        return found[0] if found else None
    one, other = found
    parts = {name: np.concatenate([getattr(one, name), getattr(other, name)]) for name in one.__slots__}
    return Motes(**parts)


def _moons(frame: Frame, house: House) -> Motes | None:
    """The eyes of those who have no face: who has one has eyes in it."""
    seats: Any = house.seats
    faceless = 1.0 + np.square((MOONLESS * (1.0 - house.veil)) * house.faces)
    bright = (1.9 * house.eyes) * house.blink * _sizes(seats.seed)[2] / faceless
    seen_ = (bright > DULL).nonzero()[0]
    if not len(seen_):
        return None
    size, scale = seats.size[seen_], seats.scale[seen_]
    between = sprites(round(frame.canvas.view.unit)).eyes[seats.person[seen_]]
    u = seats.u[seen_] + (between[:, 0] + house.sway[seen_] + EYES) * size
    v = (between[:, 1] + house.nod[seen_] - house.stood[seen_] * TALLER) * size + (
        seats.v[seen_] - house.rise
    )
    u, v = _as_if_near(frame, u, v, scale)
    return specks_at(u.ravel(), _twice(v), _twice(0.0008 + 0.022 * size), _twice(bright[seen_]), house.eye)


def _twice(x: Array) -> Array:
    """(2 n,): all of it, and all of it again."""
    return np.concatenate([x, x])


def _sparks(frame: Frame, house: House) -> Motes | None:
    """The light of hands that have just met."""
    seats = house.seats
    lit = (house.clapped > 0.02).nonzero()[0]
    if not len(lit):
        return None
    size = seats.size[lit]
    u = seats.u[lit] + house.sway[lit] * size
    v = seats.v[lit] - house.rise + (HANDS - house.stood[lit] * TALLER) * size
    places = _as_if_near(frame, u, v, seats.scale[lit])
    return specks_at(*places, 0.0010 + 0.030 * size, 1.3 * house.clapped[lit], house.light)
