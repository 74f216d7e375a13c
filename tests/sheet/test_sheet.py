"""The sheet of a score: what is on it stands where its time is, and both pens put all of it down."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pygame
import pytest

from performance.causes.written import GENERATORS
from performance.cli import main
from performance.score.palette import COLOURS
from performance.score.reader import read_score
from performance.sheet.colours import LEAST, ink, luminance
from performance.sheet.contact import STILL, contact
from performance.sheet.gather import Shown, gather, listen, look, looks
from performance.sheet.lanes import rows_of
from performance.sheet.marks import Line, Page, Picture, Type, bounds, box
from performance.sheet.page import HEIGHT, MARGIN, WIDTH, laid_out, still_middle, still_width
from performance.sheet.pixels import painted
from performance.sheet.strip import Strip, runs
from performance.sheet.svg import written
from performance.timeline import Timeline

SIZE = (64, 36)
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def shown(score: Path) -> Shown:
    timeline = Timeline(read_score(score), generators=GENERATORS)
    return gather(timeline, look(timeline, SIZE), None)


def test_every_beat_has_a_still_and_its_name(shown: Shown) -> None:
    page = laid_out(shown)
    said = [mark.text for mark in page.marks if isinstance(mark, Type)]
    assert {"1  first", "2  second", "A Small Test"} <= set(said)
    assert sum(isinstance(mark, Picture) for mark in page.marks) == len(shown.timeline.beats) + 1


def test_all_marks_lie_on_the_page(shown: Shown) -> None:
    for mark in laid_out(shown).marks:
        points = ((mark.x, mark.y),) if isinstance(mark, (Picture, Type)) else mark.points
        left, top, right, bottom = bounds(tuple(points))
        assert 0.0 <= left <= right <= WIDTH
        assert 0.0 <= top <= bottom <= HEIGHT


@pytest.mark.parametrize("beats", [1, 2, 3, 12, 40])
def test_stills_of_one_row_do_not_touch(beats: int, shown: Shown) -> None:
    span = shown.timeline.beats[0]
    first, third = (still_middle(type(span)(span.id, i, 0.0, 1.0, span.beat), beats) for i in (0, 2))
    assert third - first > still_width(beats)
    assert first - still_width(beats) / 2 >= MARGIN


def test_what_cannot_be_heard_is_no_note(score: Path) -> None:
    score.write_text(score.read_text().replace('every = "1s" }', 'every = "1s", gain_db = -60 }'))
    timeline = Timeline(read_score(score), generators=GENERATORS)
    assert not gather(timeline, look(timeline, SIZE), None).notes


def test_a_held_note_is_as_long_as_it_is_heard(score: Path) -> None:
    held = 'sound.bowed = { chord = "D3", gain_db = "0 -> -60 over 1s", swell = 1 }'
    score.write_text(score.read_text().replace("sound.struck ", f"{held}\nsound.struck "))
    timeline = Timeline(read_score(score), generators=GENERATORS)
    notes = gather(timeline, look(timeline, SIZE), None).notes
    (note,) = [note for note in notes if note.instrument == "bowed"]
    assert 0.5 <= note.length <= 1.5


def test_a_ribbon_is_as_long_as_its_thing_is_there(shown: Shown) -> None:
    assert [ribbon.name for ribbon in shown.things] == ["spotlight"]
    assert [ribbon.name for ribbon in shown.instruments] == ["struck"]
    assert shown.things[0].share.min() > 0.0
    assert len(rows_of(Strip(0.0, 100.0, 6.0), shown.things)) == 1


def test_the_curves_are_those_that_were_written_to_move(score: Path) -> None:
    score.write_text(score.read_text().replace("level = 0.8,", 'level = 0.8, width = "0.1 -> 0.3",'))
    timeline = Timeline(read_score(score), generators=GENERATORS)
    (curve,) = gather(timeline, look(timeline, SIZE), None).curves
    assert curve.name == "spotlight width"
    assert curve.range == pytest.approx((0.1, 0.3), abs=1e-3)


def test_loudness_covers_the_piece_and_is_levelled(score: Path) -> None:
    timeline = Timeline(read_score(score))
    loudness = listen(timeline)
    assert len(loudness.momentary) == pytest.approx(10 * timeline.length, abs=4)
    assert len(loudness.short_term) == len(loudness.momentary)
    assert -40.0 < loudness.momentary.max() < -10.0


def test_light_is_looked_at_evenly(shown: Shown) -> None:
    assert shown.seen.light.shape[1:] == (looks(shown.timeline), 3)
    assert len(shown.seen.level) == looks(shown.timeline)


def test_both_pens_put_down_the_same(shown: Shown) -> None:
    page = laid_out(shown)
    pixels = painted(page, 0.5)
    assert pixels.shape == (HEIGHT / 2, WIDTH / 2, 3)
    assert tuple(pixels[2, 2]) == page.paper
    root = ElementTree.fromstring(written(page))
    drawn = [child.tag.removeprefix(SVG) for child in root]
    for kind, tag in ((Picture, "image"), (Type, "text"), (Line, "polyline")):
        assert drawn.count(tag) == sum(isinstance(mark, kind) for mark in page.marks)


def test_the_painting_pen_keeps_edges_colours_and_opacity() -> None:
    page = Page(40.0, 20.0, [box(10.0, 5.0, 20.0, 10.0, (255, 255, 255), 0.5)], (0, 0, 0))
    pixels = painted(page, 2.0).astype(int)
    assert abs(int(pixels[20, 40, 0]) - 127) <= 2
    assert pixels[:, :18].max() == pixels[:9].max() == 0
    assert pixels[..., 0].sum() / 255 == pytest.approx(0.5 * 40 * 20, rel=0.12)


def test_every_gel_can_be_read() -> None:
    for colour in COLOURS.values():
        if max(colour) > 0.0:
            r, g, b = ((channel / 255) ** 2.2 for channel in ink(colour))
            assert luminance((r, g, b)) > 0.9 * LEAST


@pytest.mark.parametrize("beats", [1, 2, 3, 4, 12, 14])
def test_a_contact_sheet_has_its_stills_side_by_side_and_level(beats: int) -> None:
    page = contact([np.zeros((9, 16, 3), np.uint8)] * beats)
    at = [(mark.x, mark.y) for mark in page.marks if isinstance(mark, Picture)]
    assert len(set(at)) == beats
    last = [x for x, y in at if y == at[-1][1]]
    assert last[0] == pytest.approx(page.width - (last[-1] + STILL[0]))


def test_runs_are_the_stretches_that_hold() -> None:
    kept = np.array([True, False, True, True])
    assert runs(kept) == [slice(0, 1), slice(2, 4)]
    assert runs(~kept) == [slice(1, 2)]


def test_what_is_typed(
    score: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("performance.live.opening.prepare_film", lambda *_: None)  # workers take their time
    for words in (["a.jpg", "--width", "800"], ["c.svg", "--contact"]):
        out = tmp_path / words[0]
        assert main(["sheet", str(score), str(out), *words[1:]]) == 0
        assert str(out) in capsys.readouterr().out
    assert pygame.image.load(tmp_path / "a.jpg").get_size() == (800, 566)
    root = ElementTree.parse(tmp_path / "c.svg").getroot()
    assert [child.tag for child in root].count(f"{SVG}image") == 2
