"""How long a picture of N moving additive glows takes, 1920x1080: ours, arcade's on software GL, naive pygame's.

    python -m tests.benchmarks.glows [--with PYTHON] [--glows 500 5000 20000] [--frames 40] [--json]

The work: N specks of light with a halo of 15 pixels move, each on a path of its own, and add up. Ours is a whole live
picture with nothing else in it: light, bloom, film and all. The others draw a texture of the same glow, 32 pixels wide,
for each: arcade from a SpriteList, additive, on Mesa's llvmpipe under Xvfb; pygame by a blit each. What counts is the
processor time of a frame, median, of all threads together; the time that passes stands beside it, for what waits.

`--with` names a Python that has arcade, which is no dependency of ours:

    python3 -m venv /tmp/glows && /tmp/glows/bin/pip install arcade
    apt-get install xvfb libgl1-mesa-dri

Measured on two cores of 2024 beside other work (pygame-ce 2.5.8, arcade 3.3.3, Mesa 22.3), milliseconds of processor
time:

    glows    ours   naive pygame   arcade   its drawing alone
      500     4.5            0.9       51                  33
     5000     7.4            7.4      132                  84    17.8 times ours
    20000    17.3           28.3      425                 151

Naive pygame does no more than the blits: it keeps up while glows are few and small.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

SIZE = (1920, 1080)
COUNTS = (500, 5000, 20000)
WANTED = (5000, 5.0)  # glows, and how many times faster than arcade we mean to be with them
SETTLING = 10  # frames that do not count
SIDE = 32  # pixels of a texture
TINTS = ((255, 200, 120), (140, 190, 255), (255, 150, 170), (190, 255, 200))
MISSING = """\
arcade cannot be tried: {why}. It is no dependency of ours; to compare with it:
    python3 -m venv /tmp/glows && /tmp/glows/bin/pip install arcade
    apt-get install xvfb libgl1-mesa-dri
    python -m tests.benchmarks.glows --with /tmp/glows/bin/python"""


class Swarm:
    """Where N glows are, in pixels, at any time."""

    def __init__(self, count: int) -> None:
        rng = np.random.default_rng(7)
        self.home = (rng.random((2, count)) * np.array(SIZE)[:, None]).astype(np.float32)
        self.reach = rng.uniform(20, 90, (2, count)).astype(np.float32)
        self.turn = rng.uniform(0.2, 1.1, (2, count)).astype(np.float32)
        self.tint = rng.integers(0, len(TINTS), count)

    def at(self, t: float) -> tuple[np.ndarray, np.ndarray]:
        x, y = self.home + self.reach * np.sin(self.turn * np.float32(t) + self.home)
        return x, y


def texture() -> np.ndarray:
    """(SIDE, SIDE) of 0..1: a bright core in a wide halo."""
    along = np.arange(SIDE) + 0.5 - SIDE / 2
    d = np.hypot(along[:, None], along[None, :])
    core, halo = np.clip(1 - (d / 2.6) ** 2, 0, 1) ** 3, np.clip(1 - (d / 15.4) ** 2, 0, 1) ** 3
    return np.asarray(np.clip(core + 0.16 * halo, 0, 1))


def measured(frame: Callable[[float], None], frames: int) -> dict[str, float]:
    """Medians of processor time and of time passed, milliseconds."""
    used, passed = [], []
    for i in range(SETTLING + frames):
        cpu, wall = time.process_time(), time.perf_counter()
        frame(i / 60)
        used.append(time.process_time() - cpu)
        passed.append(time.perf_counter() - wall)
    return {
        "cpu_ms": round(1e3 * statistics.median(used[SETTLING:]), 2),
        "wall_ms": round(1e3 * statistics.median(passed[SETTLING:]), 2),
    }


def ours(count: int, frames: int) -> dict[str, float]:
    """A live picture whose stage has only motes on it."""
    from dataclasses import replace

    from performance.paint.density import live
    from performance.paint.picture import Picture
    from performance.score.reader import read_text
    from performance.stage.motes import Motes
    from performance.stage.stage import stage_at
    from performance.stage.swarm import SHARPEST
    from performance.timeline import Timeline

    timeline = Timeline(read_text('title = "Glows"\n[[beat]]\nid = "all"\nlength = "60s"\n'))
    picture = Picture(timeline, *SIZE, live(SIZE))
    swarm, pixels = Swarm(count), np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    empty, single = stage_at(timeline, 1.0), np.float32
    light = (np.array(TINTS, single) / 255)[swarm.tint]
    one, sharp = np.ones(count, single), np.full(count, SHARPEST, single)

    def frame(t: float) -> None:
        x, y = swarm.at(t)
        u, v = picture.view.u(x), picture.view.v(y)
        stage = replace(empty, t=t, motes=Motes(u.astype(single), v.astype(single), one, sharp, light))
        picture.layers.paint(stage, None)
        picture._develop(t, stage.exposure, pixels)
        picture.layers.lay_points(stage, pixels)

    return measured(frame, frames)


def naive_pygame(count: int, frames: int) -> dict[str, float]:
    """One additive blit for each."""
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    import pygame

    pygame.display.init()
    screen = pygame.display.set_mode(SIZE)
    sprites = []
    for tint in TINTS:
        bytes_of = (texture()[..., None] * np.array(tint)).astype(np.uint8)
        sprites.append(pygame.image.frombuffer(bytes_of.tobytes(), (SIDE, SIDE), "RGB").convert())
    swarm = Swarm(count)

    def frame(t: float) -> None:
        screen.fill((0, 0, 0))
        x, y = swarm.at(t)
        for left, top, tint in zip(
            (x - SIDE / 2).tolist(), (y - SIDE / 2).tolist(), swarm.tint.tolist(), strict=True
        ):
            screen.blit(sprites[tint], (left, top), special_flags=pygame.BLEND_RGB_ADD)
        pygame.display.flip()

    return measured(frame, frames)


def arcade(count: int, frames: int) -> dict[str, float]:
    """A SpriteList, each sprite moved by its `position`; and the drawing alone, for what it is worth."""
    import arcade as peer  # type: ignore[import-not-found]
    from PIL import Image  # type: ignore[import-not-found]

    window = peer.Window(*SIZE, "glows", vsync=False)
    alpha = (255 * texture()).astype(np.uint8)
    white = np.dstack([np.full((SIDE, SIDE, 3), 255, np.uint8), alpha])
    image = Image.frombytes("RGBA", (SIDE, SIDE), white.tobytes())
    glow, swarm, sprites = peer.Texture(image), Swarm(count), peer.SpriteList(capacity=count)
    for tint in swarm.tint.tolist():
        sprite = peer.Sprite(glow)
        sprite.color = TINTS[tint]
        sprites.append(sprite)

    def draw(t: float) -> None:
        window.clear()
        sprites.draw(blend_function=(window.ctx.SRC_ALPHA, window.ctx.ONE))
        window.flip()
        window.ctx.finish()

    def frame(t: float) -> None:
        x, y = swarm.at(t)
        for sprite, left, top in zip(sprites, x.tolist(), y.tolist(), strict=True):
            sprite.position = left, top
        draw(t)

    alone = measured(draw, frames)
    return measured(frame, frames) | {f"drawing_{name}": value for name, value in alone.items()}


PEERS = {"ours": ours, "pygame": naive_pygame, "arcade": arcade}


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """An environment with a display of its own, drawn by software."""
    read, write = os.pipe()
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(words, pass_fds=[write], stdout=quiet, stderr=quiet)
    os.close(write)
    with os.fdopen(read) as answer:
        display = ":" + answer.readline().strip()
    try:
        yield os.environ | {"DISPLAY": display, "LIBGL_ALWAYS_SOFTWARE": "1", "GALLIUM_DRIVER": "llvmpipe"}
    finally:
        server.terminate()
        server.wait(10)


def asked(python: str, peer: str, count: int, frames: int, environment: dict[str, str]) -> dict[str, float]:
    """The figures of one peer, in a process of its own."""
    words = [python, str(Path(__file__).resolve()), "--peer", peer, "--glows", str(count)]
    words += ["--frames", str(frames)]
    root = Path(__file__).resolve().parent.parent.parent
    done = subprocess.run(words, cwd=root, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "it failed")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def compared(python: str, counts: list[int], frames: int) -> dict[str, Any]:
    """All figures, by number of glows and by who drew them."""
    figures: dict[str, Any] = {}
    for count in counts:
        row = figures[str(count)] = {
            peer: asked(sys.executable, peer, count, frames, dict(os.environ) | {"PYTHONPATH": "."})
            for peer in ("ours", "pygame")
        }
        try:
            if shutil.which("Xvfb") is None:
                raise RuntimeError("Xvfb is not installed")
            with screen() as environment:
                row["arcade"] = asked(python, "arcade", count, frames, environment)
        except (RuntimeError, OSError) as fault:
            figures["missing"] = str(fault)
    return figures


def told(figures: dict[str, Any]) -> list[str]:
    """The same in words."""
    lines = []
    for count, row in figures.items():
        if count == "missing":
            continue
        mine = row["ours"]
        for peer, took in row.items():
            times = took["cpu_ms"] / mine["cpu_ms"], took["wall_ms"] / mine["wall_ms"]
            lines.append(
                f"{count:>6} glows  {peer:7}{took['cpu_ms']:8.2f} ms of processor time,{took['wall_ms']:8.2f} ms passed"
                + (f"   {times[0]:.1f} and {times[1]:.1f} times ours" if peer != "ours" else "")
            )
            if "drawing_cpu_ms" in took:
                alone = took["drawing_cpu_ms"], took["drawing_wall_ms"]
                lines.append(f"{'':22} its drawing alone: {alone[0]:.2f} ms, {alone[1]:.2f} ms passed")
    if "missing" in figures:
        lines.append(MISSING.format(why=figures["missing"]))
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--with", dest="python", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--glows", type=int, nargs="+", default=list(COUNTS))
    parser.add_argument("--frames", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--peer", choices=PEERS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.peer:
        print(json.dumps(PEERS[given.peer](given.glows[0], given.frames)))
        return 0
    figures = compared(given.python, given.glows, given.frames)
    print(json.dumps(figures, indent=1) if given.json else "\n".join(told(figures)))
    row = figures.get(str(WANTED[0]), {})
    if "arcade" not in row:
        return 0
    times = row["arcade"]["cpu_ms"] / row["ours"]["cpu_ms"]
    print(f"{times:.1f} times arcade with {WANTED[0]} glows, {WANTED[1]:g} wanted", file=sys.stderr)
    return 0 if math.isfinite(times) and times >= WANTED[1] else 1


if __name__ == "__main__":
    sys.exit(main())
