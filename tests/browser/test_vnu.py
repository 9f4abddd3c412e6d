"""Each type of page, of the demo and of odd texts, as the W3C's checker of HTML sees it."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.browser.conftest import LookedAt

pytestmark = pytest.mark.browser
QUICKER = ("-XX:TieredStopAtLevel=1", "-Xss8m")
"""So few pages don't repay code that is made very quick, and what is quick at once needs more stack."""


def test_pages_are_without_errors_to_vnu(demo_site: LookedAt, odd_site: LookedAt) -> None:
    java, jar = shutil.which("java"), os.environ.get("DEALOG_VNU")
    if not (java and jar):
        pytest.skip("no vnu: install Java, and name vnu.jar in DEALOG_VNU")
    paths = [str(s.folder / path) for s in (demo_site, odd_site) for path in s.pages.values()]
    command = [java, *QUICKER, "-jar", jar, "--errors-only", "--format", "gnu", "--stdout", *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("", 0), done.stdout + done.stderr
