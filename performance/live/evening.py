"""From a word in the terminal to a show that plays: the display, the sound, the stage, and then the loop."""

from __future__ import annotations

import json
import logging
import math
import sys
from dataclasses import dataclass
from pathlib import Path

from performance.live.clock import Clock
from performance.live.programme import Programme
from performance.live.sound import Sound
from performance.output.sinks import BLOCK
from performance.output.speakers import sinks_of
from performance.output.window import Size, Window
from performance.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Wishes:
    """How an evening is to be played. `beat` is where it begins; `complete`: not before all of it is made; `quality`:
    one of quality.QUALITIES.

    `seconds`, `report` and `block` (frames of sound made at once) serve measurements.
    """

    size: Size | None = None
    fullscreen: bool = False
    display: int = 0
    volume_db: float = 0.0
    muted: bool = False
    complete: bool = False
    quality: str = "auto"
    beat: str = ""
    seconds: float = math.inf
    report: Path | None = None
    block: int = BLOCK


def play(programme: Programme, wishes: Wishes) -> None:
    """Play until somebody leaves. The display is open already, see window.is_there."""
    start = beginning(programme, wishes.beat)
    timeline = programme.open()
    say_it_plainly()
    sound = Sound(
        Clock(), sinks_of(wishes.block), wishes.block
    )  # early: it opens its device while the stage is being prepared
    try:
        with Window(wishes.size, wishes.fullscreen, wishes.display) as window:
            from performance.live.jobs import frames_of
            from performance.live.opening import open_stage
            from performance.live.quality import SHARES, Standing
            from performance.live.remembered import recalled
            from performance.live.report import Report
            from performance.live.show import Show
            from performance.live.steering import Volume

            pieces = [timeline, *programme.later()]
            standing = recalled(window.size) if wishes.quality == "auto" else Standing()
            frames = frames_of(window.size, wishes.quality, SHARES[standing.rung])
            with open_stage(pieces, start, frames, window, wishes.complete) as workshop:
                report = Report(wishes.seconds)
                volume = Volume(wishes.volume_db, wishes.muted)
                seen, quality = report.seen, wishes.quality
                show = Show(window, sound, programme, timeline, volume, seen, workshop, quality, standing)
                report.over = show.steering.quit
                show.run(start)
        if wishes.report is not None:
            wishes.report.write_text(json.dumps(report.figures(sound, show.first_frame_at), indent=1))
    finally:
        sound.close()


def beginning(programme: Programme, beat: str) -> float:
    """When a beat of the programme's first score begins that has it; that score plays first."""
    if not beat:
        return 0.0
    said = ""
    for _ in programme.scores:
        try:
            return programme.open().beat(beat).start
        except KeyError as error:
            said = said or str(error.args[0])
            programme.forward()
    raise Refusal(said)


def say_it_plainly() -> None:
    """Live, what fails is said in one line; its traceback helps only those who asked for it."""

    class Plainly(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            fault = f" ({record.exc_info[1]!r})" if record.exc_info else ""
            print(record.getMessage() + fault, file=sys.stderr, flush=True)

    log = logging.getLogger("unrehearsed")
    log.propagate = False
    log.handlers[:] = [Plainly()]
