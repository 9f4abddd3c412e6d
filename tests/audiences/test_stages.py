from __future__ import annotations

from site_builder.audiences.projection import projection
from site_builder.files.tree import MemoryTree
from site_builder.journal.audience import Audience
from site_builder.load.loader import load
from tests.audiences.canaries import TODAY

_PIPELINE = """\
journal: J
currency: EUR
visibility: private
team: {ann: {name: Ann}}
pipelines:
  new:
    name: New
    stages: {lead: {name: Lead}, talk: {name: Talk}}
  again:
    name: Again
    stages: {talk: {name: Talk}, lead: {name: Lead}}
"""


def _stages(first: str, second: str) -> list[str]:
    """The stages that are shown of two deals, in pipelines that are not."""
    deal = "title: Deal\nowner: ann\ncreated: 2026-01-01\n"
    files = {
        "pipeline.yml": _PIPELINE,
        "deals/a.yml": f"{deal}stage: lead\npipeline: {first}\n",
        "deals/b.yml": f"{deal}stage: talk\npipeline: {second}\n",
    }
    found = load(MemoryTree(files), lambda: TODAY)
    assert found.seen is not None
    made = projection(found.seen, Audience("a", ("stage",), ()), TODAY, found.problems)
    assert len(made.deals) == 2
    return [stage.id for stage in made.schema.pipelines[0].stages]


def test_the_order_of_stages_does_not_tell_which_pipeline_a_deal_is_in() -> None:
    both = ("new", "again")
    assert {tuple(_stages(one, other)) for one in both for other in both} == {("lead", "talk")}
