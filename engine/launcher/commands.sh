# Part of ./jbang: the course's own commands, a line each, by who needs them. What jbang-catalog.json describes with
# "For authors: …" is theirs; lessons are one line.

print_commands() {
  awk -F '"' '
    function add(word, sentence) { line[++count] = sprintf("  %-10s %s", word, sentence); author[count] = writes }
    function print_group(title, whose,   i) { print title; for (i = 1; i <= count; i++) if (author[i] == whose) print line[i] }
    !/script-ref/ { next }
    { sentence = $14; writes = sub(/^For authors: /, "", sentence); sentence = toupper(substr(sentence, 1, 1)) substr(sentence, 2) }
    $2 ~ /^lesson[0-9]+$/ { if (last == "") { place = count + 1; add("lessonNN", ""); first = $2 } last = $2; next }
    { add($2, sentence) }
    END {
      if (last != "") line[place] = sprintf("  %-10s Runs a lesson, step by step: %s", "lessonNN", first == last ? first "." : first " to " last ".")
      print_group("For learners", 0)
      print ""
      print_group("For authors", 1)
    }' "$catalog" | fit
}
fit() { # breaks lines at words where the terminal ends; what goes on stands below the sentence, not below its command
  columns=${COLUMNS:-}
  if [ -z "$columns" ] && [ -t 2 ]; then size=$(stty size 2>/dev/null </dev/tty || :) columns=${size#* }; fi
  awk -v columns="${columns:-80}" '
    BEGIN { if (columns + 0 < 40) columns = 80 }
    {
      margin = ""
      while (length($0) > columns) {
        for (at = columns + 1; at > 13 && substr($0, at, 1) != " "; at--);
        if (at == 13) break
        if (margin == "" && /^  /) margin = sprintf("%13s", "")
        print substr($0, 1, at - 1)
        $0 = margin substr($0, at + 1)
      }
      print
    }'
}
print_help() {
  printf 'Usage: ./jbang [COMMAND ...]\n\n'
  print_commands
  printf '\nMore about one: ./jbang COMMAND --help. Other words are for jbang: ./jbang run --help.\n' | fit
}
print_version() {
  commit=''
  if [ -f "$COURSE_ROOT/.commit" ]; then # fetched in place of a clone
    IFS= read -r commit <"$COURSE_ROOT/.commit" || :
    commit=${commit:+commit $commit}
  elif [ -n "$(on_path git)" ]; then commit=$(git -C "$COURSE_ROOT" log -1 --format='commit %h of %cs' 2>/dev/null || :); fi
  printf 'Postgres by Experiment, %s\n' "${commit:-of unknown commit}"
}
