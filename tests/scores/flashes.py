"""Flashes counted as WCAG 2.3.1 defines them, independently of the governor; and FFmpeg's own opinion.

https://www.w3.org/WAI/WCAG22/Understanding/three-flashes-or-below-threshold.html
"""

from __future__ import annotations

import av
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
Array = NDArray[np.float64]

CELL = 8  # pixels on a side: a sixteenth of a very small picture is watched by itself, however small an area it is
GENERAL, DARKER = (
    0.10,
    0.80,
)  # of relative luminance: a change, and what the darker of its two states is below
RED, SATURATED = 20.0 / 320.0, 0.80  # a change of R - G - B, and the share of red in a state of it
LEVELS = np.arange(256) / 255.0
LINEAR = np.where(LEVELS <= 0.04045, LEVELS / 12.92, ((LEVELS + 0.055) / 1.055) ** 2.4)


def in_worst_second(frames: Pixels, fps: float) -> float:
    """The most flashes, general or red, in any second of frames (n, h, w, 3) BGR, in any cell."""
    n, h, w, _ = frames.shape
    cells = LINEAR[frames].reshape(n, h // CELL, CELL, w // CELL, CELL, 3).mean((2, 4)).reshape(n, -1, 3)
    blue, green, red = np.moveaxis(cells, -1, 0)
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    saturated = red >= SATURATED * np.maximum(red + green + blue, 1e-9)
    general = _turns(light, GENERAL, light < DARKER)
    reds = _turns(np.maximum(red - green - blue, 0.0), RED, saturated)
    window = round(fps)
    most = 0
    for turns in (general, reds):
        padded = np.concatenate([turns, np.zeros((window, turns.shape[1]), int)])
        sums = np.concatenate([np.zeros((1, turns.shape[1]), int), padded.cumsum(0)])
        most = max(most, int((sums[window:] - sums[:-window]).max()))
    return most / 2


def _turns(values: Array, step: float, counts: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(n, cells) 1 where a value has changed by a step against the way it last changed by one.

    Of the two states of a change one must count: be dark enough, or saturated.
    """
    turns = np.zeros(values.shape, int)
    turned_at, counted, way = values[0].copy(), counts[0].copy(), np.zeros(values.shape[1])
    for now, here, turn in zip(values, counts, turns):
        change = now - turned_at
        opposed = (np.abs(change) >= step) & (here | counted) & (np.sign(change) != way)
        turn[opposed] = 1
        way = np.where(opposed, np.sign(change), way)
        moved = opposed | (change * way > 0)
        turned_at, counted = np.where(moved, now, turned_at), np.where(moved, here, counted)
    return turns


def badness(frames: Pixels, fps: int) -> float:
    """The worst that FFmpeg's filter `photosensitivity` says of frames (n, h, w, 3) BGR: more is worse."""
    graph = av.filter.Graph()
    height, width = frames.shape[1:3]
    source = graph.add_buffer(width=width, height=height, format="bgr24", time_base=f"1/{fps}")
    judge, sink = graph.add("photosensitivity", f"frames={fps}:bypass=1"), graph.add("buffersink")
    source.link_to(judge)
    judge.link_to(sink)
    graph.configure()
    said = []
    for number, pixels in enumerate(frames):
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="bgr24")
        frame.pts = number
        graph.push(frame)
        said.append(float(graph.pull().metadata["lavfi.photosensitivity.badness"]))
    return max(said)
