"""What a journal's host runs, the workflows of GitHub and the pipelines of GitLab, and what a host
of its site reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files

from site_builder import __version__
from site_builder.hosts.issue_forms import is_form, issue_forms
from site_builder.journal.schema import Schema
from site_builder.parse.ids import slug

OF_GIT = ("github", "gitlab")
OF_SITES = ("netlify", "cloudflare", "server")
HOSTS = (*OF_GIT, *OF_SITES)
GITLAB = ".gitlab-ci.yml"
_ACTIONS = {
    "CHECKOUT": "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0",
    "PYTHON": "actions/setup-python@e797f83bcb11b83ae66e0230d6156d7c80228e7c # v6.0.0",
    "UPLOAD": "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2",
    "DEPLOY": "actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5",
}
"""Others' actions, each by the commit of the version that is named."""
_WRITTEN: Mapping[str, Mapping[str, str]] = {
    "github": {
        f".github/workflows/{name}": f"github/{name}"
        for name in (
            "dealog-review.yml",
            "dealog-comment.yml",
            "dealog-site.yml",
            "dealog-forms.yml",
        )
    },
    "gitlab": {GITLAB: "gitlab/gitlab-ci.yml", ".gitlab/dealog.yml": "gitlab/dealog.yml"},
    "netlify": {"netlify.toml": "netlify/netlify.toml"},
    "cloudflare": {name: f"cloudflare/{name}" for name in ("wrangler.toml", "dealog-site.sh")},
    "server": {
        f"publishing/{name}": f"server/{name}" for name in ("publish.sh", "nginx.conf", "Caddyfile")
    },
}
_LONGEST_PROJECT = 50
"""Characters of what a project of Cloudflare Pages is called, which is part of its address."""
_FOLDER = re.compile(r"\.|[A-Za-z0-9_][A-Za-z0-9_. -]*(?:/[A-Za-z0-9_][A-Za-z0-9_. -]*)*")


def can_name(journal: str) -> bool:
    """Whether the name of a folder can stand in a workflow, where some characters mean more."""
    return _FOLDER.fullmatch(journal) is not None


def files_for(host: str, schema: Schema, journal: str) -> dict[str, bytes]:
    """The files of a host: path in the repository -> content. ``journal`` is the journal's folder
    there, a point where it is the top."""
    project = slug(schema.name)[:_LONGEST_PROJECT].strip("-") or "pipeline"
    own = {"VERSION": __version__, "JOURNAL": journal, "IS_FORM": is_form(), "PROJECT": project}
    said = {**_ACTIONS, **own}
    made = {path: _filled(source, said) for path, source in _WRITTEN[host].items()}
    return {**made, **(issue_forms(schema) if host == "github" else {})}


def _filled(source: str, said: Mapping[str, str]) -> bytes:
    text = files(__package__).joinpath("written").joinpath(source).read_text("utf-8")
    return re.sub(r"@([A-Z_]+)@", lambda match: said[match[1]], text).encode()
