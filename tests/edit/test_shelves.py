from __future__ import annotations

import pytest

from site_builder.edit.refusals import NotDone
from site_builder.edit.shelves import whole_files
from tests.edit.desks import desk


def test_all_files_or_none() -> None:
    assert {file.path for file in whole_files(desk({}))} >= {
        "deals/acme.md",
        "contacts/jane-roe.md",
    }
    with pytest.raises(NotDone, match="1 file can't be read whole, as deals/x.md"):
        whole_files(desk({"deals/x.md": "x"}))
