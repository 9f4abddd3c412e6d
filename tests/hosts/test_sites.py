"""What is written for hosts of sites: read by them, with the commands of the docs, and nothing published
unasked."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from site_builder import __version__
from site_builder.hosts.workflows import OF_SITES, files_for
from tests.journals import loaded
from tests.places import ROOT

JOURNAL = loaded({}).journal
assert JOURNAL is not None
FILES = {
    Path(path).name: data.decode()
    for host in OF_SITES
    for path, data in files_for(host, JOURNAL.schema, "our sales").items()
}
NETLIFY, WRANGLER = (tomllib.loads(FILES[name]) for name in ("netlify.toml", "wrangler.toml"))
DOCS = (ROOT / "docs/publishing.md").read_text("utf-8")
BUILD = "dealog -C our sales build --rev HEAD --audience=partners -o {}/_site"


def ran(script: str, folder: Path, code: int = 0, **env: str) -> tuple[int, list[str]]:
    """How a script ends where `dealog` ends with a code, and what was run."""
    (folder / "bin").mkdir()
    for name in ("dealog", "python", "rsync"):
        place = folder / "bin" / name
        ends = code if name == "dealog" else 0
        place.write_text(f'#!/bin/sh\necho {name} "$@" >>"{folder}/ran"\nexit {ends}\n')
        place.chmod(0o755)
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    said = ("bash", "-c", script, str(folder / "publishing/publish.sh"), "partners", "host:/srv/")
    (folder / "publishing").mkdir()
    done = subprocess.run(
        said, cwd=folder, env={"PATH": path, **env}, check=False, capture_output=True
    )
    lines = (folder / "ran").read_text().splitlines() if (folder / "ran").exists() else []
    return done.returncode, [line for line in lines if not line.startswith("python")]


def test_hosts_are_told_which_folder_is_published() -> None:
    assert NETLIFY["build"]["publish"] == WRANGLER["pages_build_output_dir"] == "_site"
    assert re.fullmatch("[a-z0-9-]+", WRANGLER["name"])
    assert NETLIFY["build"]["environment"]["JOURNAL"] == "our sales"
    assert NETLIFY["build"]["environment"]["DEALOG"] == f"dealog=={__version__}"
    assert f'DEALOG="dealog=={__version__}"' in FILES["dealog-site.sh"]
    assert not any(re.search("@[A-Z_]+@", text) for text in FILES.values())


def test_deploys_of_branches_are_not_made() -> None:
    others = {name: made["ignore"] for name, made in NETLIFY["context"].items()}
    assert others == {"deploy-preview": "exit 0", "branch-deploy": "exit 0"}


@pytest.mark.parametrize("name", ["netlify.toml", "wrangler.toml", "nginx.conf", "Caddyfile"])
def test_who_can_read_it_is_said_first(name: str) -> None:
    assert re.search("PUBLIC", FILES[name].partition("\n\n")[0])


@pytest.mark.parametrize("code", [0, 1, 2])
def test_netlify_builds_once_it_is_to(tmp_path: Path, code: int) -> None:
    env = {**NETLIFY["build"]["environment"], "DEALOG_AUDIENCE": "partners"}
    script = NETLIFY["build"]["command"]
    assert ran(script, tmp_path, code, DEALOG_PAGES="yes", **env) == (
        2 if code == 2 else 0,
        [BUILD.format(tmp_path)],
    )


@pytest.mark.parametrize("answer", ["no", "yes"])
def test_cloudflare_builds_once_it_is_to(tmp_path: Path, answer: str) -> None:
    text = FILES["dealog-site.sh"].replace("DEALOG_PAGES=no", f"DEALOG_PAGES={answer}")
    script = text.replace("DEALOG_AUDIENCE=\n", "DEALOG_AUDIENCE=partners\n")
    script = script.replace('cd "$(dirname "$0")"', "")
    expected = (0, [BUILD.format(tmp_path)]) if answer == "yes" else (1, [])
    assert ran(script, tmp_path, DEALOG_PAGES="yes") == expected


def test_nothing_is_published_on_netlify_before_somebody_says_so(tmp_path: Path) -> None:
    assert ran(NETLIFY["build"]["command"], tmp_path, DEALOG="x", JOURNAL=".") == (1, [])


@pytest.mark.parametrize("code", [0, 2])
def test_a_site_is_built_here_and_sent(tmp_path: Path, code: int) -> None:
    ended, (built, *sent) = ran(FILES["publish.sh"], tmp_path, code)
    work = built.partition(" -o ")[2]
    assert built.startswith("dealog -C our sales build --audience partners -o ")
    assert (ended, sent) == ((2, []) if code else (0, [f"rsync -a --delete {work}/ host:/srv/"]))
    assert not Path(work).parent.exists()


@pytest.mark.parametrize(
    ("given", "path", "told"),
    [
        (["partners"], "/usr/bin:/bin", "publish.sh AUDIENCE HOST:/FOLDER/"),
        (["partners", "host:/srv/"], "{}", "Install dealog first"),
    ],
)
def test_what_a_site_needs_to_be_sent_is_asked_first(
    tmp_path: Path, given: list[str], path: str, told: str
) -> None:
    said = ["/bin/bash", "-c", FILES["publish.sh"], "publishing/publish.sh", *given]
    env = {"PATH": path.format(tmp_path)}
    done = subprocess.run(said, cwd=tmp_path, env=env, check=False, capture_output=True, text=True)
    assert (done.returncode, told in done.stderr) == (2, True)


def test_the_docs_have_the_same_commands_and_files() -> None:
    blocks = re.findall(
        r"^```\w*\n(.*?)^```", DOCS.partition("## Netlify")[2], re.MULTILINE | re.DOTALL
    )
    of_server = blocks[2]
    for block, name in ((blocks[0], "netlify.toml"), (blocks[1], "wrangler.toml")):
        assert all(f"#     {line}" in FILES[name] for line in block.splitlines()), name
    assert "rsync -a --delete" in of_server and "rsync -a --delete" in FILES["publish.sh"]
    assert FILES["nginx.conf"].endswith(blocks[3]) and FILES["Caddyfile"].endswith(blocks[4])
