"""The scripts of the site, run by Node where there is one."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from typing import Any

from site_builder.site.render import templates_dir
from site_builder.site.scripts import PARTS

NODE = shutil.which("node")
PLAIN = PARTS[: PARTS.index("deals") + 1]
"""The parts that need no page."""


def run(call: str, *values: object) -> Any:
    """What an expression gives, in which ``given`` are some values."""
    assert NODE is not None
    parts = [(templates_dir() / "scripts" / f"{name}.js").read_text("utf-8") for name in PLAIN]
    end = f"const values = {json.dumps(values)};\nprocess.stdout.write(JSON.stringify({call}));\n"
    done = subprocess.run(
        [NODE, "-"], input="\n".join([*parts, end]), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def asked(data: object, texts: Sequence[str]) -> list[Any]:
    """What each query gives of some deals: their ids, or the message and the help of a mistake."""
    call = """(() => {
      const [data, texts] = values, deals = dealsOf(data);
      return texts.map(text => {
        try {
          const means = query(text, deals.known);
          return deals.rows.filter(means).map(deal => deal[0]);
        } catch (wrong) {
          if (!(wrong instanceof Mistake)) throw wrong;
          return {message: wrong.message, help: wrong.help, start: wrong.start, end: wrong.end};
        }
      });
    })()"""
    answers = run(call, data, list(texts))
    assert isinstance(answers, list)
    return answers
