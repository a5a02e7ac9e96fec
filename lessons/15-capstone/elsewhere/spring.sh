#!/bin/bash
# The whole lesson once more, with the service on Spring Boot: what it claims must hold there too, with every fault. Prints the claims.
set -eu
export LC_ALL=C.UTF-8 COURSE_COLUMNS=200
said=$PWD/said.txt
cd "$(dirname "$0")/../../.."
# tag::shown[]
SERVICE=spring/ServiceOnSpring.java ./jbang lesson15 --no-pause --db embedded \
  > "$said" 2>&1 || { tail -40 "$said" >&2; exit 1; }
# end::shown[]
sed -n 's/^┃ \(✓ .*\)$/\1/p' "$said" | sed 's/ — .*//'
