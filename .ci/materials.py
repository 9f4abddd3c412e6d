#!/usr/bin/env python3
"""The bill of materials of dealog, in CycloneDX's JSON, by an environment in which it is installed:
what it needs there when it runs, and the files of others that come with it (docs/vendored.md)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

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


def needed() -> list[str]:
    """The names of the packages that dealog needs when it runs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [_alike(re.split(r"[^\w.-]", said)[0]) for said in project["dependencies"]]


def shipped(made: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """A bill with the packages of some names, and what they need in turn, and with nothing else:
    what builds dealog is installed as well, and no part of it."""
    named = {_alike(one["name"]): one["bom-ref"] for one in made["components"]}
    needs = {one["ref"]: one.get("dependsOn", []) for one in made["dependencies"]}
    root = made["metadata"]["component"]["bom-ref"]
    needs[root] = sorted(named[name] for name in names)
    found, left = set[str](), [root]
    while left:
        ref = left.pop()
        left += [each for each in needs.get(ref, ()) if each not in found]
        found.add(ref)
    components = [one for one in made["components"] if one["bom-ref"] in found]
    dependencies = [{"ref": ref, "dependsOn": needs[ref]} for ref in sorted(found) if ref in needs]
    return {**made, "components": components, "dependencies": dependencies}


def _alike(name: str) -> str:
    """What is the same for names of one package."""
    return re.sub("[-_.]+", "-", name).lower()


def main(environment: str, version: str, target: str) -> None:
    """Write the bill."""
    tool = Path(sys.executable).parent / "cyclonedx-py"
    how = ["--mc-type", "application", "--output-reproducible", "--of", "JSON"]
    command = [tool, "environment", environment, "--pyproject", ROOT / "pyproject.toml", *how]
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    made = shipped(told, needed())
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
