#!/usr/bin/env python3
"""The bill of materials of an environment in which dealog is installed, in CycloneDX's JSON: what
is installed there, and the files of others that come with dealog, from docs/vendored.md."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(
    r"^\| `([^`]+)` \| npm `([^`]+)` ([^ ,|]+)[^|]*\| (\S+?),[^|]*\| `([0-9a-f]{64})` \|$",
    re.MULTILINE,
)


def vendored() -> list[dict[str, object]]:
    """What is shipped as it was published: the first table, not that of what tests read."""
    text = (ROOT / "docs/vendored.md").read_text("utf-8").partition("What only the tests read")[0]
    return [
        {
            "type": "library",
            "bom-ref": f"pkg:npm/{name}@{version}",
            "name": name,
            "version": version,
            "purl": f"pkg:npm/{name}@{version}",
            "licenses": [{"license": {"id": licence}}],
            "hashes": [{"alg": "SHA-256", "content": digest}],
            "evidence": {"occurrences": [{"location": path}]},
        }
        for path, name, version, licence, digest in ROW.findall(text)
    ]


def main(environment: str, version: str, target: str) -> None:
    """Write the bill."""
    tool = Path(sys.executable).parent / "cyclonedx-py"
    how = ["--mc-type", "application", "--output-reproducible", "--of", "JSON"]
    command = [tool, "environment", environment, "--pyproject", ROOT / "pyproject.toml", *how]
    made = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    own = vendored()
    made["metadata"]["component"]["version"] = version
    root = made["metadata"]["component"]["bom-ref"]
    made["components"] += own
    for one in made["dependencies"]:
        if one["ref"] == root:
            one["dependsOn"] = sorted(
                [*one.get("dependsOn", []), *(str(each["bom-ref"]) for each in own)]
            )
    Path(target).write_text(json.dumps(made, indent=2, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
