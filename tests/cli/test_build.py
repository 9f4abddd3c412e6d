"""`dealog build`: what is written, what is left, and what is said of it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from site_builder.files.lock import lock
from tests.audiences.canaries import FILES, PIPELINE, canaries_in
from tests.catalogue import BASE, deal
from tests.commands import contents, run, write


def test_build_writes_a_site_and_again_changes_nothing(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("-C", journal, "build", capsys=capsys)
    assert (code, out) == (0, "")
    assert (journal / "_site" / "deals" / "acme.html").is_file()
    _, _, err = run("-C", journal, "build", capsys=capsys)
    assert "0 files changed, 0 removed" in err


def test_build_with_errors_builds_the_rest(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {"deals/bad.md": deal(stage="stage: leed"), "deals/good.md": deal()})
    code, _, err = run("-C", journal, "build", capsys=capsys)
    site = journal / "_site"
    assert code == 1
    assert "unknown-stage" in err
    assert (site / "deals" / "good.html").is_file()
    assert not (site / "deals" / "bad.html").exists()
    assert "unknown-stage" in (site / "problems.html").read_text("utf-8")


def test_build_prunes_what_it_wrote_and_nothing_else(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("-C", journal, "build", capsys=capsys)
    (journal / "deals" / "acme.md").unlink()
    _, _, err = run("-C", journal, "build", capsys=capsys)
    assert "8 removed" in err  # its page, what says how sure the forecast is, and the lists of that
    assert not (journal / "_site" / "deals" / "acme.html").exists()
    assert [page.name for page in (journal / "_site").glob("forecast*")] == ["forecast.html"]
    (journal / "_site" / "mine.txt").write_text("keep")
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 2
    assert "mine.txt" in err
    assert (journal / "_site" / "mine.txt").read_text() == "keep"


def test_a_public_journal_is_built_for_audiences_alone(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    public = BASE["pipeline.yml"].replace("private", "public")
    write(journal, {"pipeline.yml": public})
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 2
    assert "is `public`, so that only sites of audiences are built: name `audiences`" in err
    write(journal, {"pipeline.yml": public + SOUND})
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 2
    assert "as `dealog build --audience partners`" in err
    assert not (journal / "_site").exists()
    assert run("-C", journal, "build", "--audience", "partners", capsys=capsys)[0] == 0
    site = contents(journal / "_site")
    assert b"noindex" not in site["index.html"] + site["_headers"]
    assert "robots.txt" not in site


AUDIENCES = """\
audiences:
  partners:
    deals: {where: "tag:partner", show: [title, stage]}
    contacts: {show: [name]}
  press: {deals: {show: [stage]}}
  bad: {deals: {show: [titel]}}
"""
SOUND = AUDIENCES.partition("  bad")[0]
DEALS = {
    "pipeline.yml": BASE["pipeline.yml"] + SOUND,
    "deals/zq-one.md": deal("tags: [partner]\nvalue: 7654321\nchannel: Zqchannel"),
}


def test_a_site_for_an_audience_has_what_is_listed(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, DEALS)
    code, _, err = run("-C", journal, "build", "--audience", "partners", "-o", journal / "out",
                       capsys=capsys)  # fmt: skip
    assert code == 0 and "what `partners` is shown, 1 deal and 0 contacts" in err
    site = contents(journal / "out")
    assert "deals/bad.html" in site and "contacts.html" not in site
    assert not [path for path in site if "zq" in path or "sitemap" in path]
    everything = b"".join(site[path] for path in site if not path.startswith("assets/"))
    for hidden in (b"acme", b"Zq", b"zq", b"7654321", b"maria", b"partners", b"1 of", b"problems"):
        assert hidden not in everything
    assert b'<meta name="robots" content="noindex">' in site["index.html"]
    assert b"X-Robots-Tag: noindex" in site["_headers"]
    assert site["robots.txt"] == b"User-agent: *\nDisallow: /\n"


def test_an_audience_s_site_has_no_page_of_problems_to_lead_to(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    late = "---\ntitle: Late\nowner: maria\nstage: lead\nclose: 2026-11-01\n---\n"
    write(journal, {**DEALS, "deals/late.md": late})
    command = ("-C", journal, "build", "-o", journal / "out")
    err = run(*command, "--audience", "partners", capsys=capsys)[2]
    assert err.endswith("\n`dealog check` shows the warnings.\n")
    whole = run("-C", journal, "build", "-o", journal / "whole", capsys=capsys)[2]
    assert "`dealog check` and problems.html show the warnings.\n" in whole


def test_of_a_whole_site_nothing_stays_where_an_audience_s_comes(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, DEALS)
    assert run("-C", journal, "build", capsys=capsys)[0] == 0
    assert run("-C", journal, "build", "--audience", "partners", capsys=capsys)[0] == 0
    site = contents(journal / "_site")
    everything = b"".join(site[path] for path in site if not path.startswith("assets/"))
    assert b"acme" not in everything and b"zq" not in everything


def test_over_a_site_of_an_audience_the_whole_journal_is_not_built(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, DEALS)
    shown = ("-C", journal, "build", "--audience", "partners")
    assert run("-C", journal, "build", capsys=capsys)[0] == 0
    assert run(*shown, capsys=capsys)[0] == 0
    before = contents(journal / "_site")
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 2 and f"`{journal / '_site'}` holds what an audience is shown, and " in err
    assert "another folder with `-o`, or move this away." in err
    inner = journal / "_site/a/b"
    for more in ((), shown[3:]):  # whose readers may be others
        code, _, err = run("-C", journal, "build", *more, "-o", inner, capsys=capsys)
        assert code == 2 and f"`{inner}` lies within `{journal.resolve() / '_site'}`, which" in err
    assert contents(journal / "_site") == before and not inner.parent.exists()
    assert run(*shown, capsys=capsys)[0] == 0 and contents(journal / "_site") == before
    for path in [path for path in before if not path.startswith(".")]:
        (journal / "_site" / path).unlink()
    assert run("-C", journal, "build", capsys=capsys)[0] == 0


def test_of_other_pages_nothing_is_left_also_where_an_audience_s_can_t_be_made(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, DEALS)
    assert run("-C", journal, "build", capsys=capsys)[0] == 0
    write(journal, {"templates/sheet.html": "{{ nothing.there }}"})
    code, _, err = run("-C", journal, "build", "--audience", "partners", capsys=capsys)
    assert code == 2 and "templates/sheet.html" in err
    left = contents(journal / "_site")
    everything = b"".join(left[path] for path in left if not path.startswith("assets/"))
    assert b"acme" not in everything and not [path for path in left if "acme" in path]


def test_of_a_site_of_an_audience_only_what_changed_is_written(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, DEALS)
    run("-C", journal, "build", "--audience", "partners", capsys=capsys)
    write(journal, {"deals/zq-two.md": deal("tags: [partner]").replace("Bad", "Two")})
    _, _, err = run("-C", journal, "build", "--audience", "partners", capsys=capsys)
    assert "0 removed" in err and " 5 files changed" in err
    _, _, err = run("-C", journal, "build", "--audience", "partners", capsys=capsys)
    assert " 0 files changed, 0 removed" in err


def test_what_is_kept_between_runs_has_nothing_of_an_audience_s_journal(
    journal: Path,
    capsys: pytest.CaptureFixture[str],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = tmp_path_factory.mktemp("cache")  # nothing is kept in a journal
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    write(journal, DEALS)
    assert run("-C", journal, "build", "--audience", "partners", capsys=capsys)[0] == 0
    kept = contents(cache)
    assert {path.split("/")[1] for path in kept} <= {"all"}  # templates, as all journals have them
    assert not any(b"Zqchannel" in data or b"ACME" in data for data in kept.values())
    assert run("-C", journal, "build", "-o", journal / "whole", capsys=capsys)[0] == 0
    before = contents(cache)
    assert any(b"Zqchannel" in data for data in before.values())
    one = run("-C", journal, "build", "--audience", "press", "-o", journal / "a", capsys=capsys)
    two = run("-C", journal, "build", "--audience", "press", "-o", journal / "b", "--no-cache",
              capsys=capsys)  # fmt: skip
    assert (one[0], two[0]) == (0, 0) and contents(journal / "a") == contents(journal / "b")
    assert contents(cache) == before


def test_who_waits_for_another_build_shows_what_is_to_be_shown_then(
    journal: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(journal, DEALS)
    assert run("-C", journal, "build", "--audience", "partners", capsys=capsys)[0] == 0
    other = lock(journal / "_site")
    assert other is not None

    def taken_back(_seconds: float) -> None:
        write(journal, {"deals/zq-one.md": deal()})
        other.release()

    pauses = SimpleNamespace(sleep=taken_back)  # of the lock alone: other threads sleep too
    monkeypatch.setattr("site_builder.files.lock.time", pauses)
    code, _, err = run("-C", journal, "build", "--audience", "partners", capsys=capsys)
    assert code == 0 and "waiting for its end" in err and "is shown, 0 deals" in err
    assert not (journal / "_site" / "deals").exists()


def test_an_address_says_nothing_of_whom_a_deal_is_not_shown_to_be_with(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = "deals: {show: [title, contacts]}, contacts: {show: [name]}"
    write(journal, {
        "pipeline.yml": BASE["pipeline.yml"] + f"audiences: {{them: {{{shown}}}}}\n",
        "contacts/kestrel.md": "---\nname: Kestrel\ntype: company\n---\n",
        "deals/kestrel-bad.md": deal("company: kestrel\ncontacts: [jane-roe]"),
        "deals/jane-bad.md": deal("company: kestrel\ncontacts: [jane-roe]"),
    })  # fmt: skip
    code, _, err = run("-C", journal, "build", "--audience", "them", capsys=capsys)
    assert (
        code == 0 and "what `them` is shown, 3 deals of 1 company or of none and 2 contacts." in err
    )
    names = {path.name for path in (journal / "_site" / "deals").iterdir()}
    assert names == {"acme.html", "bad.html", "jane-bad.html"}


def test_an_audience_whose_where_means_nothing_is_told(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = 'deals: {where: "company=jane", show: [title]}'
    config = BASE["pipeline.yml"] + f"audiences: {{them: {{{shown}}}}}\n"
    write(journal, {"pipeline.yml": config, "contacts/jane-roe.md": "---\nname: Jane\n---\n"})
    _, _, err = run("-C", journal, "build", "--audience", "them", capsys=capsys)
    assert "0 deals and 0 contacts: `where`, which is `company=jane`, means none." in err


def test_several_audiences_have_folders_of_their_own(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, DEALS)
    two = ("--audience", "partners", "--audience", "press")
    assert run("-C", journal, "build", *two, capsys=capsys)[0] == 0
    folders = {path.partition("/")[0] for path in contents(journal / "_site")}
    assert folders == {"partners", "press"}
    assert (journal / "_site" / "press" / "deals" / "deal-1.html").is_file()


CANARIES = """\
audiences:
  press: {deals: {where: "tag:shown", show: [title]}}
  partners: {deals: {where: "tag:shown", show: [their-win, value]}, contacts: {show: [email]}}
"""
SHOWN = {
    "press": {"zqtitle"},
    "partners": {"zqtheirwin", "7654311", "zq", "zqmail"},
}


@pytest.mark.parametrize("is_there", [False, True])
def test_in_the_site_of_each_audience_stands_nothing_of_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], is_there: bool
) -> None:
    """In no byte and no name, also in a folder that held a whole site."""
    write(tmp_path, {**FILES, "pipeline.yml": PIPELINE + CANARIES})
    built = ("-C", tmp_path, "build", "-o")
    if is_there:
        for name in SHOWN:
            assert run(*built, tmp_path / "_site" / name, capsys=capsys)[0] == 0
    two = [word for name in SHOWN for word in ("--audience", name)]
    code, _, err = run(*built, tmp_path / "_site", *two, capsys=capsys)
    assert code == 0, err
    alone = run(*built, tmp_path / "alone", "--audience", "press", capsys=capsys)
    assert alone[0] == 0
    for name, shown in SHOWN.items():
        site = contents(tmp_path / "_site" / name)
        found = set(canaries_in({p: d for p, d in site.items() if not p.startswith("assets/")}))
        assert found == shown, name
    assert contents(tmp_path / "alone") == contents(tmp_path / "_site" / "press")


def test_a_site_of_an_audience_that_is_built_no_more_is_told(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, DEALS)
    config = DEALS["pipeline.yml"] + "  others: {deals: {show: [title]}}\n"
    write(journal, {"pipeline.yml": config})
    two, others = ("--audience", "partners", "--audience", "press"), ("--audience", "others")
    _, _, err = run("-C", journal, "build", *two, *others, capsys=capsys)
    assert "not built now" not in err
    code, _, err = run("-C", journal, "build", *two, capsys=capsys)
    assert (
        code == 0 and f"{journal / '_site' / 'others'} holds a site that was not built now" in err
    )
    assert run("-C", journal, "build", "-o", journal / "whole", capsys=capsys)[0] == 0
    code, _, err = run("-C", journal, "build", *two, "-o", journal / "whole", capsys=capsys)
    assert code == 2 and "holds a site itself" in err


def test_a_site_is_not_built_among_those_of_several_audiences(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, DEALS)
    two, target = ("--audience", "partners", "--audience", "press"), journal / "all"
    assert run("-C", journal, "build", *two, "-o", target, capsys=capsys)[0] == 0
    before = contents(target)
    for asked in (("--audience", "press"), ()):
        code, _, err = run("-C", journal, "build", *asked, "-o", target, capsys=capsys)
        assert code == 2
        assert f"`{target}` holds sites in folders of their own: `partners`, `press`." in err
    assert contents(target) == before


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("partnerz", "There is no audience `partnerz`. Did you mean `partners`?"),
        ("nobody", "Use one of: `partners`, `press`, `bad`."),
        ("bad", "What the audience `bad` is shown could not be read"),
    ],
)
def test_an_audience_that_is_not_there_or_not_understood_is_refused(
    journal: Path, capsys: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    write(journal, {"pipeline.yml": BASE["pipeline.yml"] + AUDIENCES})
    code, _, err = run("-C", journal, "build", "--audience", name, capsys=capsys)
    assert code == 2 and told in err
    assert not (journal / "_site").exists()


def test_a_query_that_is_not_understood_is_a_problem_at_its_place(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = BASE["pipeline.yml"] + SOUND.replace("tag:p", "tags:p")
    write(journal, {"pipeline.yml": text})
    code, out, _ = run("-C", journal, "check", capsys=capsys)
    line = text[: text.index("tags:")].count("\n") + 1
    assert code == 1 and f"pipeline.yml:{line}:21: error[invalid-value] There is no field" in out
    assert "Did you mean `tag`?" in out
    code, _, err = run("-C", journal, "build", "--audience", "partners", capsys=capsys)
    assert code == 2 and "Did you mean `tag`?" in err


def test_a_deal_that_can_t_be_read_whole_is_shown_to_nobody(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {**DEALS, "deals/zq-one.md": deal("tags: [partner]\nclose: 2026-02-30")})
    code, _, err = run("-C", journal, "build", "--audience", "partners", capsys=capsys)
    assert code == 1 and "0 deals and 0 contacts; 1 deal with errors left out" in err
    assert b"2026-02-30" not in (journal / "_site" / "index.html").read_bytes()


def test_nothing_is_built_where_nobody_says_who_may_read_it(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {"pipeline.yml": BASE["pipeline.yml"].replace("private", "Private")})
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 2
    assert "pipeline.yml:3:13: error[invalid-value] `Private`" in err
    assert "nothing was built" in err
    assert not (journal / "_site").exists()


@pytest.mark.parametrize("pipelines", ["", "pipelines: {}\n", "pipelines: {a: {stages: {}}}\n"])
def test_without_a_pipeline_nothing_is_built(
    journal: Path, capsys: pytest.CaptureFixture[str], pipelines: str
) -> None:
    write(journal, {"pipeline.yml": f"visibility: private\n{pipelines}"})
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 1
    assert "error[missing-field]" in err and "can't be understood" in err
    assert not (journal / "_site").exists()


def test_a_pipeline_that_is_broken_leaves_the_last_site(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("-C", journal, "build", capsys=capsys)
    before = (journal / "_site" / "index.html").read_bytes()
    write(journal, {"pipeline.yml": "pipelines: [\n"})
    code, _, err = run("-C", journal, "build", capsys=capsys)
    assert code == 1
    assert "pipeline.yml:1:12: error[yaml-syntax]" in err
    assert (journal / "_site" / "index.html").read_bytes() == before


def test_what_a_link_leads_to_is_shown_nowhere(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (journal / "outside.txt").write_text("token: not-for-your-eyes\n")
    for path in ("deals/link.md", "deals/link.txt", "templates/x.html", "Pipeline.yml"):
        (journal / path).parent.mkdir(exist_ok=True)
        (journal / path).symlink_to(journal / "outside.txt")
    for arguments in ("check", "check --format json", "check --format github", "build"):
        code, out, err = run("-C", journal, *arguments.split(), capsys=capsys)
        assert (code, "symbolic link" in out + err) == (1, True)
        assert "eyes" not in out + err
    pages = [page.read_text("utf-8") for page in (journal / "_site").rglob("*.html")]
    assert any("symlink" in page for page in pages)
    assert not any("eyes" in page for page in pages)


def test_warnings_do_not_bury_what_a_build_says(
    journal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(journal, {"deals/bad.md": deal(front="close: 2026-01-01")})
    _, _, err = run("-C", journal, "build", capsys=capsys)
    assert "close-in-past" not in err
    assert "`dealog check`" in err
    code, _, err = run("-C", journal, "build", "--strict", capsys=capsys)
    assert code == 1
    assert "close-in-past" in err
