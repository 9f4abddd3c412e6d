"""Whatever stands in files and names, no command prints what drives a terminal or turns its lines
around."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from site_builder.cli.main import COMMANDS
from tests.catalogue import BASE, PIPELINE, deal
from tests.commands import run
from tests.journals import write_odd
from tests.repositories import QUIET, Repo

ODD = "A\x1b]0;x\x07\u202eB\u2066C\u009b31mD\u200bE"
WRITTEN = "A\\e]0;x\\a\\u202EB\\u2066C\\u009b31mD\\u200bE"
"""The same as YAML writes it in quotes."""
DRIVES = re.compile(
    "\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
FILES = {
    "pipeline.yml": PIPELINE.replace("name: Maria Lopez", f'name: "{WRITTEN}"').replace(
        "as-of: 2026-11-20", 'as-of: 2026-11-20\nviews: {odd: "tag:a"}'
    ),
    "contacts/odd.md": f'---\nname: "{WRITTEN}"\ncompany: acme\nrole: "{WRITTEN}"\nemail: odd@x.example\n---\n',
    "contacts/odd-two.md": f'---\nname: "{WRITTEN}"\nemail: odd@x.example\n---\n',
    "contacts/acme.md": f'---\nname: "{WRITTEN}"\ntype: company\n---\n',
    "deals/one.md": deal(
        front=f'value: 500\nclose: 2026-12-01\nchannel: "{WRITTEN}"\ntags: ["{WRITTEN}"]\ncontacts: ["odd {WRITTEN}"]',
        notes=f"{ODD}\n\n## 2026-10-01 call with odd — {ODD}\n\n{ODD}\n\n- [x] needs-analysis: {ODD}\n",
    ).replace("title: Bad", f'title: "{WRITTEN}"'),
    "deals/two.md": deal(front=f'{ODD}: x\nowner: "{WRITTEN}"\nclose: "{WRITTEN}"\n"{WRITTEN}": y'),
    "deals/three.md": f"---\ntitle: [{ODD}\n---\n\n## 2026-10-01 {ODD}\n",
    "deals/four.md": deal(stage="stage: lost", front=f'lost-reason: "{WRITTEN}"').replace("title: Bad", f'title: "{WRITTEN}"'),
    "m.yml": f"import: deals\nsource: crm\nkey: Id\nfields: {{title: Name, owner: '{ODD[8:9]}Owner', stage: Stage}}\n",
    "f.csv": f"Id,Name,Owner,Stage\n1,{ODD},{ODD},{ODD}\n",
}  # fmt: skip
SHAPES = ("text", "json", "github", "gitlab", "sarif", "junit")
PRINTED: Mapping[str, Sequence[Sequence[str]]] = {
    "backtest": [[]],
    "build": [[], ["--strict"]],
    "cache": [["clear"]],
    "check": [[f"--format={shape}"] for shape in SHAPES] + [["--base", "HEAD~"], ["--fix", "--dry-run"], [ODD]],
    "diff": [["HEAD~"], ["HEAD~", "--format", "markdown"], ["HEAD~", "--format", "json"], [ODD]],
    "done": [["one", ODD], ["one", "decision-map"]],
    "dupes": [[]],
    "forecast": [[], ["--format", "json"]],
    "export": [[what, "--format", shape] for what, shape in (("deals", "csv"), ("contacts", "csv"), ("deals", "json"), ("contacts", "vcard"))],
    "forget": [["odd", "--diff"], [ODD]],
    "form": [[ODD]],
    "handover": [["maria"], [ODD]],
    "import": [["f.csv", "--map", "m.yml"], [ODD, "--map", "m.yml"]],
    "init": [[ODD]],
    "list": [[], ["--format", "json"], ["--format", "csv"], [ODD], [f"title:{ODD}"]],
    "log": [["one", ODD], [ODD, "x"]],
    "lost": [["one", "--reason", ODD], [ODD]],
    "merge": [["odd", "into", "odd-two"], ["odd", "into", ODD]],
    "merge-file": [["f.csv", "f.csv", ODD]],
    "move": [["one", ODD], ["one", "qualification", ODD]],
    "new": [["deal", ODD, "--owner", "maria", "--stage", "lead"], ["contact", ODD]],
    "next": [["one", "fri", ODD], ["one", ODD, "x"]],
    "rename": [["one", ODD], ["contacts/odd", "odd-new"]],
    "schema": [["--print"], [ODD]],
    "serve": [["--port", ODD]],
    "set": [["one", "title", ODD], ["one", ODD, "x"]],
    "setup-git": [[]],
    "show": [["structure"], ["lost"], ["relationships"], ["follow-ups"], ["follow-ups", "--format", "json"], [ODD]],
    "undo": [[], []],
    "won": [["one", "--value", ODD], ["one", "--override", ODD]],
}  # fmt: skip
"""What is asked of each command."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repo = Repo(tmp_path_factory.mktemp("odd") / "j")
    repo.commit(BASE)
    repo.commit(FILES)
    write_odd(repo.folder, f"deals/{ODD}.md".encode(), deal())
    write_odd(repo.folder, f"contacts/{ODD}".encode(), "x")
    return repo.folder


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_nothing_that_is_printed_drives_a_terminal(
    command: str,
    template: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(template)
    for words in PRINTED[command]:
        code, out, err = run("-C", template, command, *words, capsys=capsys)
        assert code in (0, 1, 2), (words, err)
        assert DRIVES.findall(out + err) == [], (words, out, err)
        assert out or err, words
