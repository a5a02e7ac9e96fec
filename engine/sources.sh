#!/bin/sh
# engine/sources.sh: writes the lists of //SOURCES into engine/Course.java, Book.java and Start.java, between the lines
# `// <sources>` and `// </sources>`; run it after adding or removing a file. With --check it changes nothing and exits 1
# when a list is not what the folder holds.
#
# A list and not a glob: jbang does not expand globs when it runs a script from a URL. What lies in engine/book/build needs
# AsciidoctorJ, which is too heavy for every start, and therefore belongs to Book.java alone.
set -eu
cd "$(dirname "$0")"

listed() { # PROGRAM: its sources, one line each; package-info.java says nothing to the compiler
  find . -name '*.java' ! -name package-info.java ! -path './test/*' ! -path ./Course.java ! -path ./Book.java ! -path ./Start.java |
    case $1 in
      Book.java) grep '^\./book/build/' || : ;;
      Start.java) grep '^\./start/' || : ;;
      *) grep -v '^\./book/build/' || : ;;
    esac |
    LC_ALL=C sort | sed 's|^\./|//SOURCES |'
}
with_list() { # PROGRAM: its text with the list as it should be
  listed "$1" | awk '
    listing { list = list $0 "\n"; next }
    $0 == "// <sources>" { print; printf "%s", list; inside = 1 }
    $0 == "// </sources>" { inside = 0 }
    !inside && $0 != "// <sources>" { print }
  ' listing=1 - listing=0 "$1"
}

outdated=''
for program in Course.java Book.java Start.java; do
  if [ ! -f $program ]; then continue; fi
  if ! grep -qx '// <sources>' $program || ! grep -qx '// </sources>' $program; then
    echo "engine/$program has no lines '// <sources>' and '// </sources>'; put them below its //DEPS" >&2
    exit 2
  fi
  if with_list $program | cmp -s - $program; then continue; fi
  outdated="$outdated engine/$program"
  if [ "${1:-}" != --check ]; then
    with_list $program >$program.new
    cat $program.new >$program # keeps the file's mode
    rm $program.new
    echo "wrote the sources of engine/$program"
  fi
done
if [ "${1:-}" = --check ] && [ -n "$outdated" ]; then
  echo "the list of //SOURCES is outdated in$outdated; run engine/sources.sh" >&2
  exit 1
fi
