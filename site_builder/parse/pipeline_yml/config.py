"""What is known of a pipeline.yml while it is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import final

from site_builder.journal.money import NO_CURRENCY
from site_builder.parse.ids import slug, titled
from site_builder.parse.reader import Reader
from site_builder.problems.problem import Severity, Span
from site_builder.source.yaml_nodes import Node, Report, Scalar


@final
class Config:
    """A pipeline.yml, being read. ``unsure`` are the parts of it that could not be read whole, of
    which more may be meant to be there; ``rungs`` and ``currency`` are the journal's, once they
    are read, and ``named_roles`` the roles that stages and people have, with the places where
    they are first named. Where it ``is_half_read`` some of it is no YAML that a journal allows, as
    what is given twice, and left out."""

    def __init__(self, report: Report) -> None:
        self.reader = Reader(report)
        self.unsure: set[str] = set()
        self.is_half_read = False
        self.rungs: tuple[str, ...] = ()
        self.currency = NO_CURRENCY
        self.named_roles: dict[str, Span] = {}
        self.errors_before_pipelines = 0

    @property
    def is_broken(self) -> bool:
        """Whether pipelines are, so that what else they lack may follow from that."""
        return "pipelines" in self.unsure or self.reader.errors > self.errors_before_pipelines

    def name_role(self, node: Node) -> None:
        """Note that a stage or somebody has this role."""
        if isinstance(node, Scalar) and node.text.strip():
            self.named_roles.setdefault(node.text.strip(), node.span)


def warn_of_strange_roles(config: Config, declared: Iterable[str]) -> None:
    """Warn of roles beside those that are declared, once each."""
    for role, span in config.named_roles.items():
        if role not in declared:
            id = slug(role)
            near = id if id in declared else config.reader.slip_of(id, declared)
            config.reader.problem(
                "unknown-role",
                f"`{role}` is not among the `roles` of this journal.",
                f"Did you mean `{near}`?"
                if near
                else f"Add `{id}: {titled(id)}` to `roles`, or name one that is there.",
                span,
                Severity.WARNING,
            )
