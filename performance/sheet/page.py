"""The sheet: A3 across, margins of 15 mm; stills on top, below them everything over one axis of time."""

from __future__ import annotations

from collections.abc import Callable

from performance.sheet.gather import Shown
from performance.sheet.lanes import curve_lane, light_lane, loudness_lane, ribbon_lane, rows_of
from performance.sheet.marks import FAINT, HAIR, INK, Line, Mark, Page, Picture, Type, box
from performance.sheet.roll import roll_lane
from performance.sheet.strip import Strip, clock
from performance.timeline import BeatSpan, Timeline

Draw = Callable[[float, float], list[Mark]]  # from top and height

WIDTH, HEIGHT = 1680.0, 1188.0  # quarter millimetres
MARGIN = 60.0
TOP, BOTTOM = 92.0, 1146.0
LABELS, FIGURES = 118.0, 46.0  # to the left and right of the time axis
GAP = 7.0  # between two stills
CAPTION = 27.0
LEADERS = 24.0
RULER = 22.0
BETWEEN = 13.0  # two lanes
LARGEST = 250.0  # width of a still
SHAPE = 16 / 9  # of a still


def still_width(beats: int) -> float:
    """Stills stand in two rows, staggered, each nearly two columns wide."""
    return min(LARGEST, 2.0 * (WIDTH - 2 * MARGIN) / (beats + 1) - GAP)


def still_size(beats: int, scale: float) -> tuple[int, int]:
    """In pixels, at so many a unit."""
    width = still_width(beats) * scale
    return max(32, round(width)), max(18, round(width / SHAPE))


def laid_out(shown: Shown) -> Page:
    """The whole sheet."""
    page = Page(WIDTH, HEIGHT)
    page.marks += _heading(shown)
    y = _stills(page, shown)
    strip = Strip(MARGIN + LABELS, WIDTH - 2 * MARGIN - LABELS - FIGURES, shown.timeline.length)
    y = _ruler(page, shown.timeline, strip, y)
    lanes: list[tuple[str, float, Draw]] = [
        ("", 36.0, lambda a, b: light_lane(strip, shown.seen, a, b)),
        (
            "stage",
            11.0 * len(rows_of(strip, shown.things)),
            lambda a, b: ribbon_lane(strip, shown.things, a, b),
        ),
        ("values", 16.0 * len(shown.curves), lambda a, b: curve_lane(strip, shown.curves, a, b)),
        (
            "sound",
            11.0 * len(rows_of(strip, shown.instruments)),
            lambda a, b: ribbon_lane(strip, shown.instruments, a, b),
        ),
        ("notes", 190.0, lambda a, b: roll_lane(strip, shown, a, b)),
        ("", 46.0 * (shown.loudness is not None), lambda a, b: loudness_lane(strip, shown.loudness, a, b)),
    ]
    present = [lane for lane in lanes if lane[1]]
    room = BOTTOM - y - BETWEEN * len(present)
    unit = room / sum(weight for _, weight, _ in present)
    for name, weight, draw in present:
        page.marks.append(Type(MARGIN, y + 9.0, name, 12.0, INK))
        page.marks += draw(y, weight * unit)
        y += weight * unit + BETWEEN
    return page


def _heading(shown: Shown) -> list[Mark]:
    """Title on the left, what the performance is on the right, and a line at the foot."""
    timeline = shown.timeline
    score = timeline.score
    counted = f"{len(timeline.beats)} beats", f"{len(shown.notes)} notes", f"tonic {score.tuning.tonic}"
    facts = "   ·   ".join((clock(timeline.length), *counted, f"seed {timeline.seed}"))
    foot = "Seen above, heard below; the light as the whole picture has it, moment by moment."
    return [
        Type(MARGIN, 66.0, score.title, 40.0, INK),
        Type(WIDTH - MARGIN, 66.0, facts, 14.0, FAINT, "end"),
        Type(MARGIN, HEIGHT - 20.0, "Unrehearsed", 10.5, FAINT),
        Type(WIDTH - MARGIN, HEIGHT - 20.0, foot, 10.5, FAINT, "end"),
    ]


def _stills(page: Page, shown: Shown) -> float:
    """Two rows of stills, each over its name, length and words; gives where the lower row ends."""
    beats = shown.timeline.beats
    width = still_width(len(beats))
    height = width / SHAPE
    for beat, pixels in zip(beats, shown.seen.stills):
        middle = still_middle(beat, len(beats))
        y = TOP + (beat.index % 2) * (height + CAPTION + 5.0)
        page.marks += [Picture(middle - width / 2, y, width, height, pixels)]
        page.marks += _caption(beat, middle - width / 2, y + height, width)
    rows = min(2, len(beats))
    return TOP + rows * (height + CAPTION + 5.0) - 5.0


def still_middle(beat: BeatSpan, beats: int) -> float:
    """Where the middle of a beat's still is, evenly over the page."""
    return MARGIN + (beat.index + 1) * (WIDTH - 2 * MARGIN) / (beats + 1)


def _caption(beat: BeatSpan, x: float, y: float, width: float) -> list[Mark]:
    size = 12.0
    marks: list[Mark] = [
        Type(x, y + 13.0, f"{beat.index + 1}  {beat.id}", size, INK),
        Type(x + width, y + 13.0, f"{beat.length:g} s", size, FAINT, "end"),
    ]
    if beat.beat.surtitle is not None:
        line = beat.beat.surtitle.line
        fits = width / max(1.0, 0.40 * len(line))
        marks.append(Type(x, y + 25.5, line, min(10.5, fits), FAINT))
    return marks


def _ruler(page: Page, timeline: Timeline, strip: Strip, y: float) -> float:
    """Leaders from the stills to their beats, the beats' numbers and the time; gives where the lanes begin."""
    top = y + LEADERS
    first = TOP + still_width(len(timeline.beats)) / SHAPE + CAPTION
    for beat in timeline.beats:
        x, middle = still_middle(beat, len(timeline.beats)), strip.x((beat.start + beat.end) / 2)
        from_y = y if beat.index % 2 else first
        page.marks.append(Line(((x, from_y + 2.0), (x, y + 4.0), (middle, top - 4.0)), (HAIR,), 0.8))
        left, right = strip.x(beat.start), strip.x(beat.end)
        page.marks.append(box(left + 0.8, top, right - left - 1.6, RULER - 6.0, HAIR, 0.6))
        page.marks.append(Type(middle, top + 11.5, _tag(beat, right - left), 10.5, INK, "middle"))
        page.marks.append(Line(((left, top), (left, BOTTOM)), (HAIR,), 0.6))
        page.marks.append(Type(left + 3.0, top + 11.0, clock(beat.start), 7.5, FAINT))
    page.marks.append(Line(((strip.right, top), (strip.right, BOTTOM)), (HAIR,), 0.6))
    page.marks.append(Type(strip.right + 5.0, top + 11.0, clock(timeline.length), 7.5, FAINT))
    return top + RULER


def _tag(beat: BeatSpan, room: float) -> str:
    """Number and name of a beat, the number alone where it is short."""
    whole = f"{beat.index + 1}  {beat.id}"
    return whole if 3.6 * len(whole) < room - 38.0 else str(beat.index + 1)
