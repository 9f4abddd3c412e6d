from __future__ import annotations

import pickle
import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.problems.problem import Problem
from site_builder.source import yaml_entries, yaml_plain, yaml_text
from site_builder.source.yaml_entries import read_entries
from site_builder.source.yaml_nodes import Listing, Mapping, Scalar, is_lost
from site_builder.source.yaml_text import read_mapping
from tests.catalogue import deal
from tests.examples import some
from tests.journals import loaded


def read(text: str) -> tuple[dict[str, str], list[Problem]]:
    problems: list[Problem] = []
    mapping, _ = read_entries("f.md", text, 2, problems.append)
    texts = {e.key.text: e.value.text for e in mapping.entries if isinstance(e.value, Scalar)}
    return texts, problems


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("no", "no"), ("0123", "0123"), ("12:30", "12:30"), ("1_000", "1_000"), ("~", "~"),
        ("null", "null"), ('"a: b"', "a: b"), ("'it''s'", "it's"), ("2026-02-30", "2026-02-30"),
        ("1e3", "1e3"), ("a # comment", "a"), ("", ""), ("C#", "C#"), ("a:b", "a:b"),
    ],
)  # fmt: skip
def test_values_are_read_as_text(written: str, text: str) -> None:
    assert read(f"x: {written}\n") == ({"x": text}, [])


@pytest.mark.parametrize(
    ("text", "line", "column", "says"),
    [
        ("a: b\nnext: 2026-11-24 Call: Jane\n", 3, 22, 'Write `next: "2026-11-24 Call: Jane"`.'),
        ("a: b\n\tc: d\n", 3, 1, "start of its line"),
        ("a:\n\tc: d\n", 3, 1, "as many as"),
        ("a: |\n\tb\n", 3, 1, "as many as"),
        ("a:\n  -\tb: c\n", 3, 4, "Replace the tab by spaces."),
        ("a: 'Berg's warehouse'\n", 2, 10, 'Write `a: "Berg\'s warehouse"`.'),
        ('a: "Berg "big" house"\n', 2, 11, "Write `a: 'Berg \"big\" house'`."),
        ('a: "Berg" warehouse\n', 2, 11, "Write `a: '\"Berg\" warehouse'`."),
        ("a: [b, * c]\n", 2, 8, "Put the value in quotes."),
        ("a: {b: & c}\n", 2, 8, "Put the value in quotes."),
        ("a: {!|c}\n", 2, 5, "Put the value in quotes."),
        ("a: b\nc: \t]\n", 3, 5, "Put the value in quotes."),
        ("a: [Berg] warehouse\n", 2, 11, 'Write `a: "[Berg] warehouse"`.'),
        ("a: *Berg*\n", 2, 4, 'Write `a: "*Berg*"`.'),
        ("a: & Sons\n", 2, 4, 'Write `a: "& Sons"`.'),
        ("a: [b, c\nd: e\n", 2, 4, "Close the list with `]`"),
        ('a: "b\nc: d\n', 2, 4, "Close it with the same mark"),
        ("a: b\nc d\n", 3, 1, "name: value"),
        ("a: @b\n", 2, 4, 'Write `a: "@b"`.'),
        ("a: b\n  c: d\n", 3, 4, "start of its line"),
        ("a: b\n---\nc: d\n", 3, 1, "one document"),
        ("a: [b, c,, d]\n", 2, 10, "Remove the comma"),
        ("a: {b: c,, d: e}\n", 2, 10, "Remove the comma"),
        ("a: b\nc:d\n", 3, 2, "`c: d`"),
        ("c:d\na: b\n", 2, 2, "`c: d`"),
        ('a: "b\\ud800"\n', 2, 6, "character itself"),
        ('a: "b\\q"\n', 2, 6, "character itself"),
        ('a: "b\\x1"\n', 2, 6, "character itself"),
        ("a: b\x07\n", 2, 5, "invisible"),
        ("a: b\u2028c\n", 2, 5, "invisible"),
    ],
)
def test_slips_have_a_help_of_their_own(text: str, line: int, column: int, says: str) -> None:
    _, problems = read(text)
    assert [(p.code, p.span.line, p.span.column) for p in problems] == [
        ("yaml-syntax", line, column)
    ]
    assert says in problems[0].help
    assert "not YAML" not in problems[0].message


def test_directives_are_told_once_each_and_what_is_below_is_read() -> None:
    texts, problems = read("# of old\n%YAML 1.2\n%TAG ! tag:example.com,2026:\na: b\nc: d\n")
    assert (texts["a"], texts["c"]) == ("b", "d")
    assert [(p.span.line, p.span.column, p.message) for p in problems] == [
        (3, 1, "`%YAML` is a YAML directive, which a journal does not allow."),
        (4, 1, "`%TAG` is a YAML directive, which a journal does not allow."),
    ]
    assert {p.help for p in problems} == {"Leave out this line."}


@pytest.mark.parametrize(
    "value", ["'Berg's house'", '"Berg" house', "[Berg] house", "@Berg", "*Berg*", "& Sons"]
)
def test_the_help_of_a_slip_can_be_followed(value: str) -> None:
    _, (problem,) = read(f"a: {value}\n")
    written = re.search("Write `(.*)`", problem.help)
    assert written is not None
    texts, problems = read(written[1] + "\n")
    assert problems == [] and texts["a"] in (value, value[1:-1])


def test_what_is_around_a_broken_entry_is_still_read() -> None:
    texts, problems = read('title: "A\nowner: maria\nnext: a: b\nstage: lead\n')
    assert {"owner": "maria", "stage": "lead"}.items() <= texts.items()
    assert [p.span.line for p in problems] == [4, 2] or [p.span.line for p in problems] == [2, 4]


def test_what_could_not_be_read_has_its_place() -> None:
    mapping, _ = read_entries("f.md", 'title: A\n"owner": maria: b\n', 2, lambda _problem: None)
    (place,) = {e.key.span for e in mapping.entries if is_lost(e.value)}
    assert (place.line, place.column, place.end_column) == (3, 2, 7)


def test_a_value_cut_by_a_comment_is_a_warning() -> None:
    texts, problems = read("title: Deal #4\nclose: 2026-01-01 # moved\n")
    assert texts == {"title": "Deal", "close": "2026-01-01"}
    assert [(p.code, p.severity, p.span.column) for p in problems] == [
        ("comment-in-value", "warning", 13)
    ]
    assert '"Deal #4"' in problems[0].help


def test_anchors_aliases_tags_merges_and_odd_keys_are_refused() -> None:
    _, problems = read("a: &x b\nc: *x\n<<: {d: e}\nf: !!int 3\n? [g]\n: h\na: i\n")
    assert [(p.code, p.span.line, p.span.column) for p in problems] == [
        ("forbidden-yaml", 2, 4), ("forbidden-yaml", 3, 4), ("forbidden-yaml", 4, 1),
        ("forbidden-yaml", 5, 4), ("forbidden-yaml", 6, 3), ("duplicate-key", 8, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("a: |\n  b\nc: d\n", (3, 3, 3, 4)),
        ("a: >-  # folded\n\n   b \n   cd\n\n\n", (4, 4, 5, 6)),
        ("a: |\n\n\nb: c\n", (2, 4, 5, 1)),
    ],
)
def test_the_place_of_a_block_is_that_of_its_text(
    text: str, span: tuple[int, int, int, int]
) -> None:
    mapping, _ = read_entries("f.md", text, 2, lambda problem: None)
    assert mapping.entries[0].value.span[1:] == span


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000,
        "a: " + "{a: " * 50_000,
        "a:\n" + "- " * 50_000,
        "a:\n " + "? " * 2_000,
        "a: [" + "x," * 30_000 + "]",
        "a: " + "[" * 900 + "]" * 900,
    ],
)
def test_bombs_are_refused(text: str) -> None:
    _, problems = read(text)
    assert [p.code for p in problems] == ["too-large"]


def test_many_broken_lines_end() -> None:
    _, problems = read("".join(f"k{n}: a: b\n" for n in range(5_000)))
    assert len(problems) == yaml_entries.MAX_BROKEN


plain = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
lines = st.lists(
    st.tuples(st.sampled_from(["a", "b-c", "title", "d"]), st.sampled_from([": ", ":  ", ":"]), plain | st.sampled_from(
        ["[a, b-c d]", "[https://a.example/b, c:d]", "[A , b:]", "[2026-01-01 x y]", "[a ,b]", "x #y", "x: y", "a:", "- b", "+44 20", "a  ", "[a, ]", "true", "it's", 'a "b"', "x\\n"])),
    min_size=1, max_size=4,
)  # fmt: skip


def _shape(node: object) -> object:
    if isinstance(node, Mapping):
        return [(e.key.text, e.key.span, _shape(e.value)) for e in node.entries]
    if isinstance(node, Listing):
        return [_shape(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text, node.span


@given(lines)
@some(250)
def test_the_fast_path_reads_what_the_parser_reads(entries: list[tuple[str, str, str]]) -> None:
    text = "".join(f"{key}{colon}{value}\n" for key, colon, value in entries)
    fast = yaml_plain.read_plain("f.md", text, 2)
    if fast is not None:
        problems: list[Problem] = []
        slow = yaml_text.YamlReader("f.md", text, 2, problems.append).read()
        assert problems == []
        assert _shape(fast.as_mapping()) == _shape(slow)
        assert isinstance(slow, Mapping) and fast.span[:4] == slow.span[:4]
        assert fast.places() == {e.key.text: e.value.span for e in slow.entries}
        assert [fast.get(key) for key, _, _ in fast.lines] == [e.value for e in slow.entries]


def test_places_are_worked_out_when_they_are_asked_for() -> None:
    text = "title: ACME rollout\nrole:   [a, b]  \nx-a: title\n"
    plain = yaml_plain.read_plain("f.md", text, 2)
    assert plain is not None
    places = plain.places(without=("x-a",))
    assert list(places) == ["title", "role"] and len(places) == 2
    assert "title" in places and "x-a" not in places and "tle" not in places
    assert places["role"] == ("f.md", 3, 9, 3, 15)
    assert places.get("x-a") is None and plain.places()["x-a"] == ("f.md", 4, 6, 4, 11)
    assert plain.get("ole") is None and plain.get("b") is None
    assert pickle.loads(pickle.dumps(places)) == places


def test_the_fast_path_is_taken() -> None:
    text = "title: ACME rollout\nphone: +44 20\ncontacts: [jane-roe champion, john-smith]\nclose: 2026-12-01\n"
    assert yaml_plain.read_plain("f.md", text, 2) is not None


def test_what_can_stand_in_yaml_is_what_its_specification_prints() -> None:
    printed = (
        r"[\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
    )
    everything = "".join(map(chr, range(sys.maxunicode + 1)))
    assert yaml_plain.FORBIDDEN.sub("", everything) == "".join(re.findall(printed, everything))


@pytest.mark.parametrize("bad", ["\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "\ud800"])
def test_the_fast_path_takes_nothing_that_is_forbidden(bad: str) -> None:
    assert yaml_plain.read_plain("f.md", "a: xé\n", 2) is not None
    assert yaml_plain.read_plain("f.md", f"a: xé{bad}x\n", 2) is None


@given(st.binary(max_size=200) | plain.map(str.encode))
@settings(deadline=None)
def test_no_text_crashes_the_reader(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    read(text)
    read_mapping("f.md", "a: " + text, 1, lambda problem: None)


@pytest.mark.parametrize(
    ("line", "code", "help"),
    [
        ("tags: #a, #b", "comment-in-value", 'Write `tags: ["#a", "#b"]`.'),
        ("tags: #a #b", "comment-in-value", 'Write `tags: ["#a", "#b"]`.'),
        ("tags: #a, b", "comment-in-value", 'Write `tags: ["#a", b]`.'),
        ("tags:\n- a\n-b", "yaml-syntax", "Write `- b`."),
        ("tags:\n-a\n- b", "yaml-syntax", "Write `- a`."),
        ("tags:\n  - a\n  -b", "yaml-syntax", "Write `- b`."),
        ("tags: !!str x", "forbidden-yaml", "Write `tags: [x]`."),
        ("tags: &a x", "forbidden-yaml", "Write `tags: [x]`."),
        ("tags: &a [x]", "forbidden-yaml", "Write `tags: [x]`."),
        ("value: !!int 5", "forbidden-yaml", "Write `value: 5`."),
        ("need: &y yes", "forbidden-yaml", "Write `need: yes`."),
        ("channel: !!str fair", "forbidden-yaml", "Write `channel: fair`."),
        ("channel: !important fair", "forbidden-yaml", 'Write `channel: "!important fair"`.'),
        ("X-foo: a", "unknown-field", "Write `x-foo: …`: fields of your own begin with `x-`."),
        ("x_foo: a", "unknown-field", "Write `x-foo: …`: fields of your own begin with `x-`."),
    ],
)
def test_what_the_help_says_to_type(line: str, code: str, help: str) -> None:
    (problem,) = loaded({"deals/bad.md": deal(front=line)}).problems
    assert problem.code == code
    assert problem.help.startswith(help)
