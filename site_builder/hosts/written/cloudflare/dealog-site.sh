#!/usr/bin/env bash
# Builds the site where Cloudflare Pages does: see wrangler.toml, and there who can read it. Then write
# `yes` here: until then nothing is published.
DEALOG_PAGES=no
# The audience of pipeline.yml whose site it is; none for the whole journal.
DEALOG_AUDIENCE=
# What is installed. Of a fork, or before dealog is on PyPI, write its repository and a commit:
# dealog @ git+https://github.com/OWNER/dealog@COMMIT
DEALOG="dealog==@VERSION@"
JOURNAL="@JOURNAL@"

set -euo pipefail
cd "$(dirname "$0")"
if [ "$DEALOG_PAGES" != yes ]; then
  echo "Nothing is published: see who can read it, in wrangler.toml, and write yes into $0."
  exit 1
fi
python -m pip install --quiet --disable-pip-version-check "$DEALOG"
# What has problems is shown on the page of problems, and the rest is built all the same.
built=0
dealog -C "$JOURNAL" build --rev HEAD ${DEALOG_AUDIENCE:+"--audience=$DEALOG_AUDIENCE"} -o "$PWD/_site" || built=$?
if [ "$built" -gt 1 ]; then exit "$built"; fi
