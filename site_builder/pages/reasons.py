"""Why a deal is stale, in words."""

from __future__ import annotations

from site_builder.insights.staleness import Reason
from site_builder.markup import formats

NAMES = {
    "silent": "Silent",
    "next-step-overdue": "Next step overdue",
    "no-next-step": "No next step",
    "close-in-past": "Close date passed",
    "overslept": "Overslept",
}
"""What each reason is called in headings."""
_SINCE = {
    "silent": "no contact for {}",
    "next-step-overdue": "next step {} overdue",
    "close-in-past": "close date passed {} ago",
    "overslept": "should have woken {} ago",
}


def in_words(reason: Reason) -> str:
    """``no contact for 31 days (21 days allowed)``."""
    if reason.days is None:
        return "no next step"
    if reason.code == "overslept" and not reason.days:
        return "wakes today"
    allowed = f" ({formats.length(reason.allowed)} allowed)" if reason.allowed is not None else ""
    return _SINCE[reason.code].format(formats.days(reason.days)) + allowed
