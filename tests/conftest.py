"""What all tests share: no window, no sound, and what needs a stage machine is left out where there is none."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import performance.sound.threads  # noqa: F401, I001  # as the sound's process does, before anything imports numpy
import pytest

STAGE_MACHINE = ("Xvfb", "jackd")
SCORE = """\
title = "A Small Test"
seed  = 5

[[beat]]
id     = "first"
length = "3s"
stage.spotlight = { level = 0.8, colour = "gold" }
sound.struck    = { play = "<d5 f#5 a5>*3", every = "1s" }

[[beat]]
id     = "second"
length = "3s"
fade   = "1s"
stage.spotlight = { colour = "cobalt" }
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """--bless writes what golden tests compare with: after looking."""
    parser.addoption("--bless", action="store_true", help="write golden stills anew; look at them first")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that play for real need a display server and a sound server of their own."""
    if all(shutil.which(program) for program in STAGE_MACHINE) and sys.platform == "linux":
        return
    needy = [item for item in items if item.get_closest_marker("stage_machine")]
    if needy:
        config.hook.pytest_deselected(items=needy)
        items[:] = [item for item in items if item not in needy]


@pytest.fixture
def score(tmp_path: Path) -> Path:
    """A score of six seconds, cheap to draw and to play."""
    path = tmp_path / "small.toml"
    path.write_text(SCORE, "utf-8")
    return path
