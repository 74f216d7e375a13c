"""One stage painted as light on a canvas, in the one order that makes it stand in depth.

Soft light behind, light in the air, crisp things from back to front, the floor's mirror and the bloom of all that,
then what mirrors the finished picture and what stands nearest to the eye.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from performance.guard import STRICT, Strict
from performance.paint.audience import paint_audience
from performance.paint.beam import paint_beam, paint_haze
from performance.paint.bloom import Bloom
from performance.paint.canvas import DETAIL_ONE, Bytes, Canvas
from performance.paint.ceiling import Room
from performance.paint.chasm import paint_chasm
from performance.paint.crew import bake_crew, paint_crew
from performance.paint.curtain import paint_drapes, paint_legs
from performance.paint.drape import paint_drape
from performance.paint.drawing import paint_drawing
from performance.paint.echoes import Echoes
from performance.paint.figure import FigureKit, bake_figure, paint_performer
from performance.paint.floor import paint_floor
from performance.paint.floor_mirror import FloorMirror
from performance.paint.frame import Frame
from performance.paint.gold import paint_gold, paint_pool
from performance.paint.hem import paint_hem
from performance.paint.house import paint_house, paint_house_light
from performance.paint.ice import IceKit, paint_ice, paint_ice_light
from performance.paint.memory import Memories
from performance.paint.mirrors import paint_mirrors, paint_mirrors_light
from performance.paint.mist import MistPeople
from performance.paint.motes import lay_motes, paint_mote_glow, paint_motes
from performance.paint.orchids import Forest
from performance.paint.shards import paint_shards, paint_shards_light
from performance.paint.sheets import SheetKit, paint_sheets
from performance.paint.silver import SilverPlain
from performance.paint.sky import paint_sky, paint_stars
from performance.paint.sunbeam import dust_of, paint_sunbeam
from performance.paint.tiles import clear_crisp, clear_light, shrink
from performance.paint.watercolour import paint_watercolour
from performance.paint.wings import Wings
from performance.paint.words import motes_of, paint_words
from performance.stage.crew import Crew
from performance.stage.drawing import Plane
from performance.stage.forest import FAR, MIDDLE, NEAR
from performance.stage.motes import Motes
from performance.stage.performer import Performer
from performance.stage.stage import Stage

StageOf = Callable[[float], Stage]


class Layers:
    """Paints stages on one canvas, with what the painters have baked for it."""

    def __init__(self, canvas: Canvas, guard: Strict = STRICT) -> None:
        self.canvas = canvas
        self.bloom = Bloom(canvas)
        self.guard = guard
        self.mirror = FloorMirror(canvas)
        self.wings = Wings(canvas)
        self.ice = IceKit()
        self.forest = Forest(canvas)
        self.sheets = SheetKit()
        self.room: Room | None = None
        self.figure: FigureKit | None = None
        self.blacks: FigureKit | None = None
        self.silver: SilverPlain | None = None
        self.mist: MistPeople | None = None
        self.memories = Memories(canvas, lambda small: Layers(small, guard))
        self.echoes = Echoes(canvas, lambda small: Layers(small, guard))

    def paint(self, stage: Stage, stage_of: StageOf | None) -> None:
        """Leave the stage's light in the canvas, ready to be finished. `stage_of(t)` is another moment's stage, for
        the echoes; None leaves them out."""
        for _ in self.parts(stage, stage_of):
            pass

    def parts(self, stage: Stage, stage_of: StageOf | None) -> Iterator[None]:
        """The same step by step, for a picture that is not wanted yet."""
        self._clear()
        frame = self._frame(stage)
        self._behind(frame, stage)
        if stage.echoes is not None and stage_of is not None:
            self.guard.run("echoes", self.echoes.paint, frame, stage.echoes, stage_of)
        self._air(frame, stage)
        if stage.memory is not None and stage_of is not None:
            self.guard.run("memory", self.memories.paint, frame, stage.memory, stage_of)
        yield
        self._upright(frame, stage)
        yield
        shrink(self.canvas)
        self._reflect(frame, stage)
        self.bloom.spread(self.canvas, stage.bloom)
        yield
        self._nearest(frame, stage)

    def forget(self) -> None:
        """The score has changed: what was painted of other moments is stale."""
        self.echoes.forget()
        self.memories.forget()

    def _clear(self) -> None:
        canvas = self.canvas
        canvas.field_bands(clear_light, canvas.field, canvas.air)
        canvas.threads.bands(canvas.touched.shape[0], clear_crisp, canvas.crisp, canvas.touched)
        if canvas.detailed:
            canvas.detail.fill(DETAIL_ONE)
            canvas.detailed = False

    def _behind(self, frame: Frame, stage: Stage) -> None:
        """Sky, house, floor, the far forest: soft light behind everything."""
        run = self.guard.run
        if stage.sky is not None:
            run("sky", paint_sky, frame, stage.sky)
        if stage.watercolour is not None:
            run("watercolour", paint_watercolour, frame, stage.watercolour)
        if stage.floor is not None:
            run("floor", paint_floor, frame, stage.floor)
        if stage.mist is not None:
            self.mist = self.mist or MistPeople(self.canvas)
            run("mist", self.mist.paint, frame, stage.mist)
        if stage.chasm is not None:
            run("chasm", paint_chasm, frame, stage.chasm)
        if stage.ceiling is not None:
            run("ceiling", self._room().paint, frame, stage.ceiling)
        if stage.curtain is not None:
            run("curtain", paint_legs, frame, stage.curtain)
        if stage.orchids is not None:
            run("orchids", self.forest.paint, frame, stage.orchids, FAR)
        if stage.curtain is not None:
            run("curtain", paint_drapes, frame, stage.curtain)
            run("wings", self.wings.paint, frame, stage.curtain)
        if stage.hem is not None:
            run("hem", paint_hem, frame, stage.hem)

    def _room(self) -> Room:
        """The room one wakes in, its plaster baked when it is first seen."""
        self.room = self.room or Room(self.canvas)
        return self.room

    def _air(self, frame: Frame, stage: Stage) -> None:
        """The beam, the haze: light in front of what is behind."""
        run = self.guard.run
        if stage.haze is not None:
            run("haze", paint_haze, frame, stage.haze)
        run("spotlight", paint_beam, frame, stage.lights.beam)
        if stage.sunbeam is not None:
            run("sunbeam", paint_sunbeam, frame, stage.sunbeam)

    def _upright(self, frame: Frame, stage: Stage) -> None:
        """Crisp things, from the back to the front, and the light they send into the air."""
        run = self.guard.run
        if stage.sky is not None:
            run(
                "sky",
                paint_stars,
                frame,
                stage.sky,
                self.wings.cover_at if stage.curtain is not None else None,
            )
        if stage.orchids is not None:
            run("orchids", self.forest.paint, frame, stage.orchids, MIDDLE)
        if stage.house is not None:
            run("house", paint_house, frame, stage.house)
            run(
                "house",
                paint_house_light,
                frame,
                stage.house,
                1.0 if stage.drape is None else stage.drape.open,
            )
        if stage.drape is not None:
            run("drape", paint_drape, frame, stage.drape)
        if stage.crew is not None:
            run("crew", self._work, frame, stage.crew)
        depth = 0.0 if stage.performer is None else stage.performer.z
        if stage.sheets is not None:
            run("sheets", paint_sheets, frame, stage.sheets, self.sheets, False, depth)
        self._draw(frame, stage, "behind")
        if stage.performer is not None:
            run("performer", self._perform, frame, stage.performer)
        if stage.gold is not None:
            run("gold", paint_gold, frame, stage.gold)
        if stage.ice is not None:
            run("ice", paint_ice, frame, stage.ice, self.ice)
            run("ice", paint_ice_light, frame, stage.ice, self.ice)
        if stage.sheets is not None:
            run("sheets", paint_sheets, frame, stage.sheets, self.sheets, True, depth)
        if stage.orchids is not None:
            run("orchids", self.forest.paint, frame, stage.orchids, NEAR)
        self._draw(frame, stage, "before")
        if stage.shards is not None and stage.mirrors is None:
            run("shards", paint_shards_light, frame, stage.shards)
        if stage.mirrors is not None:
            run("mirrors", paint_mirrors_light, frame, stage.mirrors)
        if stage.words is not None:
            run("words", paint_words, frame, stage.words)
        if stage.motes is not None:
            run("motes", paint_mote_glow, frame, stage.motes)

    def _draw(self, frame: Frame, stage: Stage, plane: Plane) -> None:
        for drawing in stage.drawings:
            if drawing.plane == plane:
                self.guard.run("drawing", paint_drawing, frame, drawing)

    def _work(self, frame: Frame, crew: Crew) -> None:
        """Those in the wings, modelled when they are first seen."""
        self.figure = self.figure or bake_figure()
        self.blacks = self.blacks or bake_crew()
        paint_crew(frame, crew, self.blacks, self.figure)

    def _perform(self, frame: Frame, performer: Performer) -> None:
        """The performer, modelled when she is first seen."""
        self.figure = self.figure or bake_figure()
        paint_performer(frame, performer, self.figure)

    def _reflect(self, frame: Frame, stage: Stage) -> None:
        """The floor's mirror of what stands on it."""
        if stage.silver is not None:
            self.silver = self.silver or SilverPlain(self.canvas)
            self.guard.run("silver", self.silver.paint, frame, stage.silver)
            if stage.mist is not None and self.mist is not None:
                self.guard.run("mist", self.mist.before_floor, frame, stage.mist)
        if stage.floor is not None:
            u = 0.0
            if stage.performer is not None:
                u = float(frame.camera.project(stage.performer.x, 0.0, stage.performer.z)[0])
            self.guard.run("floor", self.mirror.reflect, frame, stage.floor, u)
            if stage.curtain is not None and stage.floor.morph > 0.0:
                self.guard.run("wings", self.wings.before_sea, frame)

    def _nearest(self, frame: Frame, stage: Stage) -> None:
        """What mirrors the picture, and what is nearest to the eye."""
        run = self.guard.run
        if stage.gold is not None:
            run("gold", paint_pool, frame, stage.gold)
        if stage.shards is not None and stage.mirrors is None:
            run("shards", paint_shards, frame, stage.shards, self.ice)
        if stage.mirrors is not None:
            run("mirrors", paint_mirrors, frame, stage.mirrors, self.ice)
        if stage.audience is not None:
            run("audience", paint_audience, frame, stage.audience)
        self._draw(frame, stage, "nearest")

    def paint_points(self, stage: Stage) -> None:
        """Points of light as light: for a picture that goes on as light, as the echoes do."""
        for name, motes in _points(stage):
            self.guard.run(name, paint_motes, self._frame(stage), motes)

    def lay_points(self, stage: Stage, pixels: Bytes) -> None:
        """Points of light over the finished picture."""
        for name, motes in _points(stage):
            self.guard.run(name, lay_motes, self._frame(stage), motes, pixels, stage.exposure)

    def _frame(self, stage: Stage) -> Frame:
        return Frame(self.canvas, stage.camera, stage.lights, stage.t, stage.seed)


def _points(stage: Stage) -> list[tuple[str, Motes]]:
    found = (
        [] if stage.sunbeam is None or not len(stage.sunbeam.dust) else [("sunbeam", dust_of(stage.sunbeam))]
    )
    if stage.mist is not None:
        found.append(("mist", stage.mist.eyes))
    if stage.words is not None:
        found.append(("words", motes_of(stage.words)[0]))
    found += [("drawing", drawing.motes) for drawing in stage.drawings if drawing.motes is not None]
    return found if stage.motes is None else [*found, ("motes", stage.motes)]
