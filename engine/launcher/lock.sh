# Part of ./jbang: one at a time. The lock is a folder with its owner's process id; whatever its owner was making lies in it,
# so that taking over the lock of a dead process also clears away what it left half done.
lock() { # FOLDER SECONDS: true when it is ours
  waited=0
  until mkdir "$1" 2>/dev/null; do
    owner=$(cat "$1/pid" 2>/dev/null || :)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then rm -rf "$1"; continue; fi
    if [ "$waited" -ge "$2" ]; then return 1; fi
    # Between mkdir and its process id an owner has a moment; one that died in it never writes.
    if [ -z "$owner" ] && [ "$waited" -ge 5 ]; then rm -rf "$1"; continue; fi
    waited=$((waited + 1))
    sleep 1
  done
  sh -c 'echo $PPID' >"$1/pid" # in a background subshell $$ would still be the parent
}
