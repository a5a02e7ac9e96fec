package launcher;

/**
 * A `java` that starts no JVM. Asked for jbang it answers as jbang does: a command line and exit code 255. As the course
 * program it prints what it was given. Asked to train it writes a cache.
 */
final class FakeJava {

    private FakeJava() {
    }

    static final String SCRIPT = """
            printf '%s\\n' "$0 $*" >>"$SANDBOX/calls.txt"
            case "$*" in
              -version) exit 0 ;;
              *dev.jbang.Main\\ run*)
                if [ -n "${JBANG_FAILS:-}" ]; then echo "$JBANG_FAILS" >&2; exit 1; fi
                for script do :; done
                program=${script##*/} jar="$SANDBOX/a jar of ${program%.java}.jar"
                [ -f "$jar" ] || : >"$jar"
                printf "'%s' -Xshare:auto -classpath '%s' %s\\n" "$0" "$jar" "${program%.java}"
                exit 255 ;;
              *dev.jbang.Main*) echo "jbang itself: $*"; exit 7 ;;
            esac
            case $1 in
              @*)
                while IFS= read -r option; do
                  option=${option#?} option=${option%?}
                  printf 'option %s\\n' "$option" >>"$SANDBOX/calls.txt"
                  if [ -z "${TRAINING_FAILS:-}${COURSE_STOPWATCH:-}" ]; then
                    case $option in
                      -Dcourse.workerClasses=*) echo classes >"${option#*=}" ;;
                      -XX:AOTCache=*) echo "cache of a worker" >"${option#*=}" ;;
                      -XX:AOTCacheOutput=*) echo cache >"${option#*=}" ;;
                    esac
                  fi
                done <"${1#@}"
                exit 0 ;;
            esac
            for word do
              case $word in
                -XX:AOTCache=*) echo "cache=${word#*=}" ;;
              esac
            done
            while [ "$1" != -classpath ]; do shift; done
            echo "java=${0%/bin/java}"
            echo "program=$3"
            echo "root=$COURSE_ROOT"
            echo "again=$JBANG_LAUNCH_CMD"
            echo "folder=$PWD"
            echo "locale=${LC_ALL:-${LC_CTYPE:-}}"
            echo "home=$HOME"
            echo "pid=$$"
            echo "java_home=$JAVA_HOME"
            shift 3
            echo "count=$#"
            n=0
            for word do n=$((n + 1)); printf '%s=[%s]\\n' "$n" "$word"; done
            if [ -n "${READS_INPUT:-}" ]; then printf 'input=%s\\n' "$(cat)"; fi
            exit "${EXITS:-0}"
            """;
}
