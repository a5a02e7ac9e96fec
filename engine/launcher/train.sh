# Part of ./jbang: trains the AOT cache of the stored command line, with the hidden command `train` of the course program.

. "$parts/lock.sh"

train() { # SECONDS to wait for somebody else's training
  lock "$stored.train" "$1" || return 0
  if [ ! -e "$aot" ]; then
    # The worker first: the same run compiles what the host would else compile, and keep the compiler for ever.
    new=$stored.train/aot classes=$stored.train/classes
    for_training "-Dcourse.workerClasses=$classes"
    run train worker
    if [ -s "$classes" ]; then
      for_training -XX:AOTMode=create "-XX:AOTConfiguration=$classes" "-XX:AOTCache=$new"
      run
    fi
    keep "${aot%.aot}.worker.aot"
    for_training "-XX:AOTCacheOutput=$new"
    run train host
    keep "$aot"
    # JShell's front end, and its child with the cells: in the host's cache they would make every command start later.
    kernel=$stored.train/kernel
    for_training "-XX:AOTCacheOutput=$new" "-Dcourse.kernelCache=$kernel"
    run train notebook
    keep "${aot%.aot}.notebook.aot"
    new=$kernel
    keep "${aot%.aot}.kernel.aot"
  fi
  rm -rf "$stored.train"
}
keep() { # FILE; an empty one means: tried, did not work, do not try again
  if [ -s "$new" ]; then mv "$new" "$1"; else : >"$1"; fi
}
for_training() { # JVM-OPTION…: of the next run; in a file, because a path may have spaces
  printf '"%s"\n' "$@" >"$stored.train/options"
}
run() { # WORD…
  eval "set -- $command \"\$@\""
  java=$1
  shift
  nice=$(on_path nice) nice=${nice:+nice} # not every system has it
  # Where the learner's run writes its times, and which container it keeps, is no business of the training.
  (unset COURSE_STOPWATCH COURSE_KEEP; exec $nice "$java" "@$stored.train/options" "$@") </dev/null >"$stored.train.log" 2>&1 &
  trainer=$! waited=0
  while kill -0 $trainer 2>/dev/null && [ $waited -lt 300 ]; do sleep 1; waited=$((waited + 1)); done
  if kill $trainer 2>/dev/null; then # with its database first, then by force
    sleep 5
    kill -9 $trainer 2>/dev/null || :
    rm -f "$new"
  fi
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
