import grading.*;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;

/** Judges 10.1 by what is in the archive afterwards, and by the exit code. What goes wrong is put in the way of the script by commands of its own. */
class SafeArchiveTest {
    private static final String NAME = "00000001000000000000002A";
    private static final int SIZE = 200_000;
    private static final int LARGE = 33_000_000;
    private static final String HALF = """
        #!/bin/bash
        # Copies the half of it, and kills who asked for it.
        from=(); to=
        for word in "$@"; do case "$word" in if=*) from=("${word#if=}");; of=*) to="${word#of=}";; -*|*=*) ;; *) from+=("$word");; esac; done
        if [ "${0##*/}" != dd ] && [ "${0##*/}" != cat ]; then to="${from[-1]}"; unset "from[-1]"; fi
        if [ -d "$to" ]; then to="$to/${from[0]##*/}"; fi
        if [ -n "$to" ]; then head -c 100000 "${from[0]:-/dev/stdin}" > "$to"; else head -c 100000 "${from[0]:-/dev/stdin}"; fi
        echo "${0##*/}" >> "$KILLED"
        kill -9 $PPID
        """;
    private static final String LAST_ACT = """
        #!/bin/bash
        # Does what the tool of this name does. When the script has used so many of them, it is killed.
        "$REAL/${0##*/}" "$@"; code=$?
        echo "${0##*/}" >> "$KILLED"
        mapfile -t used < "$KILLED"
        if [ "${#used[@]}" = "$KILL_AFTER" ]; then kill -9 "$SCRIPT"; fi
        exit $code
        """;
    private static final String QUICKER = """
        #!/bin/bash
        # Before a command that names the file, somebody else puts another one there.
        for word in "$@"; do last=$word; done
        if [ -d "$last" ]; then last="$FINAL"; fi
        if [ "${last##*/}" = "${FINAL##*/}" ] && ! [ -e "$FINAL" ]; then "$REAL/cp" "$OTHERS" "$FINAL"; : > "$OTHERS.came"; fi
        exec "$REAL/${0##*/}" "$@"
        """;
    @TempDir private Path folder;
    private Path script;
    private Path segment;
    private Path archive;
    private byte[] content;

    private record Ran(int code, String said) { }

    @BeforeEach void begin(Answer answer) throws IOException {
        script = Files.writeString(folder.resolve("archive.sh"), answer.text("archive.sh"));
        content = bytes(1);
        segment = Files.write(Files.createDirectory(folder.resolve("pg_wal")).resolve(NAME), content);
        archive = Files.createDirectory(folder.resolve("archive"));
    }

    private static byte[] bytes(long seed) {
        var bytes = new byte[SIZE];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private Ran run(Path from, Path to, String before, Path... commands) throws Exception {
        var said = folder.resolve("said.txt");
        var builder = new ProcessBuilder("bash", "-c", before + "export SCRIPT=$$; exec bash \"$0\" \"$@\"", script.toString(), from.toString(), NAME, to.toString())
            .directory(folder.toFile()).redirectErrorStream(true).redirectOutput(said.toFile());
        var path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        builder.environment().put("PATH", String.join(":", Stream.concat(Arrays.stream(commands).map(Path::toString), Stream.of(path)).toList()));
        builder.environment().put("KILLED", folder.resolve("killed.txt").toString());
        builder.environment().put("FINAL", to.resolve(NAME).toString());
        builder.environment().put("OTHERS", folder.resolve("others").toString());
        builder.environment().put("REAL", Files.exists(Path.of("/usr/bin/cp")) ? "/usr/bin" : "/bin");
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

    private Ran run() throws Exception {
        return run(segment, archive, "");
    }

    private Path commands(String text, String... names) throws IOException {
        return commandsIn("commands", text, names);
    }

    private Path commandsIn(String subfolder, String text, String... names) throws IOException {
        var commands = Files.createDirectory(folder.resolve(subfolder));
        for (var name : names) {
            Files.writeString(commands.resolve(name), text).toFile().setExecutable(true);
        }
        return commands;
    }

    private static void succeeds(String what, Ran ran, String lookAt) {
        Expect.that(what, ran.code() == 0, "exit code 0", ran, lookAt);
    }

    private static void fails(String what, Ran ran, String lookAt) {
        Expect.that(what, ran.code() != 0, "an exit code other than 0", ran, lookAt);
    }

    private static void holds(String what, byte[] expected, Path file, String lookAt) throws IOException {
        Expect.that(what, Files.isRegularFile(file) && Arrays.equals(expected, Files.readAllBytes(file)), "the " + SIZE + " bytes of it",
            !Files.exists(file) ? "no such file" : Files.size(file) == SIZE ? "other bytes" : Files.size(file) + " bytes", lookAt);
    }

    @Test @Promises("keeps") @DisplayName("a new segment is in the archive afterwards, and where it was")
    void keepsANewOne() throws Exception {
        succeeds("Archiving a segment", run(), "The words are what the script said.");
        holds("The segment in the archive", content, archive.resolve(NAME), "restore_command will ask for it under this name, and read it as it is.");
        holds("The segment in pg_wal", content, segment, "It belongs to PostgreSQL, which will remove it.");
    }

    @Test @Needs("keepsANewOne") @Promises("any-name") @DisplayName("with blanks and quotes in the paths")
    void anyName() throws Exception {
        for (var name : List.of("my archive", "Ann's \"old\" archive", "archive *")) {
            var from = Files.write(Files.createDirectories(folder.resolve("data of " + name)).resolve(NAME), content);
            var to = Files.createDirectory(folder.resolve(name));
            succeeds("Archiving into a folder named " + name, run(from, to, ""), "Which words does the shell make of it?");
            holds("The segment in the folder named " + name, content, to.resolve(NAME), "Which words does the shell make of it?");
        }
    }

    @Test @Needs("keepsANewOne") @Promises("twice") @DisplayName("the same segment once more is a success")
    void twice() throws Exception {
        run();
        succeeds("Archiving the segment a second time", run(), "PostgreSQL would try again for ever.");
        Files.setLastModifiedTime(segment, FileTime.from(Instant.now().minusSeconds(5_000)));
        succeeds("Archiving it a third time, its file has another time now", run(), "What makes two segments the same?");
        Files.setLastModifiedTime(segment, FileTime.from(Instant.now().plusSeconds(5_000)));
        succeeds("Archiving it a fourth time, its file is newer now", run(), "What makes two segments the same?");
        holds("The segment in the archive", content, archive.resolve(NAME), "It was there already.");
    }

    @Test @Needs("keepsANewOne") @Hint(1) @Promises("never-overwrites") @DisplayName("another file of that name stays, and that is a failure")
    void staysAsItIs() throws Exception {
        for (var other : List.of(bytes(2), Arrays.copyOf(content, SIZE / 2), Arrays.copyOf(content, SIZE + 10), new byte[0])) {
            Files.write(archive.resolve(NAME), other);
            var what = "A file of that name with other content, " + other.length + " bytes";
            fails(what, run(), "Somebody has to look at this: two clusters, or a broken copy.");
            Expect.that(what + ", afterwards", Arrays.equals(other, Files.readAllBytes(archive.resolve(NAME))), "as it was", "changed",
                "It may be the only copy of a segment of somebody else.");
        }
    }

    @Test @Needs("staysAsItIs") @Hint(1) @Promises("never-overwrites") @DisplayName("also where segments are large, and the last byte alone differs")
    void largeOnes() throws Exception {
        var large = new byte[LARGE];
        new Random(4).nextBytes(large);
        Files.write(segment, large);
        large[LARGE - 1]++;
        Files.write(archive.resolve(NAME), large);
        fails("A file of that name that differs in its last byte, of 33 MB", run(), "A cluster may have larger segments than 16 MB.");
    }

    @Test @Needs("staysAsItIs") @Hint(2) @Promises("never-overwrites") @DisplayName("also one that comes while the script is at work")
    void somebodyIsQuicker() throws Exception {
        var others = bytes(3);
        Files.write(folder.resolve("others"), others);
        var ran = run(segment, archive, "", commands(QUICKER, "mv", "ln", "cp", "install", "rename"));
        if (!Files.exists(folder.resolve("others.came"))) {
            return; // it makes the file in another way, whole at once, and nobody can come between
        }
        Expect.that("A file of that name that somebody else puts there just before the script does, afterwards",
            Arrays.equals(others, Files.readAllBytes(archive.resolve(NAME))), "as it was", "changed", "To look first and then to act are two steps.");
        fails("A file of that name that somebody else puts there just before the script does", ran, "What is there is not what was to be archived.");
    }

    @Test @Needs("keepsANewOne") @Promises("tells-the-truth") @DisplayName("what was not archived is a failure")
    void tellsTheTruth() throws Exception {
        var missing = folder.resolve("not mounted");
        fails("Archiving into a folder that is not there", run(segment, missing, ""), "Is the segment safe?");
        Expect.that("The folder that was not there, afterwards", !Files.exists(missing, LinkOption.NOFOLLOW_LINKS), "still not there", "it was made",
            "A disk ought to be mounted there. Whose disk would fill up now?");
        fails("Archiving a segment that is not there", run(folder.resolve("nothing"), archive, ""), "Is the segment safe?");
        fails("Archiving what cannot be read, because it is a folder", run(Files.createDirectory(folder.resolve("a folder")), archive, ""), "Is the segment safe? A pipe ends as its last command does.");
        Expect.that("The archive after that", !Files.exists(archive.resolve(NAME)), "no such segment", "a file of " + size(archive.resolve(NAME)) + " bytes",
            "What is there has to be whole.");
        fails("Archiving to a disk that takes 64 kB more", run(segment, archive, "ulimit -f 64; "), "Is the segment safe?");
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    @Test @Needs("keepsANewOne") @Hint(1) @Promises("whole") @DisplayName("killed while it copies, it leaves no half segment, and the next try succeeds")
    void whole() throws Exception {
        for (int i = 1; i <= 2; i++) {
            run(segment, archive, "", i == 1 ? commands(HALF, "cp", "cat", "dd", "install", "rsync") : folder.resolve("commands"));
            var left = size(archive.resolve(NAME));
            Expect.that("A file of that name after the script was killed in the middle", left == 0 && !Files.exists(archive.resolve(NAME)) || left == SIZE,
                "none, or a whole one", left + " bytes", "Nobody was left to clean up. Under which name is what is not whole yet?");
        }
        succeeds("The next try", run(), "What is left of a try that was killed?");
        holds("The segment in the archive after it", content, archive.resolve(NAME), "What is left of a try that was killed?");
    }

    @Test @Needs("whole") @Hint(1) @Promises("whole") @DisplayName("killed between two steps, and then while it copies, it leaves no half segment either")
    void wholeAfterEachStep() throws Exception {
        var real = Files.exists(Path.of("/usr/bin/cp")) ? Path.of("/usr/bin") : Path.of("/bin");
        var tools = Stream.of("cat", "chmod", "cmp", "cp", "dd", "install", "link", "ln", "mktemp", "mv", "rm", "rsync", "sync", "touch", "unlink")
            .filter(tool -> Files.exists(real.resolve(tool))).toArray(String[]::new);
        var lastAct = commands(LAST_ACT, tools);
        var half = commandsIn("half", HALF, "cp", "cat", "dd", "install", "rsync");
        for (int step = 1, code = 137; code == 137 && step < 12; step++) {
            var to = Files.createDirectory(folder.resolve("archive " + step));
            Files.deleteIfExists(folder.resolve("killed.txt"));
            code = run(segment, to, "export KILL_AFTER=" + step + "; ", lastAct).code();
            isWholeOrNot("A file of that name after the script was killed behind its step " + step, to);
            run(segment, to, "", half);
            isWholeOrNot("A file of that name after the script was killed behind its step " + step + ", and at the next try while it copies", to);
            succeeds("The try after a script that was killed behind its step " + step + ", and another one", run(segment, to, ""), "What is left of a try that was killed?");
            holds("The segment in the archive after it", content, to.resolve(NAME), "What is left of a try that was killed?");
        }
    }

    private static void isWholeOrNot(String what, Path to) throws IOException {
        var left = size(to.resolve(NAME));
        Expect.that(what, left == 0 && !Files.exists(to.resolve(NAME)) || left == SIZE, "none, or a whole one", left + " bytes",
            "Nobody was left to clean up. Which names has the file that the next try writes to?");
    }

    @Test @Needs("whole") @Hint(1) @Promises("whole") @DisplayName("a full disk leaves no half segment either")
    void fullDisk() throws Exception {
        run(segment, archive, "ulimit -f 64; ");
        Expect.that("A file of that name after the disk was full", !Files.exists(archive.resolve(NAME)), "none", size(archive.resolve(NAME)) + " bytes",
            "Under which name is what is not whole yet?");
        succeeds("The next try, with room again", run(), "What is left of the try before?");
        holds("The segment in the archive after it", content, archive.resolve(NAME), "What is left of the try before?");
    }

    @Test @Needs("twice") @Promises("twice") @DisplayName("the same segment once more is a success also where the disk is full")
    void twiceOnAFullDisk() throws Exception {
        run();
        succeeds("Archiving the segment a second time, to a disk that takes 64 kB more", run(segment, archive, "ulimit -f 64; "), "It is there already. What does that need room for?");
    }
}
