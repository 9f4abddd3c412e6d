"""Where a forge shows the files of a journal."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Repository:
    """The journal's repository: its ``address``, and what stands before and behind a file's
    path in the addresses of its source and of its edit view. They are empty where they are not
    known. ``folder`` is the journal's in the repository, and ``branch`` what the address names;
    ``reading`` says what was made of one that does. ``tree`` is what stands before a branch in the
    address of a folder. ``issues`` is where an issue is begun, if the journal has forms for that,
    and ``commits`` what stands before the id of a commit in its address.
    """

    address: str = ""
    source: str = ""
    edit: str = ""
    behind_edit: str = ""
    line: str = "#L"
    folder: str = ""
    reading: str = ""
    branch: str = ""
    tree: str = ""
    issues: str = ""
    commits: str = ""

    def source_of(self, path: str) -> str:
        """The address that shows a file of the journal; empty where it is not known."""
        return self._link(self.source, path)

    def edit_of(self, path: str) -> str:
        """The address where a file of the journal is edited; empty where it is not known."""
        link = self._link(self.edit, path)
        return link + self.behind_edit if link else ""

    def place_of(self, path: str, line: int) -> str:
        """Where a line of a file is edited, or else shown."""
        link = self.edit_of(path) or self.source_of(path)
        return f"{link}{self.line}{line}" if link else ""

    def commit_of(self, id: str) -> str:
        """The address that shows a commit; empty where it is not known."""
        return self.commits + id if self.commits else ""

    def form_of(self, file: str, name: str, value: str) -> str:
        """The address of a form with a value in one field; empty where there are no forms."""
        said = f"template={quote(file)}&{quote(name)}={quote(value, safe='')}"
        return f"{self.issues}?{said}" if self.issues else ""

    def longer_branch(self, inside: str) -> str:
        """The branch, with a slash in its name, that the address may mean where the journal lies
        ``inside`` such a folder of the repository; empty where it can't."""
        before = self.folder.removesuffix(inside).rstrip("/")
        is_end = f"/{self.folder}".endswith(f"/{inside}") if inside else bool(self.folder)
        return f"{self.branch}/{before}" if self.branch and before and is_end else ""

    def address_of(self, branch: str, folder: str) -> str:
        """The address of a folder on a branch."""
        return "/".join(filter(None, (self.tree + quote(branch, safe=""), quote(folder))))

    def _link(self, before: str, path: str) -> str:
        is_plain = "\\" not in path  # as in a path of which some is written out
        return before + quote(path) if before and is_plain else ""


NO_REPOSITORY = Repository()
