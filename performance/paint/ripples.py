"""Rings that run out over a pool from where drops have struck, as slopes on a grid."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.kernels import f4, kernel

Rows = NDArray[np.float32]
GRID_X, GRID_Z = 96, 64  # of the slopes


@kernel("void(i8, i8, f4[:,:,::1], f4[:,::1], f4, f4)")
def ripple(z0: int, z1: int, slopes: Rows, rings: Rows, radius: float, t: float) -> None:
    """Rows [z0, z1) of the pool's slopes (GRID_Z, GRID_X, 2) on a grid from -radius to radius: rings with a sharp
    front and a long tail, over a slow swell."""
    for i in range(z0, z1):
        z = (f4(i) / f4(slopes.shape[0] - 1) * f4(2) - f4(1)) * radius * f4(1.15)
        for j in range(slopes.shape[1]):
            x = (f4(j) / f4(slopes.shape[1] - 1) * f4(2) - f4(1)) * radius * f4(1.15)
            sx = f4(0.05) * np.sin(f4(21) * x + f4(13) * z + f4(0.9) * t) + f4(0.03) * np.sin(
                f4(37) * z - f4(0.7) * t
            )
            sz = f4(0.06) * np.sin(f4(17) * z - f4(9) * x - f4(0.8) * t) + f4(0.03) * np.sin(
                f4(41) * x + f4(1.1) * t
            )
            for k in range(rings.shape[0]):
                dx = x - rings[k, 0]
                dz = z - rings[k, 1]
                d = np.sqrt(dx * dx + dz * dz) + f4(1e-4)
                front = f4(0.16) * rings[k, 2] - d
                if front < f4(-0.01):
                    continue
                tail = (f4(1) if front > f4(0) else f4(1) + front * f4(100)) / (
                    f4(1) + f4(500) * front * front
                )
                wave = rings[k, 3] * f4(0.55) * tail * np.sin(f4(125) * front) * min(d * f4(60), f4(1))
                sx += wave * dx / d
                sz += wave * dz / d
            slopes[i, j, 0] = sx
            slopes[i, j, 1] = sz
