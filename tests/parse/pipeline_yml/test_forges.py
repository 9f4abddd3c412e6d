"""`repository` and `forge`, from pipeline.yml to the addresses of a file."""

from __future__ import annotations

import pytest

from site_builder.journal.repository import Repository
from site_builder.parse.pipeline_yml.schema import read_schema
from site_builder.problems.problem import Problem, Severity
from tests.catalogue import PIPELINE
from tests.journals import loaded, site

FILE = "deals/ä 1.md"
QUOTED = "deals/%C3%A4%201.md"


def read(lines: str) -> tuple[Repository, list[Problem]]:
    problems: list[Problem] = []
    schema = read_schema("pipeline.yml", f"{lines}\n{PIPELINE}", problems.append)
    assert schema is not None
    return schema.repository, problems


def links(address: str, forge: str = "") -> tuple[str, str]:
    repository, problems = read(f"repository: {address}" + (f"\nforge: {forge}" if forge else ""))
    assert problems == []
    return repository.source_of(FILE), repository.edit_of(FILE)


@pytest.mark.parametrize(
    ("address", "forge", "source", "edit"),
    [
        ("https://github.com/kestrel/mono", "", "https://github.com/kestrel/mono/blob/HEAD/", "https://github.com/kestrel/mono/edit/HEAD/"),
        ("https://github.com/kestrel/mono/tree/main/sales", "", "https://github.com/kestrel/mono/blob/main/sales/", "https://github.com/kestrel/mono/edit/main/sales/"),
        ("https://github.com/kestrel/mono/tree/main/a/b", "", "https://github.com/kestrel/mono/blob/main/a/b/", "https://github.com/kestrel/mono/edit/main/a/b/"),
        ("https://github.com/kestrel/mono/tree/main", "", "https://github.com/kestrel/mono/blob/main/", "https://github.com/kestrel/mono/edit/main/"),
        ("https://github.com/tree/tree/tree/tree/tree", "", "https://github.com/tree/tree/blob/tree/tree/", "https://github.com/tree/tree/edit/tree/tree/"),
        ("https://git.kestrel.example/k/mono/tree/main/sales", "github", "https://git.kestrel.example/k/mono/blob/main/sales/", "https://git.kestrel.example/k/mono/edit/main/sales/"),
        ("https://gitlab.kestrel.example/k/p", "github", "https://gitlab.kestrel.example/k/p/blob/HEAD/", "https://gitlab.kestrel.example/k/p/edit/HEAD/"),
        ("https://github.kestrel.example/k/p", "", "https://github.kestrel.example/k/p/blob/HEAD/", "https://github.kestrel.example/k/p/edit/HEAD/"),
        ("https://gitlab.com/a/b/mono/-/tree/main/sales", "", "https://gitlab.com/a/b/mono/-/blob/main/sales/", "https://gitlab.com/a/b/mono/-/edit/main/sales/"),
        ("https://gitlab.example/kestrel/pipeline", "", "https://gitlab.example/kestrel/pipeline/-/blob/HEAD/", "https://gitlab.example/kestrel/pipeline/-/edit/HEAD/"),
        ("https://code.kestrel.example:8443/x/a/p", "gitlab", "https://code.kestrel.example:8443/x/a/p/-/blob/HEAD/", "https://code.kestrel.example:8443/x/a/p/-/edit/HEAD/"),
        ("https://code.kestrel.example/a/p/-/tree/main/sales", "", "https://code.kestrel.example/a/p/-/blob/main/sales/", "https://code.kestrel.example/a/p/-/edit/main/sales/"),
        ("https://codeberg.org/kestrel/mono/src/branch/main/sales", "", "https://codeberg.org/kestrel/mono/src/branch/main/sales/", "https://codeberg.org/kestrel/mono/_edit/main/sales/"),
        ("https://codeberg.org/kestrel/mono", "", "https://codeberg.org/kestrel/mono/src/branch/HEAD/", "https://codeberg.org/kestrel/mono/_edit/HEAD/"),
        ("http://git.kestrel.example/forge/k/p/src/branch/main", "", "http://git.kestrel.example/forge/k/p/src/branch/main/", "http://git.kestrel.example/forge/k/p/_edit/main/"),
        ("https://git.kestrel.example/k/p", "gitea", "https://git.kestrel.example/k/p/src/branch/HEAD/", "https://git.kestrel.example/k/p/_edit/HEAD/"),
        ("https://bitbucket.org/kestrel/mono/src/main/sales/", "", "https://bitbucket.org/kestrel/mono/src/main/sales/", "https://bitbucket.org/kestrel/mono/src/main/sales/"),
        ("https://bitbucket.org/kestrel/mono", "", "https://bitbucket.org/kestrel/mono/src/HEAD/", ""),
    ],
)  # fmt: skip
def test_links_to_source_and_edit_view(address: str, forge: str, source: str, edit: str) -> None:
    behind = "?mode=edit" if "bitbucket" in address else ""
    expected = (source + QUOTED, edit and edit + QUOTED + behind)
    assert links(address, forge) == expected
    for more in ("/", "?tab=readme-ov-file", "#readme", "/?ref_type=heads#L3"):
        assert links(address.rstrip("/") + more, forge) == expected


@pytest.mark.parametrize("behind", [".git", ".git/"])
@pytest.mark.parametrize("host", ["github.com", "gitlab.com", "codeberg.org", "bitbucket.org"])
def test_the_address_to_clone_from_is_as_good(host: str, behind: str) -> None:
    assert links(f"https://{host}/k/p.q{behind}") == links(f"https://{host}/k/p.q")


def test_a_branch_with_a_slash_is_written_with_an_escape() -> None:
    source, _ = links("https://github.com/k/p/tree/feature%2Fnew/Vertrieb%20S%C3%BCd")
    assert source == f"https://github.com/k/p/blob/feature/new/Vertrieb%20S%C3%BCd/{QUOTED}"


def test_a_commit_is_not_edited() -> None:
    source, edit = links(f"https://github.com/k/p/tree/{'a' * 40}/sales")
    assert (source, edit) == (f"https://github.com/k/p/blob/{'a' * 40}/sales/{QUOTED}", "")


def test_lines_of_a_file() -> None:
    github, _ = read("repository: https://github.com/k/p")
    assert github.place_of("deals/a.md", 3) == "https://github.com/k/p/edit/HEAD/deals/a.md#L3"
    bitbucket, _ = read("repository: https://bitbucket.org/k/p")
    assert bitbucket.place_of("deals/a.md", 3) == (
        "https://bitbucket.org/k/p/src/HEAD/deals/a.md#lines-3"
    )


def test_a_path_that_is_not_all_of_it_written_out_has_no_link() -> None:
    repository, _ = read("repository: https://github.com/k/p")
    assert repository.source_of(r"deals/k\xf6ln/a.md") == ""


def test_nothing_is_said_of_a_journal_without_a_repository() -> None:
    assert read("") == (Repository(), [])
    assert read("repository:") == (Repository(), [])


@pytest.mark.parametrize(
    ("lines", "severity", "place", "message", "help"),
    [
        ("repository: https://git.example/k/p", "warning", (1, 13, 36),
         "It is not known what runs at `git.example`, so pages don't link to their files.",
         "Add a line `forge: gitea` (also for Forgejo), `forge: github`, `forge: gitlab` or `forge: bitbucket`."),
        ("repository: https://git.example/k/p\nforge: bitbuckt", "error", (2, 8, 16),
         "`bitbuckt` is not a kind of forge.", "Did you mean `bitbucket`?"),
        ("repository: https://github.com/k/p\nforge: GitHub", "error", (2, 8, 14),
         "`GitHub` is not a kind of forge.", "Did you mean `github`?"),
        ("repository: https://git.example/k/p\nforge: forgejo", "error", (2, 8, 15),
         "`forgejo` is not a kind of forge.", "Write `gitea`."),
        ("repository: https://git.example/k/p\nforge: sourcehut", "error", (2, 8, 17),
         "`sourcehut` is not a kind of forge.", "Use one of: `github`, `gitlab`, `gitea`, `bitbucket`."),
        ("forge: github", "warning", (1, 1, 6),
         "`forge` says what runs at the address of `repository`, and there is none.",
         "Add a line `repository: https://…`."),
        ("repository: https://github.com/k/p\nforge: gitlab", "error", (1, 13, 35),
         "`https://github.com/k/p` is not the address of a repository on GitLab, or of a folder in one.",
         "It looks like GitHub: write `forge: github`."),
        ("repository: https://git.example/k/p/src/branch/main\nforge: github", "error", (1, 13, 52),
         "`https://git.example/k/p/src/branch/main` is not the address of a repository on GitHub, or of a folder in one.",
         "It looks like Gitea or Forgejo: write `forge: gitea`."),
        ("repository: https://github.com/k/p/blob/main/sales", "error", (1, 13, 51),
         "`https://github.com/k/p/blob/main/sales` is not the address of a repository on GitHub, or of a folder in one.",
         "Write it like `https://github.com/k/p/tree/main/sales`."),
        ("repository: https://github.com/k/p/blob/main/sales/pipeline.yml", "error", (1, 13, 64),
         "`https://github.com/k/p/blob/main/sales/pipeline.yml` is not the address of a repository on GitHub, or of a folder in one.",
         "Write it like `https://github.com/k/p/tree/main/sales`."),
        ("repository: https://gitlab.com/g/h/p/-/blob/main/pipeline.yml", "error", (1, 13, 62),
         "`https://gitlab.com/g/h/p/-/blob/main/pipeline.yml` is not the address of a repository on GitLab, or of a folder in one.",
         "Write it like `https://gitlab.com/g/h/p/-/tree/main`."),
        ("repository: https://github.com/k/p/issues?q=x", "error", (1, 13, 46),
         "`https://github.com/k/p/issues?q=x` is not the address of a repository on GitHub, or of a folder in one.",
         "Write it like `https://github.com/k/p`."),
        ("repository: https://github.com/kestrel", "error", (1, 13, 39),
         "`https://github.com/kestrel` is not the address of a repository on GitHub, or of a folder in one.",
         "Write it like `https://github.com/kestrel/NAME`."),
        ("repository: git@github.com:k/p.git", "error", (1, 13, 35),
         "`git@github.com:k/p.git` is not a web address.", "Write `https://github.com/k/p`."),
        ("repository: ssh://git@git.example:2222/k/p.git", "error", (1, 13, 47),
         "`ssh://git@git.example:2222/k/p.git` is not a web address.", "Write `https://git.example/k/p`."),
        ("repository: git://git.example/k/p", "error", (1, 13, 34),
         "`git://git.example/k/p` is not a web address.", "Write `https://git.example/k/p`."),
        ("repository: github.com/k/p", "error", (1, 13, 27),
         "`github.com/k/p` is not a web address.", "Write `https://github.com/k/p`."),
        ("repository: work:k/p.git", "error", (1, 13, 25),
         "`work:k/p.git` is not a web address.",
         "Write the address that the browser shows, with `https://`."),
        ("repository: ../pipeline", "error", (1, 13, 24),
         "`../pipeline` is not a web address.",
         "Write the address that the browser shows, with `https://`."),
        ("repository: https://ann:s3cret@github.com/k/p", "error", (1, 13, 46),
         "The address of the repository names a user.", "Write `https://github.com/k/p`."),
        ("repository: https://[acme]/k/p", "error", (1, 13, 31),
         "`https://[acme]/k/p` is not a web address.",
         "Write the address that the browser shows, with `https://`."),
        ("repository: https://[::1/k/p", "error", (1, 13, 29),
         "`https://[::1/k/p` is not a web address.",
         "Write the address that the browser shows, with `https://`."),
        ("repository: https://exa\N{ACCOUNT OF}mple.example/k/p", "error", (1, 13, 41),
         "`https://exa\N{ACCOUNT OF}mple.example/k/p` is not a web address.",
         "Write the address that the browser shows, with `https://`."),
        ("repository: javascript:alert(1)", "error", (1, 13, 32),
         "`javascript:alert(1)` is not a web address.",
         "Write the address that the browser shows, with `https://`."),
    ],
)  # fmt: skip
def test_what_is_not_known_is_said_once_and_not_linked(
    lines: str, severity: str, place: tuple[int, int, int], message: str, help: str
) -> None:
    repository, problems = read(lines)
    (problem,) = problems
    assert problem.code == ("no-file-links" if severity == "warning" else "invalid-value")
    assert (problem.severity, problem.message, problem.help) == (severity, message, help)
    assert (problem.span.line, problem.span.column, problem.span.end_column) == place
    assert problem.span.end_line == place[0]
    assert (repository.source_of(FILE), repository.edit_of(FILE)) == ("", "")
    assert "s3cret" not in repository.address


@pytest.mark.parametrize("lines", [
    "repository: https://git.example/k/p\nforge: gitea",
    "repository: https://github.com/k/p",
    "repository: https://git.example/k/p/-/tree/main/sales",
])  # fmt: skip
def test_what_the_help_says_is_right(lines: str) -> None:
    assert read(lines)[1] == []


def test_pages_lead_to_the_file_in_its_folder() -> None:
    lines = "repository: https://github.com/kestrel/mono/tree/main/sales\n"
    pages = site({"pipeline.yml": lines + PIPELINE, "deals/bad.md": "x"})
    at = "https://github.com/kestrel/mono"
    assert f'href="{at}/blob/main/sales/deals/acme.md"' in pages["deals/acme.html"]
    assert f'href="{at}/edit/main/sales/deals/acme.md"' in pages["deals/acme.html"]
    assert f'href="{at}/blob/main/sales/contacts/jane-roe.md"' in pages["contacts/jane-roe.html"]
    assert f'href="{at}/edit/main/sales/deals/bad.md#L1"' in pages["problems.html"]
    assert f'href="{at}/tree/main/sales"' in pages["index.html"]


def test_without_links_pages_lead_to_the_repository_alone() -> None:
    files = {"pipeline.yml": "repository: https://git.example/kestrel/mono\n" + PIPELINE}
    assert [(p.code, p.severity) for p in loaded(files).problems] == [
        ("no-file-links", Severity.WARNING)
    ]
    page = site(files)["deals/acme.html"]
    assert 'href="https://git.example/kestrel/mono"' in page
    assert "Source</a>" not in page and "Edit</a>" not in page


@pytest.mark.parametrize(
    ("address", "help"),
    [
        ("gitlab.com/k/mono/tree/main/sales", "Write it like `https://gitlab.com/k/mono/-/tree/main/sales`."),
        ("gitlab.com/a/b/mono/tree/main", "Write it like `https://gitlab.com/a/b/mono/-/tree/main`."),
        ("gitlab.com/k/mono/blob/main/sales/a.md", "Write it like `https://gitlab.com/k/mono/-/tree/main/sales`."),
        ("gitlab.example/k/mono/edit/main/x", "Write it like `https://gitlab.example/k/mono/-/tree/main/x`."),
        ("github.com/k/mono/tree/main//sales", "Write `https://github.com/k/mono/tree/main/sales`."),
        ("gitlab.com/k/mono/-/tree/main/./x", "Write `https://gitlab.com/k/mono/-/tree/main/x`."),
        ("github.com/k/mono/tree/main/../x", "Write the address that the browser shows."),
        ("codeberg.org/k/m/src/branch/main/..", "Write the address that the browser shows."),
        ("github.com/k/mono/tree/main/%2e%2E/x", "Write the address that the browser shows."),
        ("github.com/k/mono/tree/main/%2e", "Write the address that the browser shows."),
        ("gitlab.com/k/mono/-/", "Write it like `https://gitlab.com/k/mono`."),
        ("gitlab.com/k/mono/tree", "Write it like `https://gitlab.com/k/mono`."),
        ("github.com/k/mono/tree/main/sales/pipeline.yml", "Write it like `https://github.com/k/mono/tree/main/sales`."),
        ("gitlab.com/k/mono/-/tree/main/pipeline.yml", "Write it like `https://gitlab.com/k/mono/-/tree/main`."),
        ("bitbucket.org/k/mono/src/branch/main/sales", "Write it like `https://bitbucket.org/k/mono/src/main/sales`."),
        ("codeberg.org/k/mono/src/main/sales", "Write it like `https://codeberg.org/k/mono/src/branch/main/sales`."),
        ("gist.github.com/k/abc", "Write it like `https://github.com/k/abc`."),
    ],
)  # fmt: skip
def test_addresses_that_lead_nowhere(address: str, help: str) -> None:
    text = PIPELINE + f"repository: https://{address}\n"
    (problem,) = loaded({"pipeline.yml": text}).problems
    assert (problem.code, problem.span[1:3], problem.help) == ("invalid-value", (25, 13), help)
    if "`" in help:
        right = PIPELINE + f"repository: {help.split('`')[1]}\n"
        assert loaded({"pipeline.yml": right}).problems == ()
