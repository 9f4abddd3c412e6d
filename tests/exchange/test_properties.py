"""What must hold of any CSV whatever."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.helpers import DEALS, adds_up, errors, plan, told

HISTORY = (
    "import: deals\nsource: h\nkey: Id\nseveral-rows: yes\nfields: {title: Name, owner: {fixed: otto}}\n"
    "notes: [{date: Close, stage: Stage, value: Amount, text: Owner, headline: Name}]\n"
)  # fmt: skip
MAPS = (DEALS, HISTORY, DEALS + "notes: [{date: Close, kind: {fixed: note}, text: Owner}]\n")
HEADER = "Id,Name,Owner,Stage,Amount,Close"
CELL = st.one_of(
    st.sampled_from(
        ["", "1", "2", "maria", "Otto Brandt", "offer", "New lead", "won", "lead", "5000", "$5",
         "2026-01-02", "2026-03-04 10:00", "31/12/2026", "- [x] call", "## 2026-01-01 call", "---"]
    ),
    st.text(max_size=8),
)  # fmt: skip


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


ROWS = st.lists(
    st.lists(CELL, min_size=6, max_size=6).map(lambda cells: ",".join(map(quoted, cells))),
    max_size=6,
)


def good(pick: st.DataObject) -> str:
    """A row that can be taken by any of the maps, but for its texts."""
    text = pick.draw(st.text(max_size=12))
    cells = [
        pick.draw(st.sampled_from("123")),
        pick.draw(st.sampled_from(["Harbour", "Tarn: Mills", "#1", text])),
        "maria",
        pick.draw(st.sampled_from(["lead", "offer", "Closed Won"])),
        pick.draw(st.sampled_from(["", "5", "7"])),
        pick.draw(st.sampled_from(["2026-01-02", "2026-03-04 10:00", "2026-03-04"])),
    ]
    return ",".join(map(quoted, cells))


@given(ROWS, st.data(), st.sampled_from(MAPS))
@settings(deadline=None)
def test_rows_add_up_files_check_and_a_second_run_changes_nothing(
    rows: list[str], pick: st.DataObject, map: str
) -> None:
    rows = [*rows, *(good(pick) for _ in range(3))]
    data = "\n".join([HEADER, *rows, ""]).encode("utf-8", "surrogatepass")
    made = plan(data, map)
    assert adds_up(made.counts)
    refused = {p.span.line for p in made.problems if p.severity == "error"}
    assert bool(refused) == (made.counts.refused > 0) or made.counts.rows == 0
    assert made.counts.refused <= len(refused) or any(
        p.code == "ambiguous-date" for p in made.problems
    )
    # The journal itself may object to a won deal that is open again, never to how it is written.
    assert [
        e for e in errors(made.files) if "future-note" not in e and "lost-reason" not in e
    ] == []
    again = plan(data, map, made.files)
    assert dict(again.files) == {}
    assert again.counts.taken == 0


@given(st.binary(max_size=200), st.sampled_from(MAPS))
@settings(deadline=None)
def test_no_bytes_crash_it(data: bytes, map: str) -> None:
    for start in (b"", HEADER.encode() + b"\n", b"\xff\xfe", b'Id,Name\n"'):
        made = plan(start + data, map)
        assert adds_up(made.counts)


def test_a_nest_of_quotes_takes_no_time() -> None:
    made = plan(HEADER + "\n" + '"' * 200_001 + "\n" + '"a,' * 20_000, DEALS)
    assert adds_up(made.counts)
    assert told(made)
