"""What stands over the picture: faults always, and when it is asked for, what plays, how well it goes, and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from performance.live import keys
from performance.live.notices import clock_face
from performance.live.overlay import ALARM, DIM, INK, Line

if TYPE_CHECKING:
    from performance.live.show import Show


def lines(show: Show, t: float) -> list[Line]:
    """All of it, at `t`."""
    alarms = show.notices.alarms()
    if not show.overlaid:
        return alarms
    dropped = [(f"left out: {name} ({why})", ALARM) for name, why in show.guard.dropped.items()]
    making = show.ahead.workshop.beats if show.ahead else 0
    return [
        *((line, INK) for line in (_place(show, t), _time(show, t), _pace(show), _sound(show))),
        *([(f"beats that are still being made, once on this machine: {making}", INK)] if making else []),
        *((line, DIM) for line in keys.lines()),
        *show.notices.news(),
        *dropped,
        *alarms,
    ]


def _place(show: Show, t: float) -> str:
    return f"{show.timeline.score.title}   {show.timeline.beat_at(t).id}   seed {show.timeline.seed}"


def _time(show: Show, t: float) -> str:
    return (
        f"{clock_face(t)} of {clock_face(show.timeline.length)}"
        f"   beat {show.timeline.beat_at(t).index + 1} of {len(show.timeline.beats)}"
        f"{'' if show.clock.running else '   paused'}"
    )


def _pace(show: Show) -> str:
    """How long frames take, how large and how fine they are."""
    (width, height), density, share = show.window.size, show.picture.density, show.quality.share
    return (
        f"frame {round(show.pace.median_ms)} ms, at times {round(show.pace.slow_ms)}   late {show.pace.late}"
        f"   {width}\N{MULTIPLICATION SIGN}{height} painted at {density / share:.0%}"
        f"{f', thinned to {density:.0%}' if share < 1.0 else ''}"
    )


def _sound(show: Show) -> str:
    heard = show.sound.heard
    return (
        f"sound load {heard.load:.0%}   underruns {heard.underruns + show.sound.underruns}"
        f"   volume {show.steering.volume}"
    )
