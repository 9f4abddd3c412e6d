"""Journals of hostile texts, in every place where somebody may write one, and what is wrong with
pages that were made of them.

``python -m tests.hostile`` puts each text into each place: see ``make soak``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from xml.etree.ElementTree import Element

import html5lib

from tests import corpora
from tests.journals import site

PLACES = 6
"""So many turns put each text into all kinds of files, and among what is wrong."""
_OURS = {"assets/site.js", "assets/minisearch.js", "deals.js", "search.js"}
_SVG = "{http://www.w3.org/2000/svg}"
_PLAIN = "class dir id lang title"
# fmt: off
_ATTRIBUTES = {
    **dict.fromkeys("bdi blockquote body br code dd dl dt footer h1 h2 h3 h4 h5 h6 head header html label mark ol p pre section "
                    "strong em del hr table tbody tfoot thead title ul".split(), ""),
    "a": "href rel tabindex aria-current", "details": "open", "div": "role tabindex", "input": "type", "li": "aria-current",
    "link": "href rel type", "main": "tabindex", "meta": "charset content http-equiv name", "nav": "", "script": "defer src",
    "ol": "start", "td": "colspan", "th": "colspan scope", "time": "datetime", "tr": "", "span": "", "summary": "",
    f"{_SVG}a": "href tabindex", f"{_SVG}circle": "cx cy r", f"{_SVG}line": "transform x1 x2 y1 y2", f"{_SVG}path": "d",
    f"{_SVG}rect": "height transform width x y", f"{_SVG}text": "dx dy text-anchor x y", f"{_SVG}title": "",
    f"{_SVG}svg": "focusable height overflow preserveAspectRatio viewBox width x y",
}
"""The elements that pages have, and their attributes beside those that all may have."""
# fmt: on
_LINK = re.compile(
    r"(?:https?://|mailto:|tel:)\S|(?:\.\./)*[a-z0-9-]+(?:[./][a-z0-9-]+)*(?:#\S*)?$|#|\?|(?:\.\./)+$|\./$"
)


def faults(html: str) -> list[str]:
    """What a page has that none may have: elements and attributes that are not ours, scripts and
    addresses of others, handlers."""
    return [
        fault
        for each in html5lib.parse(html, namespaceHTMLElements=False).iter()
        for fault in faults_of(each)
    ]


def faults_of(element: Element) -> Iterator[str]:
    """What an element has that none may have."""
    tag = element.tag  # that of a comment is no text; templates write none
    if tag not in _ATTRIBUTES:
        yield f"<{tag}>"
    else:
        if tag in ("script", "style") and (
            element.text or element.get("src", "").replace("../", "") not in _OURS
        ):
            yield f"script {element.get('src')}: {element.text!r}"
        known = f"{_ATTRIBUTES[tag]} {_PLAIN}".split()
        for name, value in element.attrib.items():
            if (
                str(name) not in known
                and not re.match("aria-(?:hidden|label|labelledby)$|data-[a-z]+$", str(name))
            ) or (name in ("href", "src", "action") and not _LINK.match(value)):
                yield f"<{tag} {name}={value!r}>"


def _line(text: str) -> str:
    return re.sub(r"[\r\n\x85\u2028\u2029]", " ", text)


def _fields(texts: Sequence[str], names: Sequence[str], turn: int) -> str:
    """These fields, each with one of the texts."""
    return "".join(
        f"{name}: {json.dumps(texts[(at + turn) % len(texts)])}\n" for at, name in enumerate(names)
    )


def _items(name: str, texts: Sequence[str], before: str = "") -> str:
    return f"{name}:\n" + "".join(f"  - {json.dumps(before + text)}\n" for text in texts)


_NOTE_FIELDS = ("proposal services", "proposal terms", "proposal deadline", "proposal budget", "intervention trigger",
                "knowledge learned", "stage override", "delivery due", "call value")  # fmt: skip


def _note(text: str, number: int) -> str:
    kind, name = _NOTE_FIELDS[number % len(_NOTE_FIELDS)].split()
    head = f"{kind} lead" if kind == "stage" else f"{kind} with jane-roe"
    day = f"2026-{number // 28 % 9 + 1:02}-{number % 28 + 1:02}"
    return f"\n## {day} {head} — {_line(text)}\n{name}:: {_line(text)}\n\n{text}\n\n- [x] needs-analysis: {_line(text)}\n"


def deal(texts: Sequence[str], turn: int) -> str:
    """A deal with each text in a note, and in its tags."""
    names = ("channel", "source", "their-win", "our-win", "present-state")
    first = _line(texts[turn % len(texts)])
    front = _fields([*map(_line, texts)], ("title", *names), turn)
    front += f"owner: maria\nstage: lead\nnext: {json.dumps(f'2026-12-01 {first}')}\n"
    front += _items("contacts", [_line(text) for text in texts[:5]], "jane-roe ")
    return f"---\n{front}{_items('tags', texts)}---\n{first}\n{''.join(map(_note, texts, range(len(texts))))}"


def contact(texts: Sequence[str], turn: int) -> str:
    """A contact with each text in a note, a milestone and a tag."""
    front = _fields([*map(_line, texts)], ("name", "role"), turn) + _items("tags", texts)
    front += _items("milestones", [*map(_line, texts)], "2026-12-01 ")
    notes = [
        f"\n## 2026-10-{at % 28 + 1:02} news — {_line(text)}\n\n> {text}\n"
        for at, text in enumerate(texts)
    ]
    return f"---\n{front}---\n{''.join(notes)}"


def in_yaml(texts: Sequence[str], turn: int) -> str:
    """A deal whose notes are a list."""
    front = "owner: maria\nstage: lead\nnext: 2026-12-01 Call\n" + _fields(
        [*map(_line, texts)], ("title", "summary"), turn
    )
    notes = [
        f"  - {{date: 2026-10-01, kind: call, headline: {json.dumps(_line(text))}, text: {json.dumps(text)}}}\n"
        for text in texts
    ]
    return f"{front}notes:\n{''.join(notes)}"


def wrong(text: str, number: int) -> tuple[str, str]:
    """A file with a text where it is a problem, which shows the line."""
    line, front = _line(text), "---\ntitle: Bad\nowner: maria\nstage: lead\nnext: 2026-12-01 Call\n"
    said = json.dumps(line)
    made = (
        f"{front}close: {said}\n---\n", f"{front}value: {said}\n---\n", f"{front}company: {said}\n---\n", f"{front}{said}: x\n---\n",
        f"{front}---\n\n## 2026-10-10 {line}\n", f"{front}---\n\n## 2026-10-10 call with {line}\n", f"{front}channel: {line}\n---\n",
        f"{front}---\n\n## 2026-10-10 call\n\n- [ ] needs-analysi: {line}\n\n[[{line}]]\n", f"{front}category: {said}\n---\n",
        f"{text}\n{front}---\n", f"{front.replace('lead', said)}---\n", f"{front.replace('maria', said)}---\n",
    )  # fmt: skip
    return f"deals/wrong-{number}.md", made[number % len(made)]


def named(text: str, number: int) -> tuple[str, str]:
    """A file whose name has a text in it."""
    name = re.sub("[/\0]", "_", text)[:80].encode("utf-8", "replace").decode()
    paths = (
        f"deals/{name}.md",
        f"contacts/{name}.yml",
        f"deals/{name}/a-{number}.md",
        f"contacts/{name}",
        f"{name}.md",
    )
    return paths[number % len(paths)], "---\nname: Ann\n---\n"


def journal(texts: Sequence[str], turn: int = 0, each: int = 25) -> Mapping[str, str]:
    """A journal with each text in some places; other ones with each ``turn``."""
    files: dict[str, str] = {}
    for at in range(0, len(texts), each):
        some = texts[at : at + each]
        make = ((deal, "deals/d-{}.md"), (contact, "contacts/c-{}.md"), (in_yaml, "deals/y-{}.yml"))
        write, path = make[(at // each + turn) % len(make)]
        files[path.format(at)] = write(some, turn)
    for number, text in enumerate(texts):
        files.update([(wrong, named)[(number + turn) % 2](text, number // 2 + turn)])
    return files


def made_of(files: Mapping[str, str]) -> Mapping[str, str]:
    """What is made of a journal, by its paths: pages, feeds, and data for scripts."""
    return site(files)


def soak() -> int:
    """Put each text into each place, and say what is wrong; how much that is."""
    count, seen, texts = 0, 0, (*corpora.scripting(), *corpora.naughty())
    for turn, at in product(range(PLACES), range(0, len(texts), 500)):
        for path, text in made_of(journal(texts[at : at + 500], turn)).items():
            found = faults(text) if path.endswith(".html") else []
            count, seen = count + len(found), seen + 1
            for fault in found[:3]:
                print(f"{turn} {at} {path}: {fault}")  # noqa: T201 - what it is for
    print(f"{len(texts)} texts, {PLACES} turns, {seen} files, {count} faults")  # noqa: T201
    return count


if __name__ == "__main__":
    sys.exit(bool(soak()))
