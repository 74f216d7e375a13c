"""What is baked once: kept under the code that made it, made again where it cannot be kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from performance.caches import mark_of
from performance.paint.cache import kept


class Oven:
    """Bakes three numbers, and counts how often it is asked to."""

    def __init__(self) -> None:
        self.baked = 0

    def bake(self) -> dict[str, NDArray[np.float32]]:
        self.baked += 1
        return {"numbers": np.arange(3, dtype=np.float32)}


@pytest.fixture
def oven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Oven:
    monkeypatch.setattr("performance.paint.cache.cache_home", lambda: tmp_path / "cache")
    return Oven()


def test_what_is_kept_is_baked_once(oven: Oven) -> None:
    for _ in range(3):
        assert kept("bread", (1, 2), oven.bake, "recipe")["numbers"].tolist() == [0.0, 1.0, 2.0]
    assert oven.baked == 1


def test_another_key_or_other_code_bakes_again(oven: Oven) -> None:
    kept("bread", 1, oven.bake, "recipe")
    kept("bread", 2, oven.bake, "recipe")
    kept("bread", 1, oven.bake, "better recipe")
    assert oven.baked == 3


def test_spoilt_bread_is_baked_again(oven: Oven, tmp_path: Path) -> None:
    kept("bread", 1, oven.bake, "recipe")
    (loaf,) = (tmp_path / "cache" / "baked").iterdir()
    loaf.write_bytes(loaf.read_bytes()[:40])
    assert kept("bread", 1, oven.bake, "recipe")["numbers"].tolist() == [0.0, 1.0, 2.0]
    assert oven.baked == 2


def test_no_cache_is_no_fault(oven: Oven, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert kept("bread", 1, oven.bake, "recipe")["numbers"].tolist() == [0.0, 1.0, 2.0]


def test_a_mark_is_of_what_files_say(tmp_path: Path) -> None:
    one, other = tmp_path / "one.py", tmp_path / "other.py"
    one.write_text("a")
    other.write_text("a")
    assert mark_of(one) == mark_of(other) == mark_of(str(one), None, tmp_path / "missing.py")
    other.write_text("b")
    assert mark_of(one) != mark_of(other)
    assert mark_of(one) != mark_of(one, also="b")
