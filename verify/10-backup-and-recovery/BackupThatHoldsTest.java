import grading.*;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;

/** Judges 10.2 by the files in the folder and the exit code, with tools that fail when they are told to. */
class BackupThatHoldsTest {
    private static final String PG_DUMP = """
        #!/bin/bash
        file=/dev/stdout db= format=p
        while [ $# -gt 0 ]; do
          case "$1" in
            -Fc|-Fcustom|--format=c|--format=custom) format=c;;
            -F|--format) format=$2; shift;;
            -f|--file) file=$2; shift;;
            -f*) file="${1#-f}";;
            --file=*) file="${1#*=}";;
            -d|--dbname) db=$2; shift;;
            --dbname=*) db="${1#*=}";;
            -U|-h|-p|-Z|-n|-t|-j|--username|--host|--port|--compress) shift;;
            -*) ;;
            *) if [ -n "$db" ]; then echo "pg_dump: error: too many command-line arguments (first is \\"$1\\")" >&2; exit 1; fi; db=$1;;
          esac
          shift
        done
        if [ "$db" != shop ] && [ "$db" != "my shop" ] && [ "$db" != " shop" ] && [ "$db" != shop.de ]; then echo "pg_dump: error: database \\"$db\\" does not exist" >&2; exit 1; fi
        exec > "$file" || exit 1
        "$WORLD/look" "$file"
        case $format in c*) echo PGDMP;; *) echo "-- PostgreSQL database dump";; esac
        echo "list of contents of $db"
        head -c 100000 "$WORLD/rows" || exit 1
        case "$MODE $(readlink -f /proc/$$/fd/1)" in "full $TO"/*) echo "pg_dump: error: could not write to file: No space left on device" >&2; exit 1;; esac
        if [ "$MODE" = half ]; then echo "pg_dump: error: server closed the connection unexpectedly" >&2; exit 1; fi
        if [ "$MODE" = cut ]; then exit 0; fi
        tail -c 100000 "$WORLD/rows" || exit 1
        echo "end of PGDMP" || exit 1
        if [ "$MODE" = whole ]; then echo "pg_dump: error: query failed: ERROR:  permission denied for table wages" >&2; exit 1; fi
        """;
    private static final String PG_RESTORE = """
        #!/bin/bash
        list= file=/dev/stdin
        while [ $# -gt 0 ]; do
          case "$1" in
            -l|--list|-s|--schema-only|--section=pre-data|--section=post-data) list=yes;;
            --section) case "$2" in pre-data|post-data) list=yes;; esac; shift;;
            -f|-d|-j|--file|--dbname|--jobs|-U|-h|-p) shift;;
            -*) ;;
            *) file=$1;;
          esac
          shift
        done
        if ! [ -e "$file" ]; then echo "pg_restore: error: could not open input file \\"$file\\"" >&2; exit 1; fi
        "$WORLD/look" "$file"
        cat -- "$file" > "$WORLD/reading"
        if [ "$(head -n 1 "$WORLD/reading")" != PGDMP ]; then echo "pg_restore: error: input file does not appear to be a valid archive" >&2; exit 1; fi
        if [ -n "$list" ]; then sed -n 2p "$WORLD/reading"; exit 0; fi
        if [ "$(tail -n 1 "$WORLD/reading")" != "end of PGDMP" ]; then
          echo "pg_restore: error: could not read from input file: end of file" >&2; exit 1
        fi
        if [ "$MODE" = torn ]; then echo "pg_restore: error: could not uncompress data: incorrect data check" >&2; exit 1; fi
        """;
    private static final String PG_DUMPALL = """
        #!/bin/bash
        while [ $# -gt 0 ]; do case "$1" in -f|--file) exec > "$2";; --file=*) exec > "${1#*=}";; esac; shift; done
        echo "create role app;"
        """;
    /** Notes the dumps of just now, and the files that others can read or write, where they may enter the folder. */
    private static final String LOOK = """
        #!/bin/bash
        (cd "$TO" && shopt -s nullglob && files=(*.dump) && IFS=/ && echo "${files[*]}" >> "$WORLD/dumps")
        open=( '(' -perm -040 -o -perm -004 -o -perm -020 -o -perm -002 ')' )
        enter=( '(' -perm -010 -o -perm -001 ')' )
        find "$TO" -mindepth 1 -type d ! "${enter[@]}" -prune -o -type f "${open[@]}" -print >> "$WORLD/open"
        case $1 in
          /dev/*) ;;
          *) [ -z "$(find "$(dirname "$1")" -maxdepth 0 "${enter[@]}")" ] || find "$1" -type f "${open[@]}" >> "$WORLD/open";;
        esac
        """;
    /** Looks before it does what the tool of this name does. */
    private static final String LOOKS_FIRST = """
        #!/bin/bash
        "$WORLD/look" /dev/null
        PATH="${PATH#*:}"
        exec "$(basename "$0")" "$@"
        """;
    /** The same; a disk that is full takes the beginning of what comes from elsewhere. */
    private static final String COPIES = """
        #!/bin/bash
        "$WORLD/look" /dev/null
        files=()
        for word in "$@"; do case $word in -*) ;; *) files+=("$word");; esac; done
        from=${files[0]} to=${files[-1]}
        if [ -d "$to" ]; then to=$to/$(basename "$from"); fi
        case "$MODE $(basename "$0") $from" in "full mv $TO"/*) ;; full*)
          case $to in "$TO"/*) head -c 1000 "$from" > "$to"; echo "$to: No space left on device" >&2; exit 1;; esac;;
        esac
        PATH="${PATH#*:}"
        exec "$(basename "$0")" "$@"
        """;
    private static final String NEW = "-\\d{8}T\\d{6}Z\\.dump";
    @TempDir private Path world;
    private Path tools;
    private Path script;
    private Path folder;
    private byte[] whole;

    private record Ran(int code, String said) { }

    @BeforeEach void begin(Answer answer) throws IOException {
        script = Files.writeString(world.resolve("backup.sh"), answer.text("backup.sh"));
        var rows = "a row of the table orders, one of many\n".repeat(6_000).substring(0, 199_999) + "\n";
        Files.writeString(world.resolve("rows"), rows);
        whole = ("PGDMP\nlist of contents of shop\n" + rows + "end of PGDMP\n").getBytes();
        folder = Files.createDirectory(world.resolve("backups"));
        tools = Files.createDirectory(world.resolve("tools"));
        tool("pg_dump", PG_DUMP);
        tool("pg_restore", PG_RESTORE);
        tool("pg_dumpall", PG_DUMPALL);
        for (var quiet : List.of("createdb", "dropdb", "psql")) {
            tool(quiet, "#!/bin/bash\nexit 0\n");
        }
        for (var looking : List.of("chmod", "link", "ln", "rm", "sync", "unlink")) {
            tool(looking, LOOKS_FIRST);
        }
        for (var copying : List.of("cp", "mv", "install")) {
            tool(copying, COPIES);
        }
        tool("../look", LOOK);
    }

    private void tool(String name, String text) throws IOException {
        Files.writeString(tools.resolve(name), text).toFile().setExecutable(true);
    }

    private Ran run(String mode, String before, String database, Path to, int keep) throws Exception {
        var said = world.resolve("said.txt");
        var builder = new ProcessBuilder("bash", "-c", "umask 022; " + before + "exec bash \"$0\" \"$@\"", script.toString(), database, to.toString(), String.valueOf(keep))
            .directory(world.toFile()).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().put("PATH", tools + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        builder.environment().put("WORLD", world.toString());
        builder.environment().put("TO", to.toString());
        builder.environment().put("MODE", mode);
        builder.environment().put("TZ", "Asia/Tokyo");
        var process = builder.start();
        process.getOutputStream().close();
        var ended = process.waitFor(10, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        Expect.that("The script", ended, "ends within 10 s", "it still runs", "Does it wait for an answer that nobody will give?");
        var text = Files.readString(said);
        return new Ran(process.exitValue(), text.substring(0, Math.min(500, text.length())));
    }

    private Ran run(String mode, int keep) throws Exception {
        return run(mode, "", "shop", folder, keep);
    }

    /** Old dumps. The files' own times say nothing: somebody has copied them. */
    private List<String> old(Path where, String... names) throws IOException {
        for (int i = 0; i < names.length; i++) {
            Files.write(where.resolve(names[i]), whole);
            Files.setLastModifiedTime(where.resolve(names[i]), FileTime.from(Instant.now().minusSeconds(86_400L * (i + 1) * 5)));
        }
        return List.of(names);
    }

    /** Hidden ones too. */
    private static List<String> dumps(Path where) throws IOException {
        try (var files = Files.list(where)) {
            return files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".dump")).sorted().toList();
        }
    }

    private static List<String> fresh(Path where, List<String> before) throws IOException {
        var fresh = new ArrayList<>(dumps(where));
        fresh.removeAll(before);
        return fresh;
    }

    private static void succeeds(String what, Ran ran) {
        Expect.that(what, ran.code() == 0, "exit code 0", ran, "The words are what the script and the tools said.");
    }

    @Test @Promises("writes") @DisplayName("after a good night there is one dump more, whole and under its name")
    void writes() throws Exception {
        var before = Instant.now().getEpochSecond();
        succeeds("The first night, with an empty folder", run("good", 3));
        var after = Instant.now().getEpochSecond();
        var fresh = fresh(folder, List.of());
        Expect.equal("New files that end in .dump", 1, fresh.size(), "What did you name it?");
        try (var all = Files.list(folder)) {
            Expect.equal("What the folder has now, where it was empty", 1L, all.count(), "What is left over from the work?");
        }
        Expect.that("The name of the dump", fresh.getFirst().matches("shop" + NEW), "shop-20261129T030000Z.dump", fresh.getFirst(), "Compare letter by letter.");
        var time = java.time.LocalDateTime.parse(fresh.getFirst().substring(5, 20), java.time.format.DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss")).toEpochSecond(java.time.ZoneOffset.UTC);
        Expect.that("The time in its name", time >= before - 1 && time <= after + 1, "the time in UTC", fresh.getFirst(), "The machine is in Tokyo, for this test.");
        var text = Files.readAllBytes(folder.resolve(fresh.getFirst()));
        Expect.that("The dump", java.util.Arrays.equals(whole, text), "pg_dump's own format, as pg_dump wrote it",
            text.length + " bytes that begin with " + new String(text, 0, Math.min(5, text.length)), "Which option asks for that format?");
    }

    private void nothingGood(String what, Ran ran, List<String> before, String lookAt) throws IOException {
        Expect.that(what, ran.code() != 0, "an exit code other than 0", ran, lookAt);
        Expect.equal("New files that end in .dump, after " + what.substring(0, 1).toLowerCase() + what.substring(1), List.of(), fresh(folder, before), lookAt);
    }

    @Test @Needs("writes") @Hint(1) @Promises("fails-loudly") @DisplayName("a dump that fails is a failure, and leaves no dump")
    void failsLoudly() throws Exception {
        var before = old(folder, "shop-20240101T030000Z.dump");
        nothingGood("A database that does not exist", run("good", "", "shpo", folder, 3), before, "Whose exit code did the script end with?");
        nothingGood("A connection that breaks in the middle", run("half", 3), before, "Whose exit code did the script end with?");
        nothingGood("A disk of the folder that is full, where others are not", run("full", 3), before, "What is left of what was copied?");
        nothingGood("A disk that is full after 64 kB", run("good", "ulimit -f 64; ", "shop", folder, 3), before, "Whose exit code did the script end with?");
    }

    @Test @Needs("failsLoudly") @Hint(1) @Promises("read-once") @DisplayName("what cannot be read to its end is a failure too")
    void readsIt() throws Exception {
        nothingGood("A dump that was cut off, of which pg_dump knew nothing", run("cut", 3), List.of(), "Who has read it to its end?");
    }

    @Test @Needs("failsLoudly") @Hint(1) @Promises("fails-loudly") @DisplayName("also where the failure comes when all of it is written")
    void failsInTheEnd() throws Exception {
        nothingGood("A pg_dump that says in the end that it failed", run("whole", 3), List.of(), "Which exit code did pg_dump end with, and who looked at it?");
    }

    @Test @Needs("readsIt") @Hint(1) @Promises("read-once") @DisplayName("or when all of it is read")
    void readsItToTheEnd() throws Exception {
        nothingGood("A dump whose last rows cannot be read, of which pg_dump knew nothing", run("torn", 3), List.of(), "Which exit code did pg_restore end with, and who looked at it?");
    }

    @Test @Needs("failsLoudly") @Promises("keeps-the-good") @DisplayName("after a failure all older dumps are there")
    void keepsAfterFailure() throws Exception {
        var before = new TreeSet<>(old(folder, "shop-20240101T030000Z.dump", "shop-20240102T030000Z.dump", "shop-20240103T030000Z.dump"));
        for (var mode : List.of("half", "good")) {
            run(mode, "", mode.equals("half") ? "shop" : "shpo", folder, 1);
            Expect.that("Older dumps after a failure", dumps(folder).containsAll(before), before, dumps(folder), "When may a dump be removed?");
        }
    }

    @Test @Needs("keepsAfterFailure") @Hint(2) @Promises("keeps-the-good") @DisplayName("after success the newest stay, and all that belongs to others")
    void keepsTheNewest() throws Exception {
        var ours = old(folder, "shop-20240105T030000Z.dump", "shop-20240101T030000Z.dump", "shop-20240104T030000Z.dump", "shop-20240102T030000Z.dump", "shop-20240103T030000Z.dump");
        var others = old(folder, "shop-test-20240101T030000Z.dump", "shop-test-20240102T030000Z.dump", "shop-2-20240101T030000Z.dump",
            "shop-20240101T030000Z-20240101T030000Z.dump", "shop-20240101T030000Z.dump.dump", "shop-2024-20240101T030000Z.dump", "workshop-20240101T030000Z.dump", "blog-20240101T030000Z.dump", "notes.txt");
        succeeds("A good night with five dumps before it", run("good", 3));
        var wanted = List.of("shop-20240104T030000Z.dump", "shop-20240105T030000Z.dump");
        var left = new ArrayList<>(dumps(folder));
        left.removeIf(name -> name.matches("shop-(?!2024)\\d{8}T.*"));
        var expected = new TreeSet<>(wanted);
        others.stream().filter(name -> name.endsWith(".dump")).forEach(expected::add);
        Expect.equal("What was there before and stays, of KEEP 3", List.copyOf(expected), left, "Which are the newest? And which belong to another database?");
        Expect.that("The file of somebody else", Files.exists(folder.resolve("notes.txt")), "still there", "gone", "Whose files may the script remove?");
        old(folder, "shop.de-20240101T030000Z.dump", "shop.de-20240102T030000Z.dump", "shop-de-20240101T030000Z.dump", "shopXde-20240101T030000Z.dump");
        succeeds("A good night of the database shop.de, with KEEP 2", run("good", "", "shop.de", folder, 2));
        Expect.equal("Dumps of shop.de, and those with names that are alike", List.of("shop-de-20240101T030000Z.dump", "shop.de-20240102T030000Z.dump", "shopXde-20240101T030000Z.dump"),
            dumps(folder).stream().filter(name -> name.matches("shop.de-2024.*")).toList(), "What does a point in a name mean, and to whom?");
        Expect.equal("The new dump", 1L, fresh(folder, java.util.stream.Stream.concat(ours.stream(), others.stream()).toList()).stream().filter(name -> name.startsWith("shop-")
            && !name.startsWith("shop-de")).count(), "It is one of the three.");
    }

    @Test @Needs("keepsTheNewest") @Hint(1) @Promises("keeps-the-good") @DisplayName("no dump goes before the new one is there under its name")
    void removesLast() throws Exception {
        for (int keep : List.of(1, 2)) {
            var to = Files.createDirectory(world.resolve("keep" + keep));
            var before = old(to, "shop-20240101T030000Z.dump", "shop-20240102T030000Z.dump");
            succeeds("A good night with two dumps before it, and KEEP " + keep, run("good", "", "shop", to, keep));
            for (var moment : Files.readAllLines(world.resolve("dumps"))) {
                var there = List.of(moment.split("/"));
                Expect.that("Dumps at a moment of a good night with KEEP " + keep, there.containsAll(before) || there.stream().anyMatch(name -> name.matches("shop-(?!2024)\\d{8}T.*")),
                    "all that were there before, as long as there is no new one", there, "What if the script is killed just now?");
            }
            Files.delete(world.resolve("dumps"));
        }
    }

    @Test @Needs("writes") @Promises("private") @DisplayName("nobody else may read it, also while it is written")
    void isPrivate() throws Exception {
        succeeds("A good night", run("good", 3));
        var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(dumps(folder).getFirst())));
        Expect.that("The permissions of the dump", mode.endsWith("------"), "rw-------", mode, "Who else has an account on this machine?");
        Expect.equal("Files that group or others could read or write while the tools worked", List.of(),
            Files.readAllLines(world.resolve("open")).stream().distinct().toList(), "A dump takes an hour.");
    }

    @Test @Needs("keepsTheNewest") @Promises("any-name") @DisplayName("with blanks in the names")
    void anyName() throws Exception {
        var to = Files.createDirectory(world.resolve("my backups"));
        old(to, "my shop-20240101T030000Z.dump", "my shop-20240102T030000Z.dump", "my shop-20240103T030000Z.dump", "shop-20240101T030000Z.dump");
        succeeds("The database \"my shop\" into the folder \"my backups\"", run("good", "", "my shop", to, 2));
        var left = new ArrayList<>(dumps(to));
        left.removeIf(name -> name.matches("my shop-(?!2024)\\d.*"));
        Expect.equal("What was there before and stays, of KEEP 2", List.of("my shop-20240103T030000Z.dump", "shop-20240101T030000Z.dump"), left,
            "Which words does the shell make of such a name?");
    }

    @Test @Needs("anyName") @Promises({"any-name", "keeps-the-good"}) @DisplayName("with a blank in front of the name")
    void aBlankInFront() throws Exception {
        old(folder, " shop-20240101T030000Z.dump", " shop-20240102T030000Z.dump", " shop-20240103T030000Z.dump", "shop-20240101T030000Z.dump");
        succeeds("The database \" shop\"", run("good", "", " shop", folder, 2));
        var left = new ArrayList<>(dumps(folder));
        left.removeIf(name -> name.matches(" shop-(?!2024)\\d.*"));
        Expect.equal("What was there before and stays, of KEEP 2", List.of(" shop-20240103T030000Z.dump", "shop-20240101T030000Z.dump"), left,
            "What does `read` do with blanks at the ends of a line?");
    }
}
