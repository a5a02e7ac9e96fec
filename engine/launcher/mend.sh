# Part of ./jbang: what was damaged in the caches of jbang and Maven is removed, so that jbang makes or fetches it again.

mend_jars() { # those of the stored line that have changed since jbang named them
  rest=${jars:-}
  if [ -z "$rest" ] || [ ! -f "${jars%%:*}.complete" ]; then return; fi
  rest=$rest:
  while [ -n "$rest" ]; do
    changed=$(find "${rest%%:*}" -newer "${jars%%:*}.complete" 2>/dev/null || :)
    rest=${rest#*:}
    case $changed in
      '') ;;
      "$cache"/jars/*)
        say "$changed is not what jbang has made; compiling again"
        rm -rf "${changed%/*}" ;;
      *) if ! is_whole "$changed"; then
          say "$changed is damaged; fetching it again"
          rm -f "$changed"
        fi ;;
    esac
  done
}
is_whole() { # JAR: as the repository says that it is; else it can at least be listed
  expected=$(cut -c 1-40 "$1.sha1" 2>/dev/null || :)
  if [ ${#expected} -eq 40 ]; then [ "$expected" = "$(digest_of 1 "$1")" ]
  else "$java_home/bin/jar" tf "$1" >/dev/null 2>&1
  fi
}
mend_known() { # true when what jbang knows of artifacts, or one of these, was damaged and is gone
  known=$cache/dependency_cache.json
  artifact=$(sed -n 's#^//DEPS \([^@]*\)$#\1#p' "$COURSE_ROOT/engine/Course.java" | sed -n 1p)
  if [ ! -f "$known" ] || [ -z "$artifact" ]; then return 1; fi
  if knows; then # it can be read, so what it names is looked at
    mended=1
    list=$(sed -n 's/^ *"file": "\(.*\.jar\)".*/\1/p' "$known" | sort -u)
    while IFS= read -r named; do
      if [ -f "$named" ] && ! is_whole "$named"; then
        say "$named is damaged; fetching it again"
        rm -f "$named"
        mended=0
      fi
    done <<END
$list
END
    return $mended
  fi
  mv "$known" "$known.damaged"
  if knows; then
    say "$known was damaged; made a new one"
    rm -f "$known.damaged"
    return 0
  fi
  mv "$known.damaged" "$known" # there is another reason, and without a network this is worth keeping
  return 1
}
knows() ( # in a shell of its own: the answer and the code of the question that failed are the caller's
  ask_jbang --quiet info classpath "$artifact" >/dev/null 2>&1
  [ $code -eq 0 ]
)
