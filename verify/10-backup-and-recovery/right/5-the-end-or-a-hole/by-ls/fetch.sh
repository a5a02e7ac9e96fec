#!/bin/bash
all=$(ls "$3" | sed 's/[.]gz$//') || exit 255
test -n "$all" || exit 255
trap 'rm -f "$2"; exit 255' ERR
if test -f "$3/$1"; then
  cat "$3/$1" > "$2"
elif test -f "$3/$1.gz"; then
  zcat "$3/$1.gz" > "$2"
else
  trap - ERR
  timeline=$(echo "$1" | cut -c 1-8)
  last=$(echo "$all" | grep -E "^$timeline[0-9A-F]{16}$" | sort | tail -n 1)
  case "$1" in *.history|*.backup) exit 1;; esac
  test "$(printf '%s\n' "$1" "$last" | sort | tail -n 1)" = "$1" && exit 3
  exit 255
fi
exit 0
