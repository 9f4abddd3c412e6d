from __future__ import annotations

import datetime as dt
import threading
from pathlib import Path

import pytest

from site_builder.load.preparing import NoJournal
from site_builder.serve.session import Broken, Session
from tests import sequences
from tests.catalogue import BASE, deal
from tests.commands import contents, write
from tests.sequences import Scene
from tests.serve.served import DAY, DEAL
from tests.site.test_live import CHANGES, pages_from_nothing


@pytest.fixture
def session(journal: Path) -> Session:
    write(journal, {"deals/one.md": DEAL})
    return Session(journal, lambda: DAY)


def test_a_page_is_what_a_build_makes_of_it_whatever_changed(tmp_path: Path) -> None:
    scene = Scene(tmp_path, 5)
    session = Session(scene.journal, lambda: DAY)
    for _ in range(6):
        before = contents(scene.journal)
        scene.random.choice(CHANGES)(scene)
        session.changed(sequences.unlike(before, contents(scene.journal)))
        made = pages_from_nothing(scene)
        assert {path: session.page(path) for path in made} == made


def test_a_change_is_told_with_the_pages_it_touches(journal: Path, session: Session) -> None:
    write(journal, {"deals/one.md": DEAL + "\nWords.\n"})
    session.changed(["deals/one.md"])
    told = session.since(0, 0)
    assert told.version == 1 and told.wrong == ()
    assert told.pages is not None and "deals/one.html" in told.pages
    assert "board.html" not in told.pages
    assert b"Words." in (session.page("deals/one.html") or b"")
    assert session.since(1, 0).pages == frozenset()


def test_who_waits_is_told_at_once(journal: Path, session: Session) -> None:
    told = []
    waiting = threading.Thread(target=lambda: told.append(session.since(0, 20)))
    waiting.start()
    session.changed(["deals/one.md"])
    waiting.join(10)
    assert [one.version for one in told] == [1]


def test_a_broken_file_keeps_its_last_good_page_and_is_told_until_it_is_mended(
    journal: Path, session: Session
) -> None:
    good = session.page("deals/one.html")
    write(journal, {"deals/one.md": "no front matter"})
    session.changed(["deals/one.md"])
    assert "deals/one.md:1:1 The file does not begin" in session.wrong[0]
    assert session.page("deals/one.html") == good
    write(journal, {"deals/one.md": DEAL})
    session.changed(["deals/one.md"])
    assert session.wrong == ()
    (journal / "deals/one.md").unlink()
    session.changed(["deals/one.md"])
    assert session.page("deals/one.html") is None


def test_a_broken_pipeline_leaves_the_site_as_it_was(journal: Path, session: Session) -> None:
    config = (journal / "pipeline.yml").read_text()
    board = session.page("board.html")
    for broken in ("pipelines: [", ""):
        (journal / "pipeline.yml").write_text(broken)
        session.changed(["pipeline.yml"])
        assert session.wrong and session.page("board.html") == board
    (journal / "pipeline.yml").unlink()
    session.changed(["pipeline.yml"])
    assert list(session.wrong) == ["pipeline.yml is gone."]
    assert session.since(0, 0).pages is None
    (journal / "pipeline.yml").write_text(config.replace("Kestrel & Vane", "Renamed"))
    session.changed(["pipeline.yml"])
    assert not session.wrong and b"Renamed" in (session.page("board.html") or b"")


@pytest.mark.parametrize(
    ("audience", "where"), [("", "the page of problems"), ("them", "`dealog check`")]
)
def test_where_more_problems_are_told_is_there(tmp_path: Path, audience: str, where: str) -> None:
    bad = {f"deals/b{number}.md": "no front matter" for number in range(5)}
    write(tmp_path, {**BASE, **bad, "pipeline.yml": BASE["pipeline.yml"] + AUDIENCE})
    session = Session(tmp_path, lambda: DAY, audience=audience)
    assert session.wrong[-1] == f"and 2 more: see {where}"
    assert (session.page("problems.html") is None) == bool(audience)
    write(tmp_path, {"pipeline.yml": "".join(f"x{number}: 1\n" for number in range(5))})
    session.changed(["pipeline.yml"])  # whose problems no page has
    assert session.wrong[-1].endswith("more: see `dealog check`")


def test_a_pipeline_that_is_gone_for_a_moment_ends_nothing(journal: Path, session: Session) -> None:
    board = session.page("board.html")
    (journal / "pipeline.yml").unlink()
    write(journal, {"deals/two.md": DEAL})
    session.changed(["deals/two.md"])
    assert list(session.wrong) == ["pipeline.yml is gone."]
    assert session.page("board.html") == board


def test_a_new_file_that_is_told_before_a_broken_pipeline_loses_nothing(
    journal: Path, session: Session
) -> None:
    config = (journal / "pipeline.yml").read_text()
    write(journal, {"deals/two.md": DEAL, "pipeline.yml": "pipelines: ["})
    session.changed(["deals/two.md"])
    assert session.wrong and session.page("deals/one.html") and session.page("stale.html")
    (journal / "pipeline.yml").write_text(config)
    session.changed(["pipeline.yml"])
    assert not session.wrong and session.page("deals/two.html")


def test_own_templates_are_followed_and_broken_ones_told(journal: Path, session: Session) -> None:
    (journal / "templates").mkdir()
    (journal / "templates" / "footer.html").write_text("<footer>Ours</footer>")
    session.changed(["templates/"])
    assert b"Ours" in (session.page("board.html") or b"")
    (journal / "templates" / "footer.html").write_text("{% if %}")
    session.changed(["templates/footer.html"])
    assert b"Ours" in (session.page("board.html") or b"")
    assert "footer.html" in session.wrong[0]


def test_a_new_day_is_seen(journal: Path) -> None:
    config = journal / "pipeline.yml"
    config.write_text(config.read_text().replace("as-of: 2026-11-20\n", ""))
    write(journal, {"deals/one.md": DEAL})
    days = [DAY]
    session = Session(journal, lambda: days[0])
    assert b"20 Nov 2026" in (session.page("board.html") or b"")
    days[0] = DAY + dt.timedelta(1)
    assert b"21 Nov 2026" in (session.page("board.html") or b"")
    assert session.since(0, 0).pages is None


def test_a_new_day_is_told_to_open_pages(journal: Path) -> None:
    config = journal / "pipeline.yml"
    config.write_text(config.read_text().replace("as-of: 2026-11-20\n", ""))
    days = [DAY]
    session = Session(journal, lambda: days[0])
    assert session.since(0, 0).version == 0
    days[0] = DAY + dt.timedelta(1)
    told = session.since(0, 0.01)
    assert (told.version, told.pages) == (1, None)
    (journal / "pipeline.yml").write_text("pipelines: [")
    days[0] += dt.timedelta(1)
    assert session.since(1, 0).version == session.since(1, 0).version == 1


def test_a_day_begins_where_the_journal_says(journal: Path) -> None:
    config = journal / "pipeline.yml"
    config.write_text(config.read_text().replace("as-of: 2026-11-20", "time-zone: Asia/Tokyo"))
    moments = [dt.datetime(2026, 11, 20, 14, 59, tzinfo=dt.UTC)]
    session = Session(journal, lambda: moments[0])
    assert b"20 Nov 2026" in (session.page("board.html") or b"")
    moments[0] += dt.timedelta(minutes=1)
    assert b"21 Nov 2026" in (session.page("board.html") or b"")


def test_versions_that_nobody_knows_any_more_are_all_pages(session: Session) -> None:
    for _ in range(201):
        session.changed(["deals/one.md"])
    assert session.since(1, 0).pages == session.since(201, 0).pages == frozenset()
    assert session.since(0, 0).pages is None
    assert session.since(202, 0).pages is None


def test_what_can_t_be_served(tmp_path: Path) -> None:
    with pytest.raises(NoJournal):
        Session(tmp_path, lambda: DAY)
    (tmp_path / "pipeline.yml").write_text("pipelines: [")
    with pytest.raises(Broken):
        Session(tmp_path, lambda: DAY)


def test_styles_are_served_and_nothing_else_of_the_disk(session: Session) -> None:
    assert session.page("assets/style.css")
    for path in ("pipeline.yml", "deals/one.md", "../pipeline.yml", "/etc/passwd", "", "assets/"):
        assert session.page(path) is None


AUDIENCE = "audiences: {them: {deals: {show: [title]}}}\n"


def test_an_audience_is_served_what_it_is_shown_and_follows_changes(tmp_path: Path) -> None:
    write(tmp_path, {**BASE, "pipeline.yml": BASE["pipeline.yml"] + AUDIENCE})
    session = Session(tmp_path, lambda: DAY, audience="them")
    first = session.page("deals.html")
    assert first is not None and b"ACME rollout" in first and b"maria" not in first.lower()
    assert session.page("team.html") is None and session.page("problems.html") is None
    assert session.page("assets/style.css") is not None
    write(tmp_path, {"deals/acme.md": BASE["deals/acme.md"].replace("ACME rollout", "Renamed")})
    session.changed(["deals/acme.md"])
    again = session.page("deals.html")
    assert again is not None and b"Renamed" in again and b"ACME rollout" not in again
    changed = session.since(0, 0).pages
    assert changed is not None and "deals/renamed.html" in changed


def test_an_audience_that_comes_to_be_shown_nobody_knows_what_stays_as_it_was(
    tmp_path: Path,
) -> None:
    write(tmp_path, {**BASE, "pipeline.yml": BASE["pipeline.yml"] + AUDIENCE})
    session = Session(tmp_path, lambda: DAY, audience="them")
    for line in ("", AUDIENCE.replace("title", "titel"),
                 AUDIENCE.replace("show", "where: 'x:y', show")):  # fmt: skip
        write(tmp_path, {"pipeline.yml": BASE["pipeline.yml"] + line})
        session.changed(["pipeline.yml"])
        assert session.wrong and b"ACME rollout" in (session.page("deals.html") or b"")
    write(tmp_path, {"pipeline.yml": BASE["pipeline.yml"] + AUDIENCE})
    session.changed(["pipeline.yml"])
    assert not session.wrong


def test_an_audience_sees_no_page_any_more_of_what_it_is_not_shown(tmp_path: Path) -> None:
    audience = "audiences: {them: {deals: {where: 'tag:them', show: [title]}}}\n"
    bad = {"deals/broken.md": "---\ntitle: Broken\n---\n"}
    shown = {"deals/acme.md": deal("tags: [them]")}
    write(tmp_path, {**BASE, **bad, **shown, "pipeline.yml": BASE["pipeline.yml"] + audience})
    session = Session(tmp_path, lambda: DAY, audience="them")
    assert session.wrong and session.page("deals/bad.html")
    write(tmp_path, {"deals/acme.md": deal()})
    session.changed(["deals/acme.md"])
    assert session.page("deals/bad.html") is None
