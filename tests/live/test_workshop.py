"""The workshop: what is needed first is made first, once, whatever happens to those who make it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from performance.live import workshop
from performance.live.jobs import Frames, Job, Part, Rehearsal
from performance.live.workshop import Worker, Workshop
from performance.score.reader import read_score
from performance.timeline import Timeline

FRAMES = Frames((320, 180), 1.0)
SCORES = Path(__file__).resolve().parent.parent.parent / "scores"


class Body:
    """A process that only lies there."""

    def __init__(self) -> None:
        self.exitcode: int | None = None
        self.pid = 0

    def kill(self) -> None: ...

    def join(self) -> None: ...


class Ends:
    """Both ends of a pipe: what was sent, and what is to be received."""

    def __init__(self) -> None:
        self.sent: list[Job] = []
        self.answers: list[str] = []

    def send(self, job: Job) -> None:
        self.sent.append(job)

    def poll(self) -> bool:
        return bool(self.answers)

    def recv(self) -> str:
        return self.answers.pop()

    def close(self) -> None: ...


class Paper(Workshop):
    """A workshop whose workers do what the test says."""

    def _hire(self) -> Worker:
        self._workers.append(Worker(Body(), Ends()))  # type: ignore[arg-type]
        return self._workers[-1]

    def work(self) -> list[str]:
        """Everybody ends the job at hand, until nobody has one. Names of what was made, in order."""
        made = []
        while busy := [worker for worker in self._workers if worker.job is not None]:
            made += [worker.job.name for worker in busy if worker.job is not None]
            for worker in busy:
                worker.pipe.answers.append("")  # type: ignore[attr-defined]
            self.look()
        return made


@pytest.fixture
def piece() -> Timeline:
    return Timeline(read_score(SCORES / "ice-instrument.toml"))


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nothing is compiled, nothing is rehearsed."""
    monkeypatch.setattr(workshop, "missing", list)
    monkeypatch.setattr(workshop, "cache_home", lambda: tmp_path)
    return tmp_path


def test_what_the_first_beat_needs_is_made_first_and_everything_once(piece: Timeline) -> None:
    shop = Paper(FRAMES, 2)
    wanted = shop.want(piece, piece.beats)
    assert len(wanted) == len(piece.beats)
    made = shop.work()
    assert len(set(made)) == len(made)
    assert not shop.beats
    beats = [name.split()[0] for name in made if "(" in name]
    assert beats == [beat.id for beat in piece.beats]
    first = workshop.kernels_of(piece, piece.beats[0].start, piece.beats[0].end)
    assert set(first) <= set(made[: made.index(next(name for name in made if "(" in name))])


def test_a_leap_changes_the_order(piece: Timeline) -> None:
    shop = Paper(FRAMES, 2)
    shop.want(piece, piece.beats)
    shop.want(piece, (*piece.beats[8:], *piece.beats[:8]))
    beats = [name.split()[0] for name in shop.work() if "(" in name]
    assert beats[0] == piece.beats[8].id
    assert sorted(beats) == sorted(beat.id for beat in piece.beats)


def test_what_is_left_grows_less_until_the_beat_is_ready(piece: Timeline) -> None:
    shop = Paper(FRAMES, 1)
    (first,) = shop.want(piece, piece.beats[:1])
    before = shop.left([first])
    while not shop.is_ready(piece, piece.beats[0]):
        shop._workers[0].pipe.answers.append("")  # type: ignore[attr-defined]
        shop.look()
        assert shop.left([first]) < before
        before = shop.left([first])
    assert before == 0


def test_a_job_whose_worker_dies_is_tried_again_and_then_left(piece: Timeline) -> None:
    shop = Paper(FRAMES, 1)
    shop.want(piece, piece.beats[:1])
    job = shop._workers[0].job
    assert job is not None
    for _ in range(workshop.MOST_TRIES):
        assert shop._workers[0].job == job
        shop._workers[0].process.exitcode = -9
        shop.look()
    assert shop._workers[0].job != job
    assert job.name in shop.failures[0]
    shop.work()
    assert shop.is_ready(piece, piece.beats[0])


def test_what_cannot_be_made_is_said_and_not_waited_for(piece: Timeline) -> None:
    shop = Paper(FRAMES, 1)
    shop.want(piece, piece.beats[:1])
    shop._workers[0].pipe.answers.append("no wood")  # type: ignore[attr-defined]
    shop.look()
    assert shop.failures == ["no wood"]
    shop.work()
    assert not shop.beats


def test_who_has_nothing_to_do_is_sent_home(piece: Timeline) -> None:
    shop = Paper(FRAMES, 2)
    shop.want(piece, piece.beats[:2])
    shop.work()
    assert not shop._workers


def test_a_bake_waits_for_its_kernel() -> None:
    names = {"performance.paint.figure.bake_figure", "performance.stage.limbs.lay_rest"}
    need = workshop.Needed(set(names))
    first = need.next(set())
    assert first == Part("performance.stage.limbs.lay_rest")
    assert need.next({first.name}) is None
    need.take(first)
    assert need.next(set()) == Part("performance.paint.figure.bake_figure")


@pytest.fixture
def real(score: Path) -> Iterator[tuple[Workshop, Timeline]]:
    with Workshop(FRAMES, 1) as shop:
        yield shop, Timeline(read_score(score))


def test_a_worker_rehearses_and_leaves_a_note(
    real: tuple[Workshop, Timeline], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, small = real
    monkeypatch.setattr(workshop, "missing", lambda names: [])
    (note,) = shop.want(small, small.beats[:1])
    shop.gently()
    shop._workers[0].process.kill()  # its job is done by the next
    for _ in range(3000):
        shop.wait(0.02)
        if not shop.beats:
            break
    assert not shop.failures
    assert note.exists()
    assert isinstance(Rehearsal(small.score, 1, "first", FRAMES, note).name, str)
    assert not Workshop(FRAMES).want(small, small.beats[:1])
