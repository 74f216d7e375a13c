"""Films are exact: so many frames, so many samples, in the colours and wrappings they are said to have."""

from __future__ import annotations

import errno
import os
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from performance.output.draft import draft
from performance.output.recorder import RATE, Recorder
from performance.refusal import Refusal

SIZE = (320, 180)


def pictures(count: int) -> Any:
    """A light that wanders over a dark gradient."""
    base = np.linspace(0, 60, SIZE[0], dtype=np.float32)[None, :, None].repeat(SIZE[1], 0).repeat(4, 2)
    for n in range(count):
        frame = base.astype(np.uint8)
        frame[:, (8 * n) % SIZE[0] : (8 * n) % SIZE[0] + 16, 2] = 220
        yield frame


def record(path: Path, count: int, fps: Fraction = Fraction(30), stop: BaseException | None = None) -> Path:
    """A film of so many frames with a click in the sound of every tenth."""
    with Recorder(path, *SIZE, fps) as film:
        for n, frame in enumerate(pictures(count)):
            film.picture(frame)
            block = np.zeros((round((n + 1) * RATE / fps) - round(n * RATE / fps), 2), np.float32)
            if n % 10 == 0:
                block[:48] = 0.5
            film.sound(block)
        if stop is not None:
            raise stop
    return path


def decoded(path: Path) -> tuple[list[Any], Any]:
    """All pictures and all sound of a film."""
    with av.open(str(path)) as film:
        frames = [frame.to_ndarray() for frame in film.decode(video=0)]
    with av.open(str(path)) as film:
        sound = np.concatenate([frame.to_ndarray() for frame in film.decode(audio=0)], axis=1)
    return frames, sound


@pytest.mark.parametrize(
    ("name", "fps"),
    [("film.mp4", Fraction(30)), ("film.mov", Fraction(60)), ("film.mkv", Fraction(30000, 1001))],
)
def test_frames_samples_and_tags(tmp_path: Path, name: str, fps: Fraction) -> None:
    path = record(tmp_path / name, 75, fps)
    with av.open(str(path)) as film:
        picture, sound = film.streams.video[0], film.streams.audio[0]
        context = picture.codec_context
        assert (context.name, context.pix_fmt, sound.codec_context.name) == ("h264", "yuv420p", "aac")
        assert (context.color_primaries, context.color_trc, context.colorspace, context.color_range) == (
            1,
            1,
            1,
            1,
        )
        assert (sound.rate, sound.layout.nb_channels) == (RATE, 2)
        assert abs(picture.average_rate - fps) < Fraction(1, 1000)
        stamps = sorted(
            packet.pts * packet.time_base for packet in film.demux(picture) if packet.pts is not None
        )
    assert len(stamps) == 75
    assert all(abs(stamp - n / fps) <= Fraction(1, 1000) for n, stamp in enumerate(stamps))
    frames, heard = decoded(path)
    assert len(frames) == 75
    assert 0 <= heard.shape[1] - 75 * RATE / fps < 2048


@pytest.mark.parametrize("name", ["film.mp4", "film.mov"])
def test_picture_and_sound_last_equally_long(tmp_path: Path, name: str) -> None:
    with av.open(str(record(tmp_path / name, 67, Fraction(30)))) as film:
        picture, sound = (
            stream.duration * stream.time_base for stream in (film.streams.video[0], film.streams.audio[0])
        )
        starts = [float(stream.start_time * stream.time_base) for stream in film.streams]
    assert abs(picture - Fraction(67, 30)) < Fraction(1, 1000)
    assert abs(picture - sound) < Fraction(1, 100)
    assert starts == [0.0, 0.0]


def test_what_is_heard_belongs_to_what_is_seen(tmp_path: Path) -> None:
    _, sound = decoded(record(tmp_path / "film.mp4", 60))
    loud = np.flatnonzero(np.abs(sound[0]) > 0.25)
    onsets = loud[np.flatnonzero(np.diff(loud, prepend=-10_000) > 1000)]
    np.testing.assert_allclose(onsets, np.arange(6) * 10 * RATE / 30, atol=24)


def test_twice_is_the_same(tmp_path: Path) -> None:
    one, two = (decoded(record(tmp_path / name, 40)) for name in ("one.mp4", "two.mp4"))
    assert all((a == b).all() for a, b in zip(one[0], two[0], strict=True))
    np.testing.assert_array_equal(one[1], two[1])


def test_ctrl_c_leaves_a_film_that_plays(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with pytest.raises(KeyboardInterrupt):
        record(path, 50, stop=KeyboardInterrupt())
    assert len(decoded(path)[0]) == 50


def test_a_film_that_is_cut_off_plays_up_to_there(tmp_path: Path) -> None:
    path, cut = tmp_path / "film.mp4", tmp_path / "cut.mp4"
    with Recorder(path, *SIZE, Fraction(30)) as film:
        for frame in pictures(900):
            film.picture(frame)
            film.sound(np.zeros((1600, 2), np.float32))
        shutil.copy(path, cut)  # what is on the disk when the power goes
    with av.open(str(cut)) as film_cut:
        seen = 0
        try:
            for _ in film_cut.decode(video=0):
                seen += 1
        except av.FFmpegError:
            pass
    assert 600 < seen <= 900


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"nowhere.*cannot be written"):
        record(tmp_path / "nowhere" / "film.mp4", 1)


def test_a_full_disk_is_said_in_one_line(tmp_path: Path) -> None:
    class Full:
        def mux(self, _: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def close(self) -> None: ...

    film = Recorder(tmp_path / "film.mp4", *SIZE, Fraction(30))
    with pytest.raises(Refusal, match=r"film\.mp4 cannot be written: no space left"), film:
        film._file.close()
        film._file = Full()  # type: ignore[assignment]
        for frame in pictures(200):
            film.picture(frame)


def test_a_draft_becomes_the_file_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    with draft(path) as unfinished:
        unfinished.write_text("all of it")
        assert not path.exists()
    assert path.read_text() == "all of it"
    with pytest.raises(RuntimeError, match="midway"), draft(path) as unfinished:
        unfinished.write_text("half")
        raise RuntimeError("midway")
    assert path.read_text() == "all of it"
    assert list(tmp_path.iterdir()) == [path]
