# Part of ./jbang: a word that is neither a command of the course nor jbang's business is refused with the nearest command,
# and with all there are.

refuse_unknown() { # WORD that is no command of ours
  case $1 in
    '' | -* | *[.:/@]* | run | build | init | edit | cache | export | jdk | config | trust | alias | template | catalog | \
      app | completion | info | version | wrapper | deps) return ;;
  esac
  if [ -e "$1" ]; then return; fi
  for folder in "$COURSE_ROOT/lessons/${1#lesson}"-*; do
    if [ -d "$folder" ] && [ "$1" != "${1#lesson}" ]; then
      die "$folder is there, but $catalog has no alias \"$1\"; copy the line of another lesson, and change its number"
    fi
  done
  near=$(sed -n 's/^ *"\([a-z0-9-]*\)": {.*script-ref.*/\1/p' "$catalog" | awk -v word="$1" '
    function min(a, b) { return a < b ? a : b }
    function distance(a, b,   i, j, d) {
      for (i = 0; i <= length(a); i++) d[i, 0] = i
      for (j = 0; j <= length(b); j++) d[0, j] = j
      for (i = 1; i <= length(a); i++) for (j = 1; j <= length(b); j++)
        d[i, j] = min(min(d[i-1, j], d[i, j-1]) + 1, d[i-1, j-1] + (substr(a, i, 1) != substr(b, j, 1)))
      return d[length(a), length(b)]
    }
    { d = index($0, tolower(word)) == 1 ? 0 : distance(tolower(word), $0); if (best == "" || d < best) { best = d; near = "" } if (d == best) near = near ", " $0 }
    END { print best <= 2 ? "; did you mean " substr(near, 3) "?" : "" }')
  say "unknown command \"$1\"$near"
  { echo; print_commands; } >&2
  exit 2
}
