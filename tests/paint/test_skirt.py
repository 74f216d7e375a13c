"""The skirt is cut to the hips and hangs from there on."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from performance.paint.figure import folds_of
from performance.paint.skirt import COLUMNS, RINGS_DOWN, SKIRT_LENGTH, hang

Rows = NDArray[np.float32]
MOMENTS = 7
HIPS = np.array([0.0, 0.5, 0.0], np.float32)


def hung(tilt: float) -> tuple[Rows, Rows]:
    """The cloth of hips that tilt forward by `tilt` radians, and as it lies in the hips' own frame."""
    turn = np.array(
        [[1, 0, 0], [0, math.cos(tilt), -math.sin(tilt)], [0, math.sin(tilt), math.cos(tilt)]], np.float32
    )
    cloth = np.zeros((RINGS_DOWN, COLUMNS, 4), np.float32)
    legs = np.tile(
        np.array(
            [[[0.05, 0.25, 0.01], [0.05, 0.02, 0]], [[-0.05, 0.25, 0.01], [-0.05, 0.02, 0]]], np.float32
        ),
        (MOMENTS, 1, 1, 1),
    )
    hang(
        0, COLUMNS, cloth, np.tile(HIPS, (MOMENTS, 1)), np.tile(turn, (MOMENTS, 1, 1)), np.zeros(MOMENTS, np.float32),
        legs, folds_of(1, 0.0), np.float32(SKIRT_LENGTH),
    )  # fmt: skip
    return cloth[..., :3], (cloth[..., :3] - HIPS) @ turn


def test_in_a_bow_it_stays_on_the_hips() -> None:
    (_, upright), (_, bowed) = hung(0.0), hung(0.6)
    assert np.abs(upright[:4] - bowed[:4]).max() < 0.015


def test_below_the_hips_it_hangs() -> None:
    for tilt in (0.0, 0.3, 0.6):
        cloth, _ = hung(tilt)
        fall = np.diff(cloth[10:].mean(1), axis=0)
        assert (fall[:, 1] < -0.8 * np.hypot(fall[:, 0], fall[:, 2])).all()
        assert (cloth[..., 1] > 0.0).all()


def test_a_knee_that_rises_takes_it_along_at_once() -> None:
    cloth = np.zeros((RINGS_DOWN, COLUMNS, 4), np.float32)
    legs = np.zeros((MOMENTS, 2, 2, 3), np.float32)
    for n in range(MOMENTS):
        ahead = 0.13 * (1.0 - n / (MOMENTS - 1))  # now far ahead, HEM_LATE ago under the hip
        legs[n] = [[[0.05, 0.28, ahead], [0.05, 0.05, 0.6 * ahead]], [[-0.05, 0.25, 0], [-0.05, 0.02, 0]]]
    still = np.tile(np.eye(3, dtype=np.float32), (MOMENTS, 1, 1))
    hang(
        0, COLUMNS, cloth, np.tile(HIPS, (MOMENTS, 1)), still, np.zeros(MOMENTS, np.float32), legs, folds_of(1, 0.0),
        np.float32(SKIRT_LENGTH),
    )  # fmt: skip
    knee = legs[0, 0, 0]
    around = (np.abs(cloth[..., 0] - knee[0]) < 0.03) & (np.abs(cloth[..., 1] - knee[1]) < 0.03)
    assert cloth[around][:, 2].max() > knee[2] + 0.02
