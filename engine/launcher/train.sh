# Part of ./jbang: trains the AOT cache of the stored command line, with the hidden command `train` of the course program.

. "$parts/lock.sh"

train() { # an empty file means: tried, did not work, do not try again
  lock "$stored.train" "$1" || return 0
  if [ ! -e "$aot" ]; then
    new=$stored.train/aot
    eval "set -- $command train"
    java=$1
    shift
    nice "$java" "-XX:AOTCacheOutput=$new" "$@" </dev/null >"$stored.train.log" 2>&1 &
    trainer=$! waited=0
    while kill -0 $trainer 2>/dev/null && [ $waited -lt 300 ]; do sleep 1; waited=$((waited + 1)); done
    if kill $trainer 2>/dev/null; then # with its database first, then by force
      sleep 5
      kill -9 $trainer 2>/dev/null || :
      rm -f "$new"
    fi
    if [ -s "$new" ]; then mv "$new" "$aot"; else : >"$aot"; fi
  fi
  rm -rf "$stored.train"
}
train_later() { # once the learner's own process, which keeps this process id, has ended
  waited=0
  while kill -0 $$ 2>/dev/null; do
    if [ $waited -ge 20000 ]; then return; fi
    waited=$((waited + 2))
    sleep 2
  done
  train 0
}
