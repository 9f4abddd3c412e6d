#!/usr/bin/env bash
# Builds the site of an audience here, and sends it; the journal stays off the server:
#     bash publishing/publish.sh partners www.kestrel.example:/srv/partners/
# Who can read it is said in nginx.conf or Caddyfile beside this: WITHOUT PASSWORDS THERE IT IS PUBLIC.
set -euo pipefail
if [ "$#" -ne 2 ]; then
  echo "Say who is shown it and where it goes: bash $0 AUDIENCE HOST:/FOLDER/" >&2
  exit 2
fi
audience=$1 target=$2
for needed in dealog rsync; do
  command -v "$needed" >/dev/null || { echo "Install $needed first: nothing was built or sent." >&2; exit 2; }
done
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# What has problems is left out, and the rest is built all the same.
built=0
dealog -C "@JOURNAL@" build --audience "$audience" -o "$work/_site" || built=$?
if [ "$built" -gt 1 ]; then exit "$built"; fi
rsync -a --delete "$work/_site/" "$target"
