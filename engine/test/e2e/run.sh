#!/bin/bash
# engine/test/e2e/run.sh [NAME …]: drives the notebook as a learner would, in a copy of this clone, and counts.
# Last line: N passed, N failed; exit code 0 when none failed. A NAME chooses the files of tests/ whose name begins so.
#
# Everything runs in Chromium, and in Firefox what browsers do each in their own way: opening a page, keys, editing, typing
# while the server is away, looks (all.mjs). What comes of a cell, lessons and exports are the server's doing.
#
# Environment: BROWSERS, "chromium firefox" or one of them; CHROMIUM and FIREFOX, others than those in /usr/bin; SHOTS, a
# folder for screenshots; DB, what --db gets; LESSONS, how many lessons are run from top to bottom (default: all).
set -euo pipefail
cd "$(dirname "$0")"
readonly root=$(cd ../../.. && pwd)
work=$(mktemp -d "${TMPDIR:-/var/tmp}/course-e2e.XXXXXX")
chmod 755 "$work"
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

export BROWSERS=${BROWSERS:-chromium firefox} CHROMIUM=${CHROMIUM:-/usr/bin/chromium} FIREFOX=${FIREFOX:-/usr/bin/firefox-esr}
for browser in $BROWSERS; do
    path=${browser^^}
    if [[ ! -x ${!path} ]]; then
        echo "there is no $browser at ${!path}; install Debian's chromium and firefox-esr, say $path=/path, or BROWSERS=chromium" >&2
        exit 2
    fi
done
# A copy: exercises are solved in it, and edits of cells are kept in it.
tar -C "$root" --exclude=./.git --exclude=./.course --exclude=./submissions --exclude=node_modules -cf - . | { mkdir "$work/course" && tar -C "$work/course" -xf -; }
cp package.json package-lock.json ./*.mjs "$work/"
cp -r tests "$work/tests"
npm ci --prefix "$work" --no-audit --no-fund --loglevel=error >"$work/npm.log" 2>&1 || { cat "$work/npm.log" >&2; exit 2; }
# Chromium gives up its requests when a network of the machine comes or goes, as Docker's do with each container: where
# root runs this on embedded binaries, the browser and the notebook have a network of their own.
alone=()
if [[ ${DB:-embedded} == embedded && $(id -u) == 0 ]] && unshare --net ip link set lo up 2>/dev/null; then
    alone=(unshare --net sh -c 'ip link set lo up && exec "$@"' sh)
fi
cd "$work"
code=0
COURSE=$work/course SHOTS=${SHOTS:-} DB=${DB:-embedded} CI=true timeout 45m "${alone[@]}" node all.mjs "$@" || code=$?
exit "$code"
