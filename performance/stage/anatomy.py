"""The modelled body: cones of flesh round the bones, in the pose in which it is modelled.

Each cone is (a xyz, radius a, b xyz, radius b, belly, softness, bone). Their smooth union (polynomial smooth
minimum, after Quilez, "smooth minimum") is the skin. Torsos come from pairs of cones left and right, which makes
them flat; a belly thickens a cone in its middle as a muscle does. Lengths in figure heights.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.stage.flesh import Flesh, hand, v
from performance.stage.limbs import rest_bodies
from performance.stage.skeleton import (
    BONE,
)

Array = NDArray[np.float64]
HAIR_SOFT = 0.010


def body() -> tuple[Array, Array]:
    """(cones of the skin (n, 11), cones of the hair (m, 11))."""
    rest = rest_bodies().origins[0]
    at = {name: rest[i] for name, i in BONE.items()}
    flesh = Flesh()
    _torso(flesh, at)
    for s, g in (("A", 1.0), ("B", -1.0)):
        _arm(flesh, at, s, g)
        _leg(flesh, at, s, g)
    _neck_and_head(flesh, at)
    for s in "AB":
        hand(flesh, at, s)
    hair = Flesh()
    _hair(hair, at["head"])
    return np.array(flesh.rows), np.array(hair.rows)


def _torso(f: Flesh, at: dict[str, Array]) -> None:
    for g in (1.0, -1.0):
        f.cone("pelvis", v(g * 0.040, -0.012, -0.004), v(g * 0.030, 0.055, 0.0), 0.055, 0.045, 0.0, 0.035)
        f.cone(
            "pelvis", v(g * 0.036, -0.030, -0.030), v(g * 0.030, 0.015, -0.022), 0.044, 0.038, 0.0, 0.030
        )  # seat
        f.cone("spine", v(g * 0.024, 0.060, 0.002), v(g * 0.026, 0.125, 0.002), 0.0385, 0.040, 0.0, 0.035)
        f.cone("chest", v(g * 0.030, 0.140, 0.000), v(g * 0.034, 0.215, -0.006), 0.043, 0.045, 0.0, 0.030)
        f.cone(
            "chest", v(g * 0.036, 0.190, 0.026), v(g * 0.031, 0.218, 0.014), 0.0280, 0.0250, 0.0, 0.030
        )  # breast
        f.cone(
            "chest", v(g * 0.046, 0.200, -0.028), v(g * 0.040, 0.245, -0.022), 0.020, 0.022, 0.0, 0.022
        )  # shoulder blade
        f.cone(
            "chest", v(g * 0.056, 0.180, -0.006), v(g * 0.062, 0.225, -0.004), 0.020, 0.020, 0.0, 0.03
        )  # side, to the armpit
    f.cone("chest", v(0, 0.225, -0.004), v(0, 0.272, -0.006), 0.040, 0.026, 0.0, 0.03)


def _arm(f: Flesh, at: dict[str, Array], s: str, g: float) -> None:
    shoulder, elbow, wrist = at["arm" + s], at["fore" + s], at["hand" + s]
    neck = at["neck"]
    f.cone(
        "clavicle" + s,
        neck + v(g * 0.012, 0.004, -0.008),
        shoulder + v(-g * 0.008, 0.010, -0.006),
        0.0165,
        0.0215,
        0.0,
        0.030,
    )
    f.cone(
        "clavicle" + s,
        neck + v(g * 0.008, -0.012, 0.024),
        shoulder + v(-g * 0.014, 0.012, 0.014),
        0.0062,
        0.0060,
        0.0,
        0.012,
    )  # collarbone
    f.cone("arm" + s, shoulder, shoulder * 0.72 + elbow * 0.28, 0.0262, 0.0222, 0.0, 0.022)  # deltoid
    f.cone("arm" + s, shoulder * 0.85 + elbow * 0.15, elbow, 0.0225, 0.0172, 0.0018, 0.016)
    f.cone("fore" + s, elbow, elbow * 0.45 + wrist * 0.55, 0.0172, 0.0170, 0.0022, 0.012)
    f.cone("fore" + s, elbow * 0.5 + wrist * 0.5, wrist, 0.0165, 0.0112, 0.0, 0.012)


def _leg(f: Flesh, at: dict[str, Array], s: str, g: float) -> None:
    hip, knee, ankle, ball = at["thigh" + s], at["shin" + s], at["foot" + s], at["toes" + s]
    f.cone("thigh" + s, hip, knee, 0.052, 0.0285, 0.004, 0.02)
    f.cone(
        "thigh" + s,
        hip * 0.15 + knee * 0.85 + v(0, 0, 0.008),
        knee + v(0, -0.004, 0.008),
        0.026,
        0.024,
        0.0,
        0.02,
    )  # knee cap
    f.cone("shin" + s, knee, ankle, 0.0275, 0.0145, 0.002, 0.014)
    f.cone(
        "shin" + s,
        knee * 0.85 + ankle * 0.15 + v(0, 0, -0.010),
        knee * 0.45 + ankle * 0.55 + v(0, 0, -0.005),
        0.022,
        0.016,
        0.005,
        0.02,
    )  # calf
    _foot(f, ankle, ball, s, g)


def _foot(f: Flesh, ankle: Array, ball: Array, s: str, g: float) -> None:
    heel = ankle + v(0, -0.020, -0.020)
    along = ball - ankle
    f.cone("foot" + s, ankle, heel, 0.0150, 0.0135, 0.0, 0.012)
    f.cone("foot" + s, ankle + along * 0.1, ball + v(0, 0.004, 0), 0.0165, 0.0125, 0.0, 0.012)  # instep
    f.cone(
        "foot" + s,
        heel + v(0, -0.001, 0.004),
        ball + v(-g * 0.004, -0.003, 0),
        0.0120,
        0.0105,
        -0.0015,
        0.012,
    )
    f.cone(
        "toes" + s,
        ball + v(-g * 0.007, -0.002, -0.002),
        ball + v(-g * 0.004, -0.006, 0.026),
        0.0095,
        0.0068,
        0.0,
        0.008,
    )
    f.cone(
        "toes" + s,
        ball + v(g * 0.006, -0.003, -0.006),
        ball + v(g * 0.008, -0.007, 0.014),
        0.0090,
        0.0062,
        0.0,
        0.008,
    )


def _neck_and_head(f: Flesh, at: dict[str, Array]) -> None:
    h = at["head"] + v(0, 0.052, 0.0)
    _neck(f, at)
    f.cone("head", h + v(0, 0.022, -0.012), h + v(0, 0.014, 0.006), 0.0465, 0.0430, 0.0, 0.02)
    f.cone("head", h + v(0, -0.002, 0.012), h + v(0, -0.034, 0.024), 0.0370, 0.0200, 0.0, 0.022)
    for g in (1.0, -1.0):
        _side_of_face(f, h, g)
    _nose_and_mouth(f, h)


def _neck(f: Flesh, at: dict[str, Array]) -> None:
    f.cone(
        "neck",
        at["neck"] + v(0, -0.016, -0.010),
        at["head"] + v(0, 0.006, -0.006),
        0.0215,
        0.0190,
        0.0,
        0.016,
    )
    for g in (1.0, -1.0):  # the cords from behind the ear to the breastbone
        cord = at["neck"] + v(g * 0.008, -0.012, 0.013), at["head"] + v(g * 0.021, 0.012, -0.006)
        f.cone("neck", *cord, 0.0052, 0.0070, 0.0, 0.016)


def _side_of_face(f: Flesh, h: Array, g: float) -> None:
    f.cone(
        "head",
        h + v(g * 0.031, -0.018, -0.002),
        h + v(g * 0.012, -0.045, 0.026),
        0.0150,
        0.0115,
        0.0,
        0.018,
    )  # jaw
    f.cone(
        "head",
        h + v(g * 0.019, -0.008, 0.030),
        h + v(g * 0.030, -0.006, 0.016),
        0.0120,
        0.0115,
        0.0,
        0.014,
    )  # cheek
    f.carve(
        "head", h + v(g * 0.016, 0.0035, 0.0520), h + v(g * 0.025, 0.0030, 0.0465), 0.0078, 0.0070, 0.010
    )  # socket
    f.cone(
        "head",
        h + v(g * 0.0150, 0.0025, 0.0375),
        h + v(g * 0.0235, 0.0025, 0.0345),
        0.0062,
        0.0060,
        0.0,
        0.004,
    )
    f.cone(
        "head",
        h + v(g * 0.0080, 0.0125, 0.0465),
        h + v(g * 0.0300, 0.0130, 0.0325),
        0.0036,
        0.0044,
        0.0,
        0.010,
    )
    f.cone(
        "head",
        h + v(g * 0.0440, 0.006, -0.004),
        h + v(g * 0.0445, -0.012, -0.001),
        0.0075,
        0.0045,
        0.0,
        0.004,
    )


def _nose_and_mouth(f: Flesh, h: Array) -> None:
    f.cone("head", h + v(0, 0.012, 0.0465), h + v(0, -0.0095, 0.0560), 0.0034, 0.0046, 0.0, 0.008)  # nose
    f.cone(
        "head", h + v(-0.0045, -0.0120, 0.0500), h + v(0.0045, -0.0120, 0.0500), 0.0040, 0.0040, 0.0, 0.006
    )
    f.cone(
        "head", h + v(-0.0085, -0.0255, 0.0425), h + v(0.0085, -0.0255, 0.0425), 0.0036, 0.0036, 0.0022, 0.005
    )  # lips
    f.cone(
        "head", h + v(-0.0065, -0.0312, 0.0415), h + v(0.0065, -0.0312, 0.0415), 0.0040, 0.0040, 0.0020, 0.005
    )
    f.cone("head", h + v(0, -0.0470, 0.0345), h + v(0, -0.0450, 0.0320), 0.0098, 0.0110, 0.0, 0.012)  # chin


def _hair(f: Flesh, head: Array) -> None:
    """Drawn back from a parting into a low knot, with a soft wave over each temple."""
    h = head + v(0, 0.052, 0.0)
    f.cone("head", h + v(0, 0.029, -0.015), h + v(0, 0.041, -0.006), 0.0490, 0.0420, 0.0, HAIR_SOFT)
    f.cone("head", h + v(0, 0.004, -0.024), h + v(0, 0.022, -0.018), 0.0405, 0.0440, 0.0, HAIR_SOFT)
    for g in (1.0, -1.0):
        f.cone(
            "head",
            h + v(g * 0.0050, 0.0620, 0.0180),
            h + v(g * 0.0370, 0.0240, 0.0130),
            0.0100,
            0.0100,
            0.003,
            0.007,
        )
        f.cone(
            "head",
            h + v(g * 0.0370, 0.0240, 0.0120),
            h + v(g * 0.0370, -0.0060, -0.0150),
            0.0100,
            0.0120,
            0.002,
            HAIR_SOFT,
        )
        f.cone(
            "head",
            h + v(g * 0.0330, -0.006, -0.018),
            h + v(g * 0.010, -0.0080, -0.0520),
            0.0120,
            0.0130,
            0.002,
            HAIR_SOFT,
        )
    f.cone("head", h + v(-0.007, 0.044, -0.052), h + v(0.007, 0.045, -0.053), 0.0245, 0.0245, 0.002, 0.006)
    f.cone("head", h + v(0, 0.055, -0.046), h + v(0, 0.034, -0.056), 0.0215, 0.0205, 0.0, 0.006)
    f.cone("head", h + v(0, 0.030, -0.040), h + v(0, 0.040, -0.046), 0.0250, 0.0230, 0.0, 0.012)
