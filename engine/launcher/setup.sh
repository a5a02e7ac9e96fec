# Part of ./jbang, read when the stored command line does not do: finds or fetches jbang and asks it.

. "$parts/lock.sh"
. "$parts/mend.sh"

version=0.132.1
sha256=f977075849cff866f45b27997f5671ab8a336a5dd3cf9e702b3479128338f3a7

digest_of() { # 1|256 FILE
  if command -v "sha$1sum" >/dev/null; then "sha$1sum" "$2"
  elif command -v shasum >/dev/null; then shasum -a "$1" "$2"
  else openssl dgst "-sha$1" -r "$2" || die "cannot check SHA-$1; install sha$1sum, shasum or openssl"
  fi | cut -d ' ' -f 1
}
sha256_of() { digest_of 256 "$1"; }
fetch() { # into the folder of the lock, so that whatever is interrupted goes away with the lock
  mvn=$(on_path mvn)
  [ -n "$mvn" ] || die "found neither jbang nor Maven to fetch it with; install one of them (https://www.jbang.dev/download, https://maven.apache.org/install.html)"
  say "fetching jbang $version with Maven (9 MB, once)"
  set -- -B -ntp "-Dartifact=dev.jbang:jbang-cli:$version:jar:all" "-DoutputDirectory=$folder"
  # Maven takes the home that the account has by its entry, which may be nowhere; jbang is given ours.
  if [ -n "${JBANG_REPO:-}" ] || ! [ -d "$(eval "echo ~$(id -un 2>/dev/null)")" ]; then
    set -- "$@" "-Dmaven.repo.local=${JBANG_REPO:-$HOME/.m2/repository}"
  fi
  (cd "$folder" && JAVA_HOME=${java_home:-$older} && if [ -n "$JAVA_HOME" ]; then export JAVA_HOME; else unset JAVA_HOME; fi &&
    exec "$mvn" org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy "$@") >"$cache/launcher/maven.log" 2>&1 </dev/null ||
    die "Maven could not fetch dev.jbang:jbang-cli:$version: $(grep -m 1 'ERROR' "$cache/launcher/maven.log" || echo 'no reason given'); mend that (all of it: $cache/launcher/maven.log) and try again"
  fetched=$folder/jbang-cli-$version-all.jar
  found=$(sha256_of "$fetched")
  if [ "$found" != "$sha256" ]; then
    rm -rf "${JBANG_REPO:-$HOME/.m2/repository}/dev/jbang/jbang-cli/$version/${fetched##*/}"
    die "refused dev.jbang:jbang-cli:$version: its SHA-256 is $found instead of $sha256; removed it and ran nothing; try again, and if it comes back ask who runs your Maven mirror"
  fi
  mv "$fetched" "$jar"
}
need_jbang() { # sets `installed`, or `java` and `jar`
  installed=$(on_path jbang) jar=''
  if [ -n "$installed" ]; then
    bin=$(resolve_link "$installed") bin=${bin%/*}
    for place in "$bin/jbang.jar" "$bin/.jbang/jbang.jar"; do if [ -f "$place" ]; then jar=$place; fi; done
  fi
  java=${java_home:-$older}
  if [ -n "$java" ]; then java=$java/bin/java; else java=$(on_path java); fi
  if [ -z "$java" ] || ! { [ -n "$java_home" ] || "$java" -version >/dev/null 2>&1; }; then # macOS has a java that is none
    [ -n "$installed" ] || die "found no Java; install a JDK 25 or newer (https://adoptium.net) or set JAVA_HOME to it"
    jar=''
  elif [ -z "$installed" ]; then
    jar=$cache/launcher/jbang-cli-$version-all.jar
    if [ -f "$jar" ] && [ "$(sha256_of "$jar")" != "$sha256" ]; then say "$jar is damaged; fetching it again"; rm -f "$jar"; fi
    folder=$cache/launcher/fetch
    if [ ! -f "$jar" ]; then
      lock "$folder" 300 || die "another ./jbang has been fetching jbang for 5 minutes; end it or remove $folder"
      trap 'rm -rf "$folder"' EXIT
      if [ ! -f "$jar" ]; then fetch; fi
      rm -rf "$folder"
      trap - EXIT
    fi
  fi
}
ask_jbang() { # ARGUMENTS: its answer in `answer`, its exit code in `code`
  JBANG_RUNTIME_SHELL=bash JBANG_STDIN_NOTTY=true
  if [ -t 0 ]; then JBANG_STDIN_NOTTY=false; fi
  export JBANG_RUNTIME_SHELL JBANG_STDIN_NOTTY
  code=0
  # shellcheck disable=SC2086  # JBANG_JAVA_OPTIONS is a list of options
  answer=$("$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC "-Duser.home=$HOME" ${JBANG_JAVA_OPTIONS:-} -cp "$jar" dev.jbang.Main "$@") || code=$?
  if [ $code -eq 255 ]; then return; fi
  if [ -n "$answer" ]; then printf '%s\n' "$answer"; fi
}

class_path_of() { # COMMAND LINE as jbang prints it, quoted for a shell
  eval "set -- $1"
  while [ $# -gt 1 ]; do
    if [ "$1" = -classpath ]; then printf '%s\n' "$2"; return; fi
    shift
  done
}
resolve() {
  stamp=$making/stamp
  : >"$stamp" # older than any edit made while jbang compiles
  mend_jars
  ask_jbang run "$COURSE_ROOT/$script"
  if [ $code -eq 2 ] && [ -d "$(set -- "$cache/jars/$program".*; echo "$1")" ]; then
    say "what an earlier run compiled may be damaged; compiling again"
    rm -rf "$cache/jars/$program".*
    ask_jbang run "$COURSE_ROOT/$script"
  elif [ $code -ne 255 ] && mend_known; then
    ask_jbang run "$COURSE_ROOT/$script"
  fi
  if [ $code -ne 255 ]; then
    rm -rf "$making"
    hint=''
    if [ ! -f "$stored" ] && ! ls "$cache/jars/$program".*/*.jar >/dev/null 2>&1; then
      hint=". Nothing was compiled here before: the first run fetches libraries from Maven Central and needs a network, or a mirror in ~/.m2/settings.xml; later runs need none"
    fi
    [ -n "$java_home" ] || die "found no JDK 25 or newer${older:+, only JDK $older_major in $older}, and jbang could not fetch one; install one (https://adoptium.net) or set JAVA_HOME to it"
    die "jbang could not prepare engine/${script##*/}; what it said stands above$hint"
  fi
  jars=$(class_path_of "$answer")
  # The same program as before keeps its AOT cache; another one gets another name, never the old one's cache.
  if [ "$answer" != "${command:-}" ] || [ "$key" != "$stored_key" ] || [ "${jars%%:*}" -nt "$stored" ]; then
    rm -f "$stored".*.aot
    aot=$stored.$$.aot
  fi
  command=$answer
  printf '%s\n' "$key" "$aot" "$jars" "$command" >"$making/answer"
  touch -r "$stamp" "$making/answer"
  : >"${jars%%:*}.complete" # beside the program, because all clones share it
  mkdir -p "${stored%/*}"
  mv "$making/answer" "$stored"
}
