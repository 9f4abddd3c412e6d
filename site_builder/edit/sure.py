"""Whether what a help says to type is the one thing that is meant, and loses nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from site_builder.edit.typed import Typed
from site_builder.journal.fields import CONTACT_FIELDS, DEAL_FIELDS, KINDS, NOTE_FIELDS
from site_builder.load.preparing import Prepared
from site_builder.parse.ids import slug
from site_builder.problems.currency_signs import SIGNS
from site_builder.problems.patterns import late
from site_builder.problems.problem import Problem
from site_builder.problems.suggest import within
from site_builder.problems.written_dates import date_at, weekday_end
from site_builder.source.yaml_notes import NOTE_KEYS

_RUN = late(r"[^\W\d_]+|\d+")
_DAY = late(r"(?<!\d)(\d{4})-\d\d-\d\d(?!\d)")
_EITHER_COMMA = late(r"\D*[0-9]{1,3},[0-9]{3}\D*")
_SHARED_SIGNS = frozenset(SIGNS) - {"€", "₹", "₩", "₪"}
_ENDING = late(r"\.(?:md|ya?ml)$")
_QUOTED_BRACKET = late(r"(?:^|[ :])[\"'][\[{]")
_QUOTED_COMMENT = late(r"(?:^|[ :])([\"'])(?:(?!\1|[ \t]#).)*[ \t]#(?:(?!\1).)*\1")
_BLOCK = late(r":[ ]+[|>][-+0-9]*[ ]*$")
_REFERRED = late(r"(?i)\brefer\w*(?: (?:by|from))?\b")
_BUILT_IN = frozenset((*DEAL_FIELDS, *CONTACT_FIELDS, *NOTE_FIELDS, *NOTE_KEYS, *KINDS))
_LONG = 8
_MOST_SLIPS = 2


class Names:
    """What a journal has names for, by the code of the problem that one of them is misspelt."""

    def __init__(self, ready: Prepared, problems: Iterable[Problem]) -> None:
        """``problems`` are those of the whole journal."""
        self._ready = ready
        self._told = Counter((problem.code, problem.message) for problem in problems)

    @cached_property
    def _by_code(self) -> Mapping[str, frozenset[str]]:
        ids, schema = self._ready.listed.ids, self._ready.schema
        contacts, deals = ids("contacts"), ids("deals")
        if schema is None:
            return {}
        stages = [stage for pipeline in schema.pipelines for stage in pipeline.stages]
        fields = [field for pipeline in schema.pipelines for field in pipeline.fields]
        known = (*DEAL_FIELDS, *CONTACT_FIELDS, *NOTE_FIELDS, *NOTE_KEYS)
        return {
            "unknown-contact": contacts.union(schema.team),
            "unknown-deal": deals,
            "unknown-link": contacts | deals,
            "unknown-person": frozenset(schema.team),
            "unknown-pipeline": frozenset(pipeline.id for pipeline in schema.pipelines),
            "unknown-stage": frozenset(stage.id for stage in stages),
            "unknown-step": frozenset(step.id for stage in stages for step in stage.steps),
            "unknown-kind": frozenset(schema.kinds),
            "unknown-role": frozenset(schema.roles),
            "unknown-field": frozenset((*known, *(field.name for field in fields))),
        }

    def of(self, code: str) -> frozenset[str]:
        return self._by_code.get(code, frozenset())

    def is_slip(self, problem: Problem) -> bool:
        """Whether a name is misspelt so seldom that it is a slip: what is called so all over the
        journal may be right, and wrong where it was given its name."""
        is_name = problem.code.startswith("unknown-")
        return not is_name or self._told[problem.code, problem.message] <= _MOST_SLIPS

    def called(self, code: str, text: str) -> str:
        """The id of the one that a text calls by name or address; nothing where there is none, or
        several."""
        schema, known = self._ready.schema, self._ready.reading.known
        word = text.strip().removeprefix("@").lower()
        if code == "unknown-person" and schema is not None:
            people = schema.team.values()
            for names in (_full_names, _half_names):
                found = [p.id for p in people if word in names(p.name.lower(), p.email.lower())]
                if found:
                    return found[0] if len(found) == 1 else ""
        if code == "unknown-contact" and known is not None:
            return known.called("contacts").get(word, "")
        return ""


def _full_names(name: str, email: str) -> tuple[str, ...]:
    return name, email


def _half_names(name: str, email: str) -> tuple[str, ...]:
    return *name.split(), email.partition("@")[0]


def is_sure(problem: Problem, typed: Typed, names: Names) -> bool:
    """Whether a repair is the only one that can be meant, and keeps all words and numbers that
    stand there."""
    if typed.is_certain:
        return True
    if typed.after not in _BUILT_IN and not names.is_slip(problem):
        return False
    if typed.is_meant:
        return _is_near(problem.code, typed.before, typed.after, names)
    return not _is_doubtful(problem, typed) and not any(_lost(_kept(problem, typed), typed.after))


def _is_doubtful(problem: Problem, typed: Typed) -> bool:
    """Whether a value, list, comment, block or year may be meant otherwise."""
    before, after = typed.before, typed.after
    if problem.code == "invalid-value" and (
        _EITHER_COMMA.fullmatch(before) or _SHARED_SIGNS.intersection(before)
    ):
        return True
    if _QUOTED_BRACKET.search(after):
        return True  # which may be a list or mapping that is not closed
    if _QUOTED_COMMENT.search(after) and not _QUOTED_COMMENT.search(before):
        return True  # which may be a comment, or belong to the value
    is_block_lost = bool(_BLOCK.search(before) and not _BLOCK.search(after))
    return is_block_lost or _has_new_year(typed)


def _kept(problem: Problem, typed: Typed) -> str:
    """What has to stay of a text: a tag is no word of a value, nor is how a referral is told."""
    if problem.code == "forbidden-yaml":
        return typed.before.replace(problem.message.split("`")[1], "", 1)
    return _REFERRED.sub("", typed.before) if problem.code == "referral-by-name" else typed.before


def _is_near(code: str, written: str, meant: str, names: Names) -> bool:
    """Whether a name is that name written otherwise, or at a letter or two from it and from no
    other."""
    path = written.strip().strip("[]@").partition("|")[0].rpartition("/")[2]
    bare = slug(_ENDING.sub("", path))
    if _folded(bare) == _folded(meant):
        return sum(_folded(name) == _folded(meant) for name in names.of(code)) < 2
    if names.called(code, written) == meant:
        return True
    word, most = written.strip().lower(), 2 if len(meant) >= _LONG else 1
    if re.findall(r"\d+", word) != re.findall(r"\d+", meant) or not within(word, meant, most):
        return False
    return not any(name != meant and within(word, name, most) for name in names.of(code))


def _folded(name: str) -> str:
    return name.replace("-", "").replace("_", "").lower()


def _has_new_year(typed: Typed) -> bool:
    """Whether a repair says a year that nobody wrote."""
    return any(
        not re.search(rf"{year}|(?<!\d){year[2:]}(?!\d)", typed.before)
        for year in _DAY.findall(typed.after)
    )


def _lost(before: str, after: str) -> Iterator[str]:
    """The words and numbers of a text that are not in what it is to be, but those that are a date
    written otherwise."""
    there = [run.lower() for run in _RUN.findall(after)]
    digits, days, end = "".join(r for r in there if r.isdigit()), _days_in(after), 0
    for run in _RUN.finditer(before):
        word = run[0].lower()
        date = date_at(before, run.start()) if run.start() >= end and days else None
        if date is not None and days.intersection(date.days):
            end = date.end
        if run.start() < end or (days and weekday_end(before, run.start()) > run.end()):
            continue
        if not _is_in(word, digits, there):
            yield word


def _days_in(text: str) -> set[str]:
    return {match[0] for match in _DAY.finditer(text)}


def _is_in(word: str, digits: str, there: list[str]) -> bool:
    if word.isdigit():
        return (word.lstrip("0") or "0") in digits
    return len(word) == 1 or any(word in other or word.startswith(other) for other in there)
