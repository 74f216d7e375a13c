"""Enlarging keeps what it is given where it is: flat colours exact, edges in place, nothing out of range."""

from __future__ import annotations

import numpy as np
import pytest

from performance.paint.density import (
    FULL,
    LEAST_PIXELS,
    QUALITIES,
    canvas_size,
    density_of,
    field_rows,
    live,
)
from performance.paint.enlarge import Enlarger
from performance.paint.threads import Threads

SIZES = [((240, 135), (320, 180)), ((144, 81), (192, 108)), ((100, 77), (333, 251)), ((31, 200), (62, 211))]


def enlarged(small: np.ndarray, size: tuple[int, int], threads: int = 1) -> np.ndarray:
    out = np.zeros((size[1], size[0], 4), np.uint8)
    Enlarger((small.shape[1], small.shape[0]), size).enlarge(Threads(threads), small, out)
    return out


def noise(size: tuple[int, int]) -> np.ndarray:
    return np.random.default_rng(7).integers(0, 256, (size[1], size[0], 4), np.uint8)


@pytest.mark.parametrize(("small", "size"), SIZES)
def test_flat_colours_stay_exact(small: tuple[int, int], size: tuple[int, int]) -> None:
    for colour in ((0, 0, 0, 0), (255, 255, 255, 255), (1, 254, 128, 77)):
        flat = np.full((small[1], small[0], 4), colour, np.uint8)
        assert (enlarged(flat, size) == np.array(colour, np.uint8)).all()


@pytest.mark.parametrize(("small", "size"), SIZES)
def test_edges_stay_in_place(small: tuple[int, int], size: tuple[int, int]) -> None:
    """A bright rectangle has its middle and its extent where they were, to a tenth of a large pixel."""
    picture = np.zeros((small[1], small[0], 4), np.uint8)
    left, right, top, bottom = small[0] // 5, small[0] // 2, small[1] // 4, small[1] * 2 // 3
    picture[top:bottom, left:right] = 200
    large = enlarged(picture, size)[..., 1].astype(float) / 200.0
    for line, first, last, ratio in (
        (large.max(axis=0), left, right, size[0] / small[0]),
        (large.max(axis=1), top, bottom, size[1] / small[1]),
    ):
        assert line.sum() == pytest.approx((last - first) * ratio, abs=0.2)
        middle = (line * (np.arange(len(line)) + 0.5)).sum() / line.sum()
        assert middle == pytest.approx((first + last) / 2 * ratio, abs=0.1)


@pytest.mark.parametrize(("small", "size"), SIZES)
def test_every_byte_lies_between_its_neighbours(small: tuple[int, int], size: tuple[int, int]) -> None:
    picture = noise(small)
    large = enlarged(picture, size)
    rows, columns = (
        np.clip(((np.arange(many) + 0.5) * few / many - 0.5).astype(int), 0, few - 2)
        for many, few in ((size[1], small[1]), (size[0], small[0]))
    )
    corners = np.stack([picture[rows + j][:, columns + i] for j in (0, 1) for i in (0, 1)])
    assert (large <= corners.max(0)).all()
    assert (large >= corners.min(0)).all()


def test_threads_change_nothing() -> None:
    picture = noise((240, 135))
    one, three = (enlarged(picture, (320, 180), threads) for threads in (1, 3))
    assert np.array_equal(one, three)


@pytest.mark.parametrize(
    "size", [(320, 180), (1280, 720), (1920, 1080), (1080, 1920), (3840, 2160), (2560, 600)]
)
def test_what_is_played_is_painted_with_fewer_pixels_and_recorded_with_all(size: tuple[int, int]) -> None:
    small = canvas_size(size, live(size))
    assert small[0] * small[1] >= min(LEAST_PIXELS, size[0] * size[1]) * 0.99
    assert small[0] / small[1] == pytest.approx(size[0] / size[1], rel=0.003)
    assert live(size) <= density_of("full", size) < density_of("film", size)
    for quality in QUALITIES:
        density = density_of(quality, size)
        assert canvas_size(size, density) == (small if density < FULL else size)
        assert field_rows(density, size) >= min(180, size[1] / 6)  # a row of soft light to six of a picture
    if small[1] < size[1]:  # thinned, soft light is as many pixels of the canvas as ever
        thin = canvas_size(size, live(size) / 2)[1] / field_rows(live(size) / 2, size)
        assert thin == pytest.approx(small[1] / field_rows(live(size), size), rel=0.01)


def test_larger_pictures_are_painted_on_larger_canvases() -> None:
    sizes = [(w, w * 9 // 16) for w in range(320, 3841, 160)]
    canvases = [canvas_size(size, live(size))[1] for size in sizes]
    assert canvases == sorted(canvases)


@pytest.mark.parametrize("begin", [0, 4, 12, 16])
def test_it_is_the_same_picture_wherever_it_lies_in_memory(begin: int) -> None:
    """Written past the cache or not, and by any number of threads."""
    small, size = noise((96, 54)), (152, 81)
    whole = enlarged(small, size)
    memory = np.zeros(size[0] * size[1] * 4 + 64, np.uint8)
    at = -memory.__array_interface__["data"][0] % 16 + begin
    out = memory[at : at + whole.size].reshape(whole.shape)
    Enlarger((96, 54), size).enlarge(Threads(2), small, out)
    assert (out == whole).all()
    assert not memory[:at].any()
    assert not memory[at + whole.size :].any()
