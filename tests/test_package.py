"""The wheel, installed and run from elsewhere: it brings its presets and templates along."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from site_builder import __version__
from site_builder.site.style_sheet import joined
from tests.places import ROOT


def test_an_sdist_has_all_that_the_repository_has() -> None:
    """What its Makefile and its tests use, too."""
    if not (ROOT / ".git").exists():
        pytest.skip("what the repository has is known to git alone")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    tops = {path.partition("/")[0] for path in listed.stdout.decode().split("\0") if path}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    taken = project["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    always = {"LICENSE", "pyproject.toml", ".gitignore"}
    left = {top for top in tops if not any(fnmatchcase(f"/{top}", each) for each in taken)}
    assert left == always


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder into which a wheel of this checkout is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (packed,) = folder.glob("dealog-*.whl")
    target = folder / "installed"
    how = ("--no-deps", "--no-index", "--no-compile", "--target", str(target))
    install = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-qq", *how]
    subprocess.run([*install, str(packed)], check=True, capture_output=True)
    return target


def python(wheel: Path, cwd: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run Python where it finds nothing of ours but the wheel."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(wheel), "PYTHONSAFEPATH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_wheel_makes_a_journal_and_its_site(wheel: Path, tmp_path: Path) -> None:
    dealog = ("-m", "site_builder")
    made = python(wheel, tmp_path, *dealog, "init", "journal")
    assert made.returncode == 0, made.stderr
    built = python(wheel, tmp_path, *dealog, "-C", "journal", "build", "-o", "site")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "site" / "index.html").is_file()
    style = (tmp_path / "site" / "assets" / "style.css").read_bytes()
    assert style == joined(ROOT / "templates" / "styles")


def test_the_wheel_is_what_runs(wheel: Path, tmp_path: Path) -> None:
    code = "import site_builder; print(site_builder.__file__)"
    shown = python(wheel, tmp_path, "-c", code).stdout
    assert Path(shown.strip()).is_relative_to(wheel)


def test_the_wheel_holds_all_templates_and_no_tests(wheel: Path) -> None:
    templates = ROOT / "templates"
    ours = {p.relative_to(templates) for p in templates.rglob("*") if p.is_file()}
    packed = wheel / "site_builder" / "_templates"
    assert {p.relative_to(packed) for p in packed.rglob("*") if p.is_file()} == ours
    tops = {path.name for path in wheel.iterdir()}
    (about,) = (name for name in tops if name.endswith(".dist-info"))
    assert tops == {"bin", "site_builder", about}


def test_its_command_is_dealog(wheel: Path, tmp_path: Path) -> None:
    said = python(wheel, tmp_path, str(wheel / "bin/dealog"), "--version")
    assert (said.returncode, said.stdout) == (0, f"dealog, version {__version__}\n")
