"""What was learned of the deals of the forecast's lists, beside what stages and owners say."""

from __future__ import annotations

from typing import NamedTuple

from site_builder.forecast.frame import Frame
from site_builder.forecast.outlook import Bucket, Part
from site_builder.forecast.used import Used
from site_builder.insights.totals import weighted
from site_builder.markup import formats
from site_builder.pages.context import Context
from site_builder.pages.forecast_belief_words import learned_percent
from site_builder.pages.forecast_landing import told_of, used
from site_builder.pages.forecast_rows import NO_FIGURE, Figure, learned_figure
from site_builder.pages.forecast_words import name


class OfDeal(NamedTuple):
    """Of a deal: what notes tell that moves what was learned (``told``), how probable it is by
    that, what it brings by it (``worth``), and the estimator that counts (``by``)."""

    told: str = ""
    percent: str = ""
    worth: str = ""
    by: str = ""


class InLists:
    """What a list says of that: of its own period, if it has one (``whole``), so that its rows add
    up; else of the period of each group, and of what has none, of the usual time."""

    def __init__(self, context: Context, made: Frame, whole: Bucket) -> None:
        self._context, self._made, self._whole = context, made, whole
        self._used: Used = context.once(used)

    @property
    def is_any(self) -> bool:
        """Whether anything was learned."""
        return bool(self._used.chances)

    @property
    def when(self) -> str:
        """Of which time what is learned is, in a sentence."""
        if self._whole.period:
            return f"What is learned is of {name(self._whole)[0]}."
        return (
            "What is learned is of the period that it stands under; of what has none, and of all "
            "together, of 90 days from today: what stands above need not add up to that."
        )

    def is_of(self, group: Bucket) -> bool:
        """Whether what is learned is of the period of a group, which is not that of the list."""
        return self.is_any and self._whole.period is None and group.period is not None

    def of(self, part: Part, group: Bucket) -> OfDeal:
        """Of a deal in a group."""
        bucket = self._at(group)
        deal, period = part.deal, bucket.period
        chance = self._used.probability(deal, period)
        brings = weighted(deal.value, self._used.decimal(chance))
        return OfDeal(
            told_of(deal, bucket, self._context),
            learned_percent(chance),
            formats.rounded(brings) if brings else "",
            self._used.counts(deal, period)[0] or "",
        )

    def sum(self, group: Bucket) -> Figure:
        """Of all that stands in it."""
        if not self.is_any:
            return NO_FIGURE
        bucket = self._at(group)
        found = self._used.total(group.parts, bucket.period, self._made)
        return learned_figure(found, bucket, "", self._made)

    def _at(self, group: Bucket) -> Bucket:
        """What has the period that counts."""
        return self._whole if self._whole.period else group
