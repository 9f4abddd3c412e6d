from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.exchange.ids import Ids
from site_builder.parse.ids import is_id, slug


def test_names_become_ids() -> None:
    assert slug("Müller & Sons GmbH") == "muller-and-sons-gmbh"
    assert slug("L'Oréal – Łódź (Straße)") == "loreal-lodz-strasse"
    assert slug("東京") == ""


def test_a_second_of_the_same_name_gets_a_number() -> None:
    ids = Ids("deal", ["Acme"])
    assert [ids.give("ACME", str(n)) for n in range(3)] == ["acme-2", "acme-3", "acme-4"]


def test_numbers_do_not_run_into_names() -> None:
    ids = Ids("deal", [])
    assert [ids.give(t, "k") for t in ("a", "a-2", "a", "a")] == ["a", "a-2", "a-3", "a-4"]


def test_a_name_without_latin_letters_takes_the_key_or_a_fingerprint() -> None:
    assert Ids("deal", []).give("東京", "K 7") == "k-7"
    first = Ids("deal", []).give("東京", "山")
    assert first == Ids("deal", ["x"]).give("東京", "山")
    assert first.startswith("deal-")


def test_names_that_a_file_system_keeps_are_avoided() -> None:
    ids = Ids("contact", [])
    assert ids.give("Con", "1") == "contact-con"
    assert ids.give("README", "1") == "contact-readme"


@given(st.lists(st.text(max_size=130), max_size=12))
@settings(deadline=None)
def test_ids_are_ids_and_never_two_alike(names: list[str]) -> None:
    ids = Ids("deal", ["taken"])
    given_out = [ids.give(name, str(at)) for at, name in enumerate(names)]
    assert all(map(is_id, given_out))
    assert len({*given_out, "taken"}) == len(names) + 1
