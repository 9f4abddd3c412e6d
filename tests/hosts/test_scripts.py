from __future__ import annotations

import json
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest

from site_builder.hosts.workflows import files_for
from tests.catalogue import BASE
from tests.journals import loaded
from tests.repositories import Repo
from tests.runners import Runner, load_yaml, needs, runs

pytestmark = needs("bash", "jq", "unzip", "git")
JOURNAL = loaded({}).journal
assert JOURNAL is not None
MADE = files_for("github", JOURNAL.schema, ".")
SCRIPTS = {
    name: script
    for path, data in MADE.items()
    if path.startswith(".github/workflows/")
    for name, script in runs(load_yaml(data.decode())).items()
}
DEAL = (
    "---\ntitle: Two sites\nowner: maria\ncontacts: [jane-roe]\nstage: lead\nvalue: 1000\n"
    "next: 2026-12-01 Call\n---\n\n## 2026-11-01 note — Begun\n"
)
UPLOADS = {
    step["with"]["name"]: step["with"]["path"]
    for path, data in MADE.items()
    if path.startswith(".github/workflows/")
    for job in load_yaml(data.decode())["jobs"].values()
    for step in job["steps"]
    if step.get("uses", "").startswith("actions/upload-artifact@")
}
GITLAB = load_yaml(files_for("gitlab", JOURNAL.schema, ".")[".gitlab/dealog.yml"].decode())
SHA = "a" * 40
HOSTILE = "$(touch stolen) `touch stolen`; touch stolen #\n@everyone </pre> ``` ::set-output::\n"


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path / "runner")


def uploaded(runner: Runner, name: str) -> Path:
    """What a workflow uploads under a name."""
    return Path(UPLOADS[name].replace("${{ runner.temp }}", str(runner.temp)))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    repo = Repo(tmp_path_factory.mktemp("begun") / "repo")
    repo.commit({**BASE, "deals/two-sites.md": DEAL})
    return repo.folder


@pytest.fixture
def repo(begun: Path, tmp_path: Path) -> Repo:
    return Repo(shutil.copytree(begun, tmp_path / "repo"))


class TestReview:
    def test_a_pull_request_is_compared_with_what_it_is_merged_into(
        self, runner: Runner, repo: Repo
    ) -> None:
        repo.git("switch", "-q", "-c", "change")
        repo.commit({"deals/two-sites.md": DEAL.replace("1000", "9000")})
        repo.git("switch", "-q", "main")
        repo.git("merge", "-q", "--no-ff", "change")
        done = runner.run(SCRIPTS["Tell what changes"], repo.folder, {"NUMBER": "12"})
        assert done.returncode == 0, done.stderr
        assert (runner.temp / "review/number").read_text() == "12\n"
        said = (runner.temp / "review/comment.md").read_text()
        assert "two-sites" in said and runner.left("summary") == said
        left = {path.name for path in uploaded(runner, "pipeline-review").iterdir()}
        assert left == {"number", "comment.md"}  # which the workflow that comments reads
        assert runner.run(SCRIPTS["Check"], repo.folder).returncode == 0

    def test_an_error_that_it_brings_fails_the_check(self, runner: Runner, repo: Repo) -> None:
        repo.commit({"deals/two-sites.md": DEAL.replace("lead", "nowhere")})
        done = runner.run(SCRIPTS["Check"], repo.folder)
        assert done.returncode == 1
        assert "::error file=deals/two-sites.md" in done.stdout


REVIEWED = {"REVIEW": "7", "COMMIT": SHA}
ASKED = {"NUMBER": "5", "GIT_AUTHOR_NAME": "maria-l", "AUTHOR": "maria-l", "BASE": "main"}


class TestComment:
    SCRIPT = SCRIPTS["Comment"]
    ARTIFACTS = "GET repos/kestrel/sales/actions/runs/7/artifacts?name=pipeline-review"
    COMMENTS = "GET repos/kestrel/sales/issues/12/comments?per_page=100"

    def prepare(
        self, runner: Runner, files: dict[str, str | bytes], size: int = 500, state: str = "open"
    ) -> None:
        zip = runner.folder / "review.zip"
        with zipfile.ZipFile(zip, "w", zipfile.ZIP_DEFLATED) as made:
            for name, data in files.items():
                made.writestr(name, data)
        runner.answers = {
            self.ARTIFACTS: {"artifacts": [{"id": 3, "size_in_bytes": size}]},
            "GET repos/kestrel/sales/actions/artifacts/3/zip": {"file": str(zip)},
            "GET repos/kestrel/sales/pulls/12": {"state": state, "head": {"sha": SHA}},
            "GET repos/kestrel/sales/pulls/13": {"state": "open", "head": {"sha": "b" * 40}},
            self.COMMENTS: [],
            "POST repos/kestrel/sales/issues/12/comments": {},
            "PATCH repos/kestrel/sales/issues/comments/99": {},
        }

    def test_a_first_comment(self, runner: Runner, tmp_path: Path) -> None:
        self.prepare(runner, {"number": "12\n", "comment.md": HOSTILE})
        done = runner.run(self.SCRIPT, tmp_path, REVIEWED)
        assert done.returncode == 0, done.stderr
        body = {"body": f"<!-- dealog review -->\n{HOSTILE}"}
        assert runner.sent == [("POST", "repos/kestrel/sales/issues/12/comments", body)]
        assert not list(tmp_path.rglob("stolen"))

    def test_its_own_comment_is_changed_and_nobody_elses(
        self, runner: Runner, tmp_path: Path
    ) -> None:
        self.prepare(runner, {"number": "12", "comment.md": "New"})
        ours, bot = "<!-- dealog review -->\nOld", "github-actions[bot]"
        runner.answers[self.COMMENTS] = [
            {"id": 97, "user": {"login": "mallory"}, "body": ours},
            {"id": 98, "user": {"login": bot}, "body": "Other"},
            {"id": 99, "user": {"login": bot}, "body": ours},
            {"id": 100, "user": {"login": bot}, "body": ours},
        ]
        assert runner.run(self.SCRIPT, tmp_path, REVIEWED).returncode == 0
        assert [sent[:2] for sent in runner.sent] == [
            ("PATCH", "repos/kestrel/sales/issues/comments/99")
        ]

    @pytest.mark.parametrize(
        "files",
        [
            {"number": "12 13", "comment.md": "x"},
            {"number": "$(touch stolen)", "comment.md": "x"},
            {"number": "../../../user", "comment.md": "x"},
            {"number": "-1", "comment.md": "x"},
            {"number": "0", "comment.md": "x"},
            {"number": "12\n13\n", "comment.md": "x"},
            {"number": "9" * 1000, "comment.md": "x"},
            {"number": "14", "comment.md": "x"},  # there is none
            {"number": "12", "comment.md": ""},
            {"number": "12", "comment.md": "x" * 60_001},
            {"number": "12", "comment.md": b"\0" * 10_000_000},
            {"number": "12", "../comment.md": "x"},
            {"comment.md": "x"},
            {"number": "12"},
        ],
    )
    def test_what_is_no_review_is_refused(
        self, runner: Runner, tmp_path: Path, files: dict[str, str | bytes]
    ) -> None:
        self.prepare(runner, files)
        assert runner.run(self.SCRIPT, tmp_path, REVIEWED).returncode != 0
        assert runner.sent == []
        if files.get("number") not in ("12", "14"):  # which no address is made of
            assert "/pulls/" not in runner.left("asked")
        assert not list(tmp_path.rglob("stolen"))

    @pytest.mark.parametrize(
        ("number", "size", "state"),
        [("13", 500, "open"), ("12", 10**9, "open"), ("12", 5, "closed")],
    )
    def test_another_pull_request_an_old_commit_and_too_much_are_passed_over(
        self, runner: Runner, tmp_path: Path, number: str, size: int, state: str
    ) -> None:
        self.prepare(runner, {"number": number, "comment.md": "x"}, size, state)
        assert runner.run(self.SCRIPT, tmp_path, REVIEWED).returncode == 0
        assert runner.sent == []

    def test_a_link_in_it_leads_nowhere(self, runner: Runner, tmp_path: Path) -> None:
        self.prepare(runner, {"number": "12"})
        link = zipfile.ZipInfo("comment.md")
        link.external_attr = 0o120777 << 16
        with zipfile.ZipFile(runner.folder / "review.zip", "a") as made:
            made.writestr(link, "/etc/passwd")
        assert runner.run(self.SCRIPT, tmp_path, REVIEWED).returncode == 0
        assert [sent[2]["body"] for sent in runner.sent] == ["<!-- dealog review -->\n/etc/passwd"]


class TestSite:
    def test_the_site_is_packed(self, runner: Runner, repo: Repo) -> None:
        done = runner.run(SCRIPTS["Build"], repo.folder)
        assert done.returncode == 0, done.stderr
        page = (runner.temp / "site/index.html").read_text("utf-8")
        assert f"Built from commit <code>{repo.git('rev-parse', 'HEAD')[:10]}</code>" in page
        with tarfile.open(uploaded(runner, "github-pages")) as packed:
            site = runner.temp / "site"
            found = {path.relative_to(site).as_posix() for path in site.rglob("*")}
            assert {name.removeprefix("./") for name in packed.getnames()} - {"."} == found

    def test_problems_are_no_reason_to_show_the_old_one(self, runner: Runner, repo: Repo) -> None:
        repo.commit({"deals/two-sites.md": DEAL.replace("lead", "nowhere")})
        done = runner.run(SCRIPTS["Build"], repo.folder)
        assert done.returncode == 0
        assert "::warning::The journal has problems" in done.stdout
        assert (runner.temp / "artifact.tar").is_file()

    def test_what_can_not_be_built_is_not_deployed(self, runner: Runner, repo: Repo) -> None:
        repo.commit({"pipeline.yml": "nothing"})
        assert runner.run(SCRIPTS["Build"], repo.folder).returncode != 0
        assert not (runner.temp / "site").exists()


DEALOG = """#!/usr/bin/env bash
for last; do if [ "${before:-}" = -o ]; then mkdir "$last"; echo site >"$last/index.html"; fi; before=$last; done
echo "$@"
"""
"""Makes the folder behind `-o`, and says what it was asked."""


class TestGitLab:
    def run(self, runner: Runner, job: str) -> Path:
        """Where a job ran, with a `dealog` that only makes what it is to make."""
        dealog, project = runner.folder / "bin/dealog", runner.folder / "project"
        dealog.unlink()
        dealog.write_text(DEALOG)
        dealog.chmod(0o755)
        project.mkdir()
        said = {"CI_PROJECT_DIR": str(project), "CI_MERGE_REQUEST_DIFF_BASE_SHA": SHA}
        done = runner.run("\n".join(GITLAB[job]["script"]), project, said)
        assert done.returncode == 0, done.stderr
        return project

    def test_what_it_says_of_a_merge_request_is_what_was_told(self, runner: Runner) -> None:
        kept = GITLAB["pipeline-review"]["artifacts"]
        project = self.run(runner, "pipeline-review")
        (told,) = [project / path for path in kept["paths"]]
        assert told.read_text() == f"-C . diff --format markdown {SHA} HEAD\n"
        report = project / kept["reports"]["codequality"]
        assert report.read_text() == f"-C . check --base {SHA} --format gitlab\n"

    def test_what_it_publishes_is_the_site(self, runner: Runner) -> None:
        project = self.run(runner, "pages")
        assert GITLAB["pages"]["artifacts"] == {"paths": ["public"]}  # which alone GitLab publishes
        assert [path.name for path in project.rglob("*")] == ["public", "index.html"]
        assert "artifacts" not in GITLAB["pipeline-site"]


class TestWhoAsks:
    @pytest.mark.parametrize(
        ("author", "sender", "may"),
        [
            ("maria", "maria", True),
            ("boss", "maria", True),
            ("mallory", "maria", False),  # whose issue is opened again
            ("maria", "mallory", False),
            ("nobody", "nobody", False),
            ("../../maria", "maria", False),
            ("$(touch stolen)", "maria", False),
        ],
    )
    def test_only_who_may_write(
        self, runner: Runner, tmp_path: Path, author: str, sender: str, may: bool
    ) -> None:
        rights = {"maria": "write", "boss": "admin", "mallory": "read"}
        runner.answers = {
            f"GET repos/kestrel/sales/collaborators/{who}/permission": {"permission": right}
            for who, right in rights.items()
        }
        done = runner.run(SCRIPTS["Who asks"], tmp_path, {"AUTHOR": author, "SENDER": sender})
        assert (runner.left("output") == "may=yes\n") == may
        assert done.returncode == 0 or author == "nobody"
        assert not list(tmp_path.rglob("stolen"))


def opening(repo: Repo) -> dict[str, str]:
    return {**ASKED, "GITHUB_SHA": repo.git("rev-parse", "main")}


class TestForm:
    def fill(self, runner: Runner, body: object) -> None:
        (runner.folder / "event.json").write_text(json.dumps({"issue": {"body": body}}))

    def make(self, runner: Runner, repo: Repo, body: object) -> str:
        self.fill(runner, body)
        values = {**ASKED, "GITHUB_SHA": repo.git("rev-parse", "HEAD")}
        done = runner.run(SCRIPTS["Make the change"], repo.folder, values)
        assert done.returncode == 0, done.stderr
        assert not list(repo.folder.parent.rglob("stolen"))
        return runner.left("output").strip()

    def test_a_note_becomes_a_pull_request(self, runner: Runner, repo: Repo) -> None:
        repo.git("init", "-q", "--bare", runner.folder / "server/kestrel/sales")
        body = f"### Deal or contact\n\ntwo-sites\n\n### What happened\n\nCalled Jane\n\n{HOSTILE}"
        assert self.make(runner, repo, body.replace("\n", "\r\n")) == "made=yes"
        assert (
            "call with jane-roe — Called Jane" in (repo.folder / "deals/two-sites.md").read_text()
        )
        assert repo.git("status", "--porcelain") == ""
        api = "repos/kestrel/sales"
        runner.answers = {
            f"GET {api}/pulls?state=open&head=kestrel:dealog/issue-5": [],
            f"POST {api}/pulls": {"number": 6},
            f"GET {api}/issues/6/comments?per_page=100": [],
            f"POST {api}/issues/6/comments": {},
        }
        done = runner.run(SCRIPTS["Open the pull request"], repo.folder, opening(repo))
        assert done.returncode == 0, done.stderr
        (_, _, pull), (_, _, comment) = runner.sent
        assert pull["head"] == "dealog/issue-5" and pull["base"] == "main"
        assert pull["title"] == "two-sites: call — Called Jane"
        assert pull["body"].startswith("Closes #5")
        assert comment["body"].startswith("<!-- dealog review -->\n")
        assert "No problems in what changed" in comment["body"]
        bot = {"login": "github-actions[bot]"}
        runner.answers[f"GET {api}/pulls?state=open&head=kestrel:dealog/issue-5"] = [{"number": 6}]
        runner.answers[f"GET {api}/issues/6/comments?per_page=100"] = [
            {"id": 8, "user": bot, "body": comment["body"]}
        ]
        runner.answers[f"PATCH {api}/issues/comments/8"] = {}
        again = runner.run(SCRIPTS["Open the pull request"], repo.folder, opening(repo))
        assert again.returncode == 0, again.stderr
        assert [sent[0] for sent in runner.sent[2:]] == ["PATCH"]

    def test_a_lead_is_called_by_its_first_commit(self, runner: Runner, repo: Repo) -> None:
        repo.git("init", "-q", "--bare", runner.folder / "server/kestrel/sales")
        body = "### Name of the lead\n\nBriar\n\n### Whose it is\n\nmaria\n\n### What is known\n\nx"
        assert self.make(runner, repo, body) == "made=yes"
        runner.answers = {
            "GET repos/kestrel/sales/pulls?state=open&head=kestrel:dealog/issue-5": [],
            "POST repos/kestrel/sales/issues/5/comments": {},
        }
        runner.run(SCRIPTS["Open the pull request"], repo.folder, opening(repo))
        assert runner.sent[0][2]["title"] == "briar: new deal"

    def test_where_no_pull_request_may_be_opened_there_is_a_link(
        self, runner: Runner, repo: Repo
    ) -> None:
        repo.git("init", "-q", "--bare", runner.folder / "server/kestrel/sales")
        body = "### Deal to plan\n\ntwo\n\n### On which day\n\n2026-12-24\n\n### What is to be done\n\nCall"
        assert self.make(runner, repo, body) == "made=yes"
        api = "repos/kestrel/sales"
        runner.answers = {
            f"GET {api}/pulls?state=open&head=kestrel:dealog/issue-5": [],
            f"POST {api}/issues/5/comments": {},
        }
        done = runner.run(SCRIPTS["Open the pull request"], repo.folder, opening(repo))
        assert done.returncode == 0, done.stderr
        assert "compare/dealog/issue-5?expand=1)" in runner.sent[-1][2]["body"]

    def test_what_can_not_be_done_is_told_in_the_issue(self, runner: Runner, repo: Repo) -> None:
        body = f"### Deal or contact\n\n{HOSTILE.split(chr(10), maxsplit=1)[0]}\n\n### What happened\n\nx"
        assert self.make(runner, repo, body) == "made=no"
        runner.answers = {"POST repos/kestrel/sales/issues/5/comments": {}}
        done = runner.run(SCRIPTS["Say why not"], repo.folder, ASKED)
        assert done.returncode == 1
        said = runner.sent[0][2]["body"]
        assert said.count("<pre>") == said.count("</pre>") == 1
        assert "$(touch stolen)" in said

    @pytest.mark.parametrize("body", [None, "", "Hello", HOSTILE, "### Deal to move\n\n--help"])
    def test_what_is_no_form_changes_nothing(
        self, runner: Runner, repo: Repo, body: object
    ) -> None:
        assert self.make(runner, repo, body) == "made=no"
        assert repo.git("status", "--porcelain") == ""
        assert repo.git("rev-parse", "HEAD") == repo.git("rev-parse", "main")
