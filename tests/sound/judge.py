"""FFmpeg's own meter (the filter ebur128, through PyAV) as the independent judge of loudness and true peak."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import av
import numpy as np
from numpy.typing import NDArray

from performance.sound.instrument import RATE

PIECE = 4800


@dataclass(frozen=True, slots=True)
class Verdict:
    """Integrated loudness (LUFS), loudness range (LU) and true peak (dBTP)."""

    lufs: float
    range_lu: float
    peak_db: float


def judged(sound: Iterable[NDArray[np.float32]]) -> Verdict:
    """What the meter says of pieces (frames, 2) of sound."""
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=RATE, format="flt", layout="stereo", time_base=f"1/{RATE}")
    meter, sink = graph.add("ebur128", "metadata=1:peak=true"), graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    said: dict[str, str] = {}
    heard = 0
    for piece in sound:
        for start in range(0, len(piece), PIECE):
            part = np.ascontiguousarray(piece[start : start + PIECE]).reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(part, format="flt", layout="stereo")
            frame.sample_rate, frame.pts = RATE, heard
            heard += part.shape[1] // 2
            graph.push(frame)
            said |= {key.removeprefix("lavfi.r128."): value for key, value in graph.pull().metadata.items()}
    peak = max(float(said["true_peaks_ch0"]), float(said["true_peaks_ch1"]))
    return Verdict(float(said["I"]), float(said["LRA"]), 20 * float(np.log10(max(peak, 1e-9))))
