"""The folder of what is made once: shown, emptied, and kept within its limit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from performance import caches, cli


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of three generations of code, two shapes, a note and a figure; those named first are oldest."""
    monkeypatch.setattr(caches, "cache_home", lambda: tmp_path / "unrehearsed")
    monkeypatch.setattr(caches, "KERNEL_FOLDER", tmp_path / "unrehearsed" / "kernels" / "now")
    names = "kernels/now/a.nbc", "kernels/old/b.nbc", "baked/old.npz", "kernels/new/c.nbc", "baked/new.npz"
    for age, name in enumerate((*names, "baked/rehearsed/note", "loudness.json")):
        path = tmp_path / "unrehearsed" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(100))
        for one in (path, path.parent):
            os.utime(one, (1e9 + age, 1e9 + age))
    return tmp_path / "unrehearsed"


def test_everything_is_counted_once(folder: Path) -> None:
    found = caches.everything()
    assert sum(kept.size for kept in found) == 700
    kinds = [kept.kind for kept in found]
    assert kinds.count(caches.COMPILED) == 3
    assert kinds.count(caches.BAKED) == 2
    assert kinds.count(caches.REHEARSED) == kinds.count(caches.FIGURES) == 1


@pytest.mark.parametrize("limit", [700, 600, 500, 350, 0])
def test_what_was_used_longest_ago_is_dropped_first_and_what_is_in_use_never(
    folder: Path, limit: int
) -> None:
    kept = {one.path: one.used for one in caches.everything()}
    gone = {one.path for one in caches.tidy(limit)}
    left = {one.path for one in caches.everything()}
    assert folder / "kernels" / "now" in left
    assert not gone & left
    droppable = {path for path in kept if path.parent.name in ("kernels", "baked") and path.suffix != ""} | {
        folder / "kernels" / "old",
        folder / "kernels" / "new",
    }
    stay = droppable - gone
    assert all(kept[path] <= kept[other] for path in gone for other in stay)
    assert sum(one.size for one in caches.everything()) <= max(limit, 300)
    if any(path.suffix == ".npz" for path in gone):
        assert not (folder / "baked" / "rehearsed").exists()


def test_what_is_used_is_not_the_next_to_go(folder: Path) -> None:
    caches.note_use(folder / "baked" / "old.npz")
    (gone, *_) = caches.tidy(650)
    assert gone.path == folder / "kernels" / "old"
    assert (folder / "baked" / "old.npz").exists()


def test_the_command_shows_and_clears(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["cache"]) == 0
    said = capsys.readouterr().out
    for words in (str(folder), caches.COMPILED, caches.BAKED, caches.FIGURES, "days ago", "0.0 MB"):
        assert words in said
    assert cli.main(["cache", "--clear"]) == 0
    assert not caches.everything()
    assert "deleted" in capsys.readouterr().out
    assert cli.main(["cache"]) == 0
