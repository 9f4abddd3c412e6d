"""`repository` and `forge` of pipeline.yml: an address, and what shows the files there."""

from __future__ import annotations

import contextlib
import posixpath
import re
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import SplitResult, quote, unquote, urlsplit

from site_builder.journal import values
from site_builder.journal.repository import NO_REPOSITORY, Repository
from site_builder.parse.reader import Reader
from site_builder.problems.patterns import late
from site_builder.problems.problem import Severity
from site_builder.source.yaml_nodes import Entry, Scalar


class _Forge(NamedTuple):
    """A kind of forge. ``hosts`` are words in the names of hosts that run it; ``tree`` is what
    stands before the branch in the address of a folder, ``source`` and ``edit`` in those of
    a file, and ``commit`` before the id of a commit."""

    name: str
    home: str
    hosts: str
    repository: str
    tree: str
    source: str
    edit: str
    behind_edit: str = ""
    line: str = "#L"
    commit: str = "commit"

    def match(self, path: str) -> re.Match[str] | None:
        """The repository, branch and folder in the path of an address, if it is one."""
        folder = rf"/{self.tree}/(?P<branch>[^/]+)(?:/(?P<folder>.+))?"
        whole = rf"(?P<repository>{self.repository})(?:\.git)?(?:{folder})?"
        return re.fullmatch(whole, path)


_OLD = "tree|blob|edit|raw|blame|commits"  # which GitLab wrote without `-/` before
_TWO = "[^/]+/[^/]+?"
FORGES = {
    "github": _Forge(
        "GitHub", "github.com", r"github|\.ghe\.com$", _TWO, "tree", "blob", "edit"
    ),
    "gitlab": _Forge(
        "GitLab", "gitlab.com", "gitlab", rf"[^/]+(?:/(?!(?:-|{_OLD})(?:/|$))[^/]+?)+?",
        "-/tree", "-/blob", "-/edit", commit="-/commit",
    ),
    "gitea": _Forge(
        "Gitea or Forgejo", "codeberg.org", r"gitea|forgejo|^codeberg\.org$",
        rf"(?:{_TWO}|.+?(?=/src/branch/))", "src/branch", "src/branch", "_edit",
    ),
    "bitbucket": _Forge(
        "Bitbucket", "bitbucket.org", r"^bitbucket\.org$", _TWO, "src", "src", "src",
        "?mode=edit", "#lines-", "commits",
    ),
}  # fmt: skip
_CALLED = {"forgejo": "gitea", "codeberg": "gitea"}
_SSH = late(r"(?:(?:ssh|git|git\+ssh)://)?(?:[^@/\s]+@)?(\w[\w.-]*\.\w+)(?::[0-9]+/|[:/])(\S+)")
_FILE = late(r"(?:.*/)?[^/]+\.(?:ya?ml|md)")
_COMMIT = late("[0-9a-f]{40,64}")


def read_repository(reader: Reader, written: Entry | None, forge: Entry | None) -> Repository:
    """What `repository` and `forge` say; what is wrong is reported. Pages link to files only
    where it is known where they are shown."""
    named = _named(reader, forge)
    if written is None:
        if forge is not None:
            _warn(
                reader,
                "`forge` says what runs at the address of `repository`, and there is none.",
                "Add a line `repository: https://…`.",
                forge.key,
            )
        return NO_REPOSITORY
    scalar = reader.scalar("repository", written.value)
    url = _web_address(reader, scalar) if scalar is not None else None
    if scalar is None or url is None:
        return NO_REPOSITORY
    return _Reading(reader, scalar, url).repository(named, asked=forge is not None)


def with_issue_forms(reader: Reader, written: Entry | None, repository: Repository) -> Repository:
    """The repository, where issues are begun there by forms only if `issue-forms` says so."""
    is_said = written is not None and reader.typed("issue-forms", written.value, values.yes_no)
    if is_said and written is not None and not repository.issues:
        _warn(
            reader,
            "`issue-forms` are those of GitHub, and `repository` names no repository there.",
            "Add a line `repository: https://github.com/…`, or write `issue-forms: no`.",
            written.key,
        )
    return repository if is_said else replace(repository, issues="")


def _named(reader: Reader, entry: Entry | None) -> str:
    scalar = reader.scalar("forge", entry.value) if entry is not None else None
    if scalar is None:
        return ""
    meant = _CALLED.get(scalar.text.lower())
    if meant:
        reader.invalid(f"`{scalar.text}` is not a kind of forge.", f"Write `{meant}`.", scalar.span)
        return ""
    return reader.one_of(scalar, FORGES, "a kind of forge") or ""


def _web_address(reader: Reader, scalar: Scalar) -> SplitResult | None:
    """The parts of the address of a web page that names no user; None, reported, of others."""
    url = scalar.text
    if re.fullmatch(r"https?://[^\s/@]+(?:/\S*)?", url, re.IGNORECASE):
        with contextlib.suppress(ValueError):  # as of `https://[acme]`, which is no host
            return urlsplit(url)
    message = f"`{url}` is not a web address."
    if re.match(r"https?://[^/]*@", url):  # which may hold a password
        message = "The address of the repository names a user."
    address = _without_user(url)
    reader.invalid(
        message,
        f"Write `{address}`."
        if address
        else "Write the address that the browser shows, with `https://`.",
        scalar.span,
    )
    return None


def _without_user(url: str) -> str:
    web = re.fullmatch(r"(https?://)[^/\s]*@([^/\s@]+/\S+)", url)
    if web:
        return web[1] + web[2]
    ssh = _SSH.fullmatch(url)
    return f"https://{ssh[1]}/{ssh[2].removesuffix('.git')}" if ssh else ""


def _warn(reader: Reader, message: str, help: str, scalar: Scalar) -> None:
    reader.problem("no-file-links", message, help, scalar.span, Severity.WARNING)


class _Reading(NamedTuple):
    """One address, being read."""

    reader: Reader
    scalar: Scalar
    url: SplitResult

    @property
    def host(self) -> str:
        return (self.url.hostname or "").lower()

    @property
    def path(self) -> str:
        return self.url.path.strip("/")

    @property
    def address(self) -> str:
        return f"{self.url.scheme}://{self.url.netloc}/{self.path}".rstrip("/")

    def repository(self, named: str, asked: bool) -> Repository:
        """``named`` is the forge that pipeline.yml names, ``asked`` whether it has a `forge`."""
        if help := self._cleaned():
            message = f"`{self.scalar.text}` has a folder without a name in it, or one of points."
            self.reader.invalid(message, help, self.scalar.span)
            return NO_REPOSITORY
        plain = Repository(self.address)
        told = self._told()
        kind = named or self._home or told
        if asked and not named:  # its own problem is enough
            return plain
        if not kind:
            _warn(
                self.reader,
                f"It is not known what runs at `{self.host}`, so pages don't link to their files.",
                "Add a line `forge: gitea` (also for Forgejo), `forge: github`, `forge: gitlab` "
                "or `forge: bitbucket`.",
                self.scalar,
            )
            return plain
        match = None if self.host.startswith("gist.") else FORGES[kind].match(self.path)
        is_other = told and told != kind and self._home
        if match is None or is_other or _FILE.fullmatch(match["folder"] or ""):
            self._refuse(kind, told)
            return plain
        return self._links(FORGES[kind], match)

    def _cleaned(self) -> str:
        """What to type for a path with a folder in it that is none; nothing where there is none."""
        parts = unquote(self.path).split("/")
        clean = posixpath.normpath(f"/{self.path}").strip("/")
        if clean != self.path and ".." not in parts:
            return f"Write `{self.url.scheme}://{self.url.netloc}/{clean}`."
        return "Write the address that the browser shows." if {".", ".."} & {*parts} else ""

    def _told(self) -> str:
        """The forge that the address itself tells: by its path, or else by its host."""
        if "/-/" in self.url.path:
            return "gitlab"
        if "/src/branch/" in self.url.path:
            return "gitea"
        return next((id for id, f in FORGES.items() if re.search(f.hosts, self.host)), "")

    @property
    def _home(self) -> str:
        """The forge whose own host it is."""
        return next((id for id, forge in FORGES.items() if forge.home == self.host), "")

    def _refuse(self, kind: str, told: str) -> None:
        forge = FORGES[kind]
        if told and kind not in (told, self._home):
            help = f"It looks like {FORGES[told].name}: write `forge: {told}`."
        else:
            help = f"Write it like `{self._example(forge)}`."
        self.reader.invalid(
            f"`{self.scalar.text}` is not the address of a repository on {forge.name}, or of a "
            "folder in one.",
            help,
            self.scalar.span,
        )

    def _example(self, forge: _Forge) -> str:
        """The address that was probably meant: of the folder that a file lies in, or of the
        repository that a page is about."""
        root = f"{self.url.scheme}://{self.url.netloc.removeprefix('gist.')}"
        path = self.path
        if forge.tree == "src/branch":
            path = re.sub(r"/src/(?!(?:branch|tag|commit)/)", "/src/branch/", path, count=1)
        else:
            path = path.replace("/src/branch/", "/src/", 1)
        if forge.tree == "-/tree":
            path = re.sub(rf"(?<!/-)/({_OLD})/", r"/-/\1/", path, count=1)
            path = re.sub(r"/-/(?!tree|blob)\w+/", "/-/blob/", path, count=1)
        found = forge.match(path)
        if found and _FILE.fullmatch(found["folder"] or ""):
            return f"{root}/{path.rpartition('/')[0]}"
        if found and root.endswith(self.url.netloc):
            return f"{root}/{path}"
        shown = re.fullmatch(rf"(.+?)/{forge.source}/([^/]+)(?:/(.*))?", path)
        if shown and forge.source != forge.tree:
            folder, _, last = (shown[3] or "").rpartition("/")
            if "." not in last:  # no file's name
                folder = shown[3] or ""
            return "/".join(filter(None, (root, shown[1], forge.tree, shown[2], folder)))
        parts = self.path.split("/-/")[0].split("/")
        owner, name = (parts[0] or "OWNER"), (parts[1] if len(parts) > 1 else "NAME")
        return f"{root}/{owner}/{name}"

    def _links(self, forge: _Forge, match: re.Match[str]) -> Repository:
        base = f"{self.url.scheme}://{self.url.netloc}/{match['repository']}"
        branch, folder = (unquote(match[name] or "") for name in ("branch", "folder"))
        behind = f"{quote(branch) or 'HEAD'}/{quote(folder) + '/' if folder else ''}"
        can_edit = not _COMMIT.fullmatch(branch) and (branch or not forge.behind_edit)
        return Repository(
            self.address,
            f"{base}/{forge.source}/{behind}",
            f"{base}/{forge.edit}/{behind}" if can_edit else "",
            forge.behind_edit,
            forge.line,
            folder,
            f"{forge.name}, branch `{branch}`, {f'folder `{folder}`' if folder else 'at the top'}"
            if branch
            else "",
            branch,
            f"{base}/{forge.tree}/",
            f"{base}/issues/new" if forge is FORGES["github"] else "",
            f"{base}/{forge.commit}/",
        )
