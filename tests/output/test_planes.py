"""Video colours are BT.709's, to the last step of eight bits."""

from __future__ import annotations

import numpy as np
import pytest

from performance.output.planes import Bytes, convert
from performance.paint.threads import Threads


def planes(pixels: Bytes, threads: int = 2) -> tuple[Bytes, Bytes, Bytes]:
    """The planes of a picture, in rows longer than need be, as an encoder has them."""
    height, width = pixels.shape[:2]
    out = (
        np.full((height, width + 32), 7, np.uint8),
        np.full((height // 2, width // 2 + 16), 7, np.uint8),
        np.full((height // 2, width // 2 + 16), 7, np.uint8),
    )
    convert(Threads(threads), pixels, out)
    return out


def flat(red: int, green: int, blue: int) -> Bytes:
    pixels = np.zeros((8, 8, 4), np.uint8)
    pixels[:] = (blue, green, red, 99)
    return pixels


@pytest.mark.parametrize(
    ("rgb", "expected"),
    [  # 75 % bars and ends of BT.709 in eight bits, as in SMPTE RP 219
        ((255, 255, 255), (235, 128, 128)),
        ((0, 0, 0), (16, 128, 128)),
        ((191, 191, 191), (180, 128, 128)),
        ((191, 191, 0), (168, 44, 136)),
        ((0, 191, 191), (145, 147, 44)),
        ((0, 191, 0), (133, 63, 52)),
        ((191, 0, 0), (51, 109, 212)),
        ((0, 0, 191), (28, 212, 120)),
        ((255, 0, 0), (63, 102, 240)),
        ((0, 0, 255), (32, 240, 118)),
    ],
)
def test_colour_bars(rgb: tuple[int, int, int], expected: tuple[int, int, int]) -> None:
    got = [int(plane[0, 0]) for plane in planes(flat(*rgb))]
    assert np.abs(np.array(got) - expected).max() <= 1


def test_every_grey_has_no_colour() -> None:
    for level in range(256):
        _, blue, red = planes(flat(level, level, level), threads=1)
        assert blue[0, 0] == red[0, 0] == 128


def test_against_the_standards_own_formula() -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (64, 96, 4), dtype=np.uint8)
    luma, blue, red = planes(pixels)
    colours = pixels[..., :3].astype(float) @ np.eye(3)
    y = colours @ (0.0722, 0.7152, 0.2126)
    halved = colours.reshape(32, 2, 48, 2, 3).mean(axis=(1, 3))
    grey = halved @ (0.0722, 0.7152, 0.2126)
    assert np.abs(luma[:, :96] - (16 + 219 * y / 255)).max() < 0.52
    assert np.abs(blue[:, :48] - (128 + 224 / 255 * (halved[..., 0] - grey) / 1.8556)).max() < 0.52
    assert np.abs(red[:, :48] - (128 + 224 / 255 * (halved[..., 2] - grey) / 1.5748)).max() < 0.52


def test_nothing_is_written_beside_the_picture() -> None:
    luma, blue, red = planes(np.zeros((16, 16, 4), np.uint8))
    assert (luma[:, 16:] == 7).all()
    assert (blue[:, 8:] == 7).all()
    assert (red[:, 8:] == 7).all()


def test_an_odd_size_is_refused() -> None:
    with pytest.raises(ValueError, match="even"):
        planes(np.zeros((15, 16, 4), np.uint8))
