"""The video of a performance: H.264 and AAC in MP4, MOV or MKV, exact to the frame and the sample.

    with Recorder(path, 1920, 1080, Fraction(60)) as film:
        film.picture(pixels)     # frame n is time n / fps
        film.sound(block)        # (frames, 2) float32 at 48 kHz, in step with the pictures

Pictures are converted by the caller's thread and encoded by another, both without the interpreter lock.
"""

from __future__ import annotations

import queue
import threading
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import av
import numpy as np
from numpy.typing import NDArray

from performance.output.planes import Bytes, convert
from performance.paint.threads import Threads
from performance.refusal import Refusal, why

RATE = 48_000
FORMATS = {".mp4": "mp4", ".mov": "mov", ".mkv": "matroska"}
# A file that is cut off still plays up to its last second; closed properly it is a plain MP4 (FFmpeg, movenc).
OPTIONS = {"mp4": {"movflags": "hybrid_fragmented+frag_keyframe+delay_moov"}}
OPTIONS["mov"] = OPTIONS["mp4"]
FLUSHED = {"flush_packets": "1"}  # to the disk with every fragment
# Two thirds of a frame are near black: bits go to the dark parts first (aq-mode 3), or the gradients band.
X264 = {"preset": "veryfast", "crf": "18", "aq-mode": "3", "x264-params": "bframes=2:deblock=-1,-1"}
KEYFRAMES = Fraction(
    3, 2
)  # seconds from one to the next: what a film loses that is cut off, and how finely it is searched
AAC_BITS = 256_000
BT709 = 1  # primaries, transfer and matrix alike (ITU-T H.273)
NARROW = 1  # "tv" range
AHEAD = 8  # pictures that may wait for the encoder

Item = tuple[str, Any] | None


class Recorder:
    """One video file in the making. Pictures and sound come from one thread, in order."""

    def __init__(
        self, path: Path, width: int, height: int, fps: Fraction, threads: Threads | None = None
    ) -> None:
        self.path, self.width, self.height, self.fps = path, width, height, fps
        self.pictures = self.samples = 0
        self.threads = threads or Threads()
        self._waiting: queue.Queue[Item] = queue.Queue(AHEAD)
        self._fault: BaseException | None = None

    def __enter__(self) -> Self:
        kind = FORMATS[self.path.suffix.lower()]
        try:
            self._file = av.open(str(self.path), "w", format=kind, options=OPTIONS.get(kind, {}) | FLUSHED)
        except OSError as error:
            raise Refusal(f"{self.path} cannot be written: {why(error)}") from error
        self._picture, self._sound = self._streams()
        self._encoder = threading.Thread(target=self._encode, name="encoder", daemon=True)
        self._encoder.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """Finish the file with what it was given; it plays, whatever stopped it."""
        self._put(None)
        self._encoder.join()
        self._file.close()
        if error is None:
            self._raise()

    def picture(self, pixels: Bytes) -> None:
        """The next picture, (h, w, 4) blue, green, red, any. Its pixels may be painted over afterwards."""
        frame = av.VideoFrame(self.width, self.height, "yuv420p")
        luma, blue, red = (_rows(plane) for plane in frame.planes)
        convert(self.threads, pixels, (luma, blue, red))
        frame.pts, frame.time_base = self.pictures, 1 / self.fps
        frame.color_range, frame.colorspace = NARROW, BT709
        self.pictures += 1
        self._put(("picture", frame))

    def sound(self, block: NDArray[np.float32]) -> None:
        """The next frames of sound, (frames, 2) float32."""
        if not len(block):
            return
        planes = np.ascontiguousarray(block.T)
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, self.samples, Fraction(1, RATE)
        self.samples += len(block)
        self._put(("sound", frame))

    def _streams(self) -> tuple[Any, Any]:
        picture: Any = self._file.add_stream("libx264", rate=self.fps)
        picture.width, picture.height, picture.pix_fmt = self.width, self.height, "yuv420p"
        picture.time_base = picture.codec_context.time_base = 1 / self.fps
        picture.options, picture.gop_size = X264, round(KEYFRAMES * self.fps)
        context = picture.codec_context
        context.color_primaries = context.color_trc = context.colorspace = BT709
        context.color_range = NARROW
        sound: Any = self._file.add_stream("aac", rate=RATE, layout="stereo")
        sound.bit_rate = AAC_BITS
        return picture, sound

    def _put(self, item: Item) -> None:
        """Hand on to the encoder; what failed there is raised here."""
        while self._fault is None:
            try:
                return self._waiting.put(item, timeout=0.5)
            except queue.Full:
                continue
        if item is not None:
            self._raise()

    def _raise(self) -> None:
        if isinstance(self._fault, OSError):
            raise Refusal(f"{self.path} cannot be written: {why(self._fault)}") from self._fault
        if self._fault is not None:
            raise self._fault

    def _encode(self) -> None:
        streams = {"picture": self._picture, "sound": self._sound}
        try:
            while (item := self._waiting.get()) is not None:
                self._file.mux(streams[item[0]].encode(item[1]))
            for stream in streams.values():
                self._file.mux(stream.encode(None))
        except BaseException as fault:
            self._fault = fault


def _rows(plane: Any) -> Bytes:
    """The bytes of one plane, (rows, bytes in a row)."""
    return np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)
