"""The picture as video stores it: BT.709 luma and halved chroma, from the display's pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from performance.paint.kernels import kernel
from performance.paint.threads import Threads

Bytes = NDArray[np.uint8]

# Rec. ITU-R BT.709-6, narrow range: Y' = 16 + 219 (.2126 R' + .7152 G' + .0722 B'),
# C = 128 + 224 (X' - Y') / 2 (1 - Kx), times 2^15 / 255. Each row of chroma adds up to 0, so that grey has none.
YR, YG, YB = 5983, 20127, 2032
UR, UG, UB = -3298, -11094, 14392
VR, VG, VB = 14392, -13073, -1319


@kernel("void(i8, i8, u4[:,::1], u1[:,::1], u1[:,::1], u1[:,::1])")
def to_planes(top, bottom, pixels, luma, blue, red):  # type: ignore[no-untyped-def]
    """Rows [top, bottom) of chroma, each made of two rows of pixels."""
    for row in range(top, bottom):
        half = pixels.shape[1] // 2
        for y in range(2 * row, 2 * row + 2):
            line, out = pixels[y], luma[y]
            for x in range(2 * half):
                p = np.int32(line[x])
                grey = YR * (p >> 16 & 255) + YG * (p >> 8 & 255) + YB * (p & 255)
                out[x] = np.uint8(np.int32(grey + (16 << 15) + (1 << 14)) >> 15)
        upper, lower, u, v = pixels[2 * row], pixels[2 * row + 1], blue[row], red[row]
        for x in range(half):
            a, b = np.int32(upper[2 * x]), np.int32(upper[2 * x + 1])
            c, d = np.int32(lower[2 * x]), np.int32(lower[2 * x + 1])
            r = (a >> 16 & 255) + (b >> 16 & 255) + (c >> 16 & 255) + (d >> 16 & 255)
            g = (a >> 8 & 255) + (b >> 8 & 255) + (c >> 8 & 255) + (d >> 8 & 255)
            s = (a & 255) + (b & 255) + (c & 255) + (d & 255)
            u[x] = np.uint8(np.int32(UR * r + UG * g + UB * s + (128 << 17) + (1 << 16)) >> 17)
            v[x] = np.uint8(np.int32(VR * r + VG * g + VB * s + (128 << 17) + (1 << 16)) >> 17)


def convert(threads: Threads, pixels: Bytes, planes: tuple[Bytes, Bytes, Bytes]) -> None:
    """Pixels (h, w, 4) blue, green, red, any into planes (h, >= w), (h/2, >= w/2) twice. h and w are even."""
    height, width = pixels.shape[:2]
    if height % 2 or width % 2:
        raise ValueError(f"a picture with halved chroma has an even size, not {width}x{height}")
    whole = pixels.view(np.uint32).reshape(height, width)
    threads.bands(height // 2, to_planes, whole, *planes)
