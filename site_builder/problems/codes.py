"""What each code of a problem with a journal means, in a sentence or two."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from site_builder.problems.problem import Severity

_E, _W = Severity.ERROR, Severity.WARNING


_ONE_NAME = "where one name is near, and no other"
_ONE_READING = "where it can be read in one way"
_ONE_LINE = "where the help is what to type, and all words stay"
_ALONE = "where git shows which of the two was changed alone"


class Code(NamedTuple):
    """A code, whether it is of errors or of warnings, what they mean, and when they can safely be
    repaired without anybody's judgement; nothing where they can't be."""

    code: str
    severity: Severity
    means: str
    repaired: str = ""


CODES: tuple[Code, ...] = (
    Code(
        "ambiguous-amount",
        _W,
        "Three digits stand behind the point, which to many means thousands. In currencies "
        "with three decimals, such as KWD, that is fine.",
    ),
    Code(
        "ambiguous-percent",
        _W,
        "A percentage may be meant a hundred times as large or small: `0.5%` as 50%, `1` as 1%.",
    ),
    Code(
        "audience-nameless",
        _W,
        "An audience is shown whom deals name, and not what those are called: nobody is named.",
    ),
    Code(
        "audience-shows-more",
        _W,
        "`check --base` alone: an audience is shown a field, a deal or a contact for the first "
        "time, or is new itself.",
    ),
    Code(
        "backdated-note",
        _W,
        "`check --base` alone: a new note is dated before the commit that it is compared with. "
        "Of a new deal, only that it was won then.",
    ),
    Code("close-in-past", _W, "An open deal should have closed by now."),
    Code("comment-in-value", _W, "A value loses its end to a YAML comment."),
    Code(
        "commented-out",
        _W,
        "A comment, `<!-- … -->` or `%% … %%`, hides nothing: the note or tick in it still counts.",
    ),
    Code(
        "company-is-person",
        _W,
        "A person is named as a company, or the company's file does not say that it is one.",
    ),
    Code(
        "created-in-future",
        _W,
        "A deal is said to begin after today. The site does not show it before.",
    ),
    Code(
        "deal-deleted",
        _W,
        "`check --base` alone: the file of a deal that was won or lost is gone, and with it what "
        "it counted for.",
    ),
    Code("deal-reassigned", _W, "`check --base` alone: a deal is somebody else's than it was."),
    Code("delivery-late", _W, "Something was not delivered by the day it was due."),
    Code("duplicate-id", _E, "Two files have one id; folders mean nothing."),
    Code("duplicate-key", _E, "A field is given twice."),
    Code("duplicate-note", _W, "A note stands twice in a file, and would count twice."),
    Code("far-away", _W, "A deal's `close`, `next` or `wake` is more than five years away."),
    Code(
        "fenced-note",
        _W,
        "A fence of code that nothing closes where the code ends goes on to the next fence, "
        "and hides the notes before that.",
    ),
    Code(
        "field-mismatch",
        _E,
        "Front matter and the last note that sets a field disagree.",
        f"{_ALONE}, or the front matter lacks the field",
    ),
    Code(
        "forbidden-yaml",
        _E,
        "YAML's anchors, aliases, tags and merge keys have no place in a journal.",
        _ONE_LINE,
    ),
    Code("future-note", _E, "A note is dated after today."),
    Code("gate-unmet", _E, "A deal went on without what an earlier stage requires."),
    Code(
        "heading-like-note",
        _W,
        "A heading looks like a note's, but is only text: its date is written otherwise, it "
        "is not of the second level, or it has a character in it that nobody sees.",
        _ONE_READING,
    ),
    Code(
        "history-rewritten",
        _W,
        "`check --base` alone: a note that was there says something else, is dated otherwise, or "
        "is gone.",
    ),
    Code("invalid-id", _E, "A file's name can't be an id."),
    Code(
        "invalid-note",
        _E,
        "A note's heading is wrong. The note is read as the help says; without a day it is "
        "left out.",
        _ONE_READING,
    ),
    Code(
        "invalid-value",
        _E,
        "A value is not of its field's type; a warning where a query in pipeline.yml asks with `=` "
        "for a contact or deal that is not there.",
        _ONE_READING,
    ),
    Code("invoice-without-proposal", _W, "Something is invoiced that was never proposed."),
    Code("lost-reason-missing", _E, "A deal is lost and nothing says why."),
    Code(
        "misplaced-field",
        _W,
        "What looks like a field of a note is only text: it does not stand straight below the "
        "heading, or is not written `name:: value`, with two colons.",
    ),
    Code("missing-field", _E, "A field that must be there is not."),
    Code("negative-value", _W, "A deal's value is below nothing."),
    Code(
        "no-file-links",
        _W,
        "From `repository` it can't be told where the journal's files are shown, so that "
        "pages don't link to them.",
    ),
    Code("no-next-step", _W, "An open deal has no next step."),
    Code("not-utf8", _E, "The file is not UTF-8."),
    Code("note-year-off", _W, "A note is dated a year before or after the notes around it."),
    Code("outcome-undated", _W, "A deal is won or lost, and no note says since when."),
    Code(
        "probability-raised",
        _W,
        "`check --base` alone: a deal is more probable than it was, and no note came with that.",
    ),
    Code(
        "proposal-incomplete",
        _W,
        "A proposal leaves open what is done, on which terms, by when or for how much.",
    ),
    Code("reason-unasked", _W, "A deal was lost once and went on, and nothing says why it was."),
    Code("referral-by-name", _W, "A referral names somebody, and no id of a contact.", _ONE_LINE),
    Code("retired-stage", _E, "A deal stands in a stage that pipeline.yml says is retired."),
    Code(
        "role-is-contact",
        _W,
        "A contact stands as the role of another: a comma is missing between the two.",
    ),
    Code("rung-skipped", _W, "A rung of the relationship was reached without the one below it."),
    Code(
        "several-in-one",
        _W,
        "A text in a list is one with a comma or semicolon in it, and may be meant as several.",
    ),
    Code(
        "stage-like-inherited",
        _W,
        "A pipeline that extends another adds a stage that is nearly one it inherits.",
    ),
    Code("stage-mismatch", _E, "Front matter and the last stage note disagree.", _ALONE),
    Code(
        "stage-redated",
        _W,
        "`check --base` alone: a deal entered a stage on another day than was noted. With "
        "`override:: REASON` in the note nothing is said.",
    ),
    Code("stage-skipped", _W, "A deal leapt over stages."),
    Code(
        "stray-file",
        _E,
        "A file that is neither a deal nor a contact, something that is no file, or a name "
        "that is right but for its case or that can't be seen in full.",
    ),
    Code(
        "symlink", _E, "A symbolic link. Links are not followed, and where they lead is not shown."
    ),
    Code("too-large", _E, "A file, or the nesting in it, is beyond what a journal needs."),
    Code("trust-missing", _W, "A deal is ahead of its relationship."),
    Code("unknown-contact", _E, "A contact that has no file.", _ONE_NAME),
    Code("unknown-deal", _E, "A deal that has no file.", _ONE_NAME),
    Code(
        "unknown-field",
        _E,
        "A field that nobody knows. Names that begin with `x-` are yours.",
        _ONE_NAME,
    ),
    Code("unknown-kind", _E, "A kind of note that nobody knows.", _ONE_NAME),
    Code("unknown-link", _W, "A `[[link]]` leads nowhere.", _ONE_NAME),
    Code("unknown-person", _E, "Somebody who is not in the team.", _ONE_NAME),
    Code("unknown-pipeline", _E, "A pipeline that pipeline.yml does not have.", _ONE_NAME),
    Code(
        "unknown-role",
        _W,
        "A stage or person has a role that is not among those of the journal.",
        _ONE_NAME,
    ),
    Code("unknown-stage", _E, "A stage that the deal's pipeline does not have.", _ONE_NAME),
    Code(
        "unknown-step",
        _W,
        "A task line is nearly a step of the pipeline, has its name in place of its id, lacks "
        "the colon behind it, is not written as a tick is, or stands in no note of a deal: it "
        "marks nothing.",
        _ONE_NAME,
    ),
    Code("unpaid-start", _W, "Work began before half of what was invoiced was paid."),
    Code("unreadable-file", _E, "The operating system does not let the file or folder be read."),
    Code("win-one-sided", _W, "A won deal says what one side gains, and not what the other does."),
    Code(
        "yaml-syntax",
        _E,
        "The front matter is not YAML; the usual slips have a help of their own.",
        _ONE_LINE,
    ),
)
MEANS: Mapping[str, str] = {code.code: code.means for code in CODES}
REPAIRED = frozenset(code.code for code in CODES if code.repaired)
"""The codes of problems that `check --fix` repairs, where it is as `Code.repaired` says."""
