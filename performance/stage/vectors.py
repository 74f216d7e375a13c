"""Directions and rotations of one moment, compiled: a vector is three numbers, a rotation its three columns."""

from __future__ import annotations

import math

from performance.compiled import called

Vector = tuple[float, float, float]
Turn = tuple[Vector, Vector, Vector]


@called
def along(a: Vector, b: Vector, k: float) -> Vector:
    """a + k b."""
    return a[0] + k * b[0], a[1] + k * b[1], a[2] + k * b[2]


@called
def towards(a: Vector, b: Vector, share: float) -> Vector:
    """The way from a to b."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share


@called
def dot(a: Vector, b: Vector) -> float:
    """How far a goes along b, for b of length 1."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


@called
def cross(a: Vector, b: Vector) -> Vector:
    """Upright on both, by the rule of the right hand."""
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


@called
def unit(a: Vector) -> Vector:
    """At length 1."""
    k = 1.0 / math.sqrt(max(dot(a, a), 1e-18))
    return a[0] * k, a[1] * k, a[2] * k


@called
def frame(y: Vector, front: Vector) -> Turn:
    """Columns x, y, z: y as given, z the part of `front` at right angles to it."""
    z = unit(along(front, y, -dot(y, front)))
    return cross(y, z), y, z


@called
def frame_across(x: Vector, up: Vector) -> Turn:
    """The same from an upward y and an x that is made to fit."""
    x = unit(along(x, up, -dot(x, up)))
    return x, up, cross(x, up)


@called
def turned(m: Turn, v: Vector) -> Vector:
    """A vector turned by m."""
    x, y, z = m
    return (
        x[0] * v[0] + y[0] * v[1] + z[0] * v[2],
        x[1] * v[0] + y[1] * v[1] + z[1] * v[2],
        x[2] * v[0] + y[2] * v[1] + z[2] * v[2],
    )


@called
def product(m: Turn, n: Turn) -> Turn:
    """The turn n, then the turn m."""
    return turned(m, n[0]), turned(m, n[1]), turned(m, n[2])


@called
def back(m: Turn) -> Turn:
    """The turn undone."""
    x, y, z = m
    return (x[0], y[0], z[0]), (x[1], y[1], z[1]), (x[2], y[2], z[2])


@called
def swing(start: Vector, end: Vector) -> Turn:
    """The least rotation that brings a unit direction `start` to `end`."""
    x, y, z = cross(start, end)
    c = dot(start, end)
    k = 1.0 / max(1.0 + c, 0.06)
    return (
        (c + k * x * x, k * x * y + z, k * x * z - y),
        (k * x * y - z, c + k * y * y, k * y * z + x),
        (k * x * z + y, k * y * z - x, c + k * z * z),
    )


@called
def about_x(angle: float) -> Turn:
    """A rotation about a bone's own x."""
    c, s = math.cos(angle), math.sin(angle)
    return (1.0, 0.0, 0.0), (0.0, c, s), (0.0, -s, c)


@called
def yawed(yaw: float) -> Turn:
    """A rotation that turns the audience's side towards +x."""
    c, s = math.cos(yaw), math.sin(yaw)
    return (c, 0.0, -s), (0.0, 1.0, 0.0), (s, 0.0, c)
