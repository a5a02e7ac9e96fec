#!/bin/bash
# engine/test/e2e/live.sh [NAME …]: makes the book as it is published, serves it over plain HTTP, and runs its cells as a reader would.
# Last line: N passed, N failed; exit code 0 when none failed. A NAME chooses tests whose sentence begins so.
#
# Environment: BROWSERS, "chromium firefox" or one of them; CHROMIUM and FIREFOX, others than those in /usr/bin; SHOTS, a folder for
# screenshots; SITE, a folder in which ./jbang docs --site has written before.
set -euo pipefail
cd "$(dirname "$0")"
readonly root=$(cd ../../.. && pwd)
work=$(mktemp -d "${TMPDIR:-/var/tmp}/course-live.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
export BROWSERS=${BROWSERS:-chromium firefox} CHROMIUM=${CHROMIUM:-/usr/bin/chromium} FIREFOX=${FIREFOX:-/usr/bin/firefox-esr}
if [[ -z ${SITE:-} ]]; then
    SITE=$work/site
    "$root/jbang" docs --site "$SITE"
fi
cp package.json package-lock.json browser.mjs lesson.mjs recording.mjs live.mjs site.mjs "$work/"
npm ci --prefix "$work" --no-audit --no-fund --loglevel=error >"$work/npm.log" 2>&1 || { cat "$work/npm.log" >&2; exit 2; }
cd "$work"
code=0
COURSE=$root SITE=$SITE SHOTS=${SHOTS:-} timeout 20m node live.mjs "$@" || code=$?
exit "$code"
