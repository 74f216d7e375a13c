"""The crisp picture by tiles: cleared, let go where nothing was painted, and made small for mirrors and bloom.

Only tiles that somebody touched cost anything.
"""

from __future__ import annotations

from performance.paint.canvas import TILE, Bytes, Light
from performance.paint.kernels import f4, kernel


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1])")
def clear_crisp(t0: int, t1: int, crisp: Light, touched: Bytes) -> None:
    """Make the touched tiles of rows of tiles [t0, t1) empty and untouched."""
    h, w = crisp.shape[0], crisp.shape[1]
    for ty in range(t0, t1):
        for tx in range(touched.shape[1]):
            if touched[ty, tx]:
                touched[ty, tx] = 0
                crisp[ty * TILE : min((ty + 1) * TILE, h), tx * TILE : min((tx + 1) * TILE, w)] = f4(0)


@kernel("void(i8, i8, f4[:,:,::1], u1[:,::1])")
def release_empty(t0: int, t1: int, crisp: Light, touched: Bytes) -> None:
    """Let go of tiles that a painter's box reached but nothing was painted in: they need no work pixel by pixel."""
    h, w = crisp.shape[0], crisp.shape[1]
    for ty in range(t0, t1):
        for tx in range(touched.shape[1]):
            if touched[ty, tx] == 0:
                continue
            seen = False
            for y in range(ty * TILE, min((ty + 1) * TILE, h)):
                row = crisp[y, tx * TILE : min((tx + 1) * TILE, w)].reshape(-1)
                most = f4(0)
                for i in range(row.shape[0]):
                    most = max(most, abs(row[i]))
                if most > f4(0):
                    seen = True
                    break
            if not seen:
                touched[ty, tx] = 0


@kernel("void(i8, i8, f4[:,:,::1], f4[:,:,::1], f4[:,:,::1], u1[:,::1], u1[:,::1], i8)")
def shrink(
    y0: int, y1: int, env: Light, field: Light, crisp: Light, touched: Bytes, detail: Bytes, s: int
) -> None:
    """env = the picture so far at the size of the field: crisp over field (air left out)."""
    h, w, fw = crisp.shape[0], crisp.shape[1], env.shape[1]
    for y in range(y0, y1):
        top, bottom = y * s, min((y + 1) * s, h)
        for x in range(fw):
            left, right = x * s, min((x + 1) * s, w)
            b = field[y, x, 0]
            g = field[y, x, 1]
            r = field[y, x, 2]
            if touched[top // TILE, left // TILE] or touched[(bottom - 1) // TILE, (right - 1) // TILE]:
                sb = f4(0)
                sg = f4(0)
                sr = f4(0)
                sa = f4(0)
                for yy in range(top, bottom):
                    for xx in range(left, right):
                        sb += min(crisp[yy, xx, 0], f4(24))
                        sg += min(crisp[yy, xx, 1], f4(24))
                        sr += min(crisp[yy, xx, 2], f4(24))
                        sa += crisp[yy, xx, 3]
                k = f4(1) / f4((bottom - top) * (right - left))
                keep = max(f4(1) - sa * k, f4(0))
                b = b * keep + sb * k
                g = g * keep + sg * k
                r = r * keep + sr * k
            env[y, x, 0] = b
            env[y, x, 1] = g
            env[y, x, 2] = r
