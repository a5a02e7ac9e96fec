import grading.*;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;

/** Judges 10.5 by the exit code, which PostgreSQL goes by, and by what is at the path. */
class TheEndOrAHoleTest {
    private static final String FIRST = "0000000100000000000000FE";
    private static final String SECOND = "0000000100000000000000FF";
    private static final String THIRD = "000000010000000100000000";
    private static final String FOURTH = "000000010000000100000001";
    @TempDir private Path world;
    private Path script;
    private Path archive;
    private Path data;
    private byte[] content;

    private record Ran(int code, String said) {
        boolean isEnd() {
            return code >= 1 && code <= 125;
        }
    }

    @BeforeEach void begin(Answer answer) throws IOException {
        script = Files.writeString(world.resolve("fetch.sh"), answer.text("fetch.sh"));
        archive = Files.createDirectory(world.resolve("archive"));
        data = Files.createDirectories(world.resolve("data"));
        Files.createDirectory(data.resolve("pg_wal"));
        content = new byte[200_000];
        new Random(4).nextBytes(content);
    }

    private void inArchive(Path where, String... names) throws IOException {
        for (var name : names) {
            Files.write(where.resolve(name), name.endsWith(".gz") ? packed() : content);
        }
    }

    private byte[] packed() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    private Ran fetch(String before, String name, Path path, Path from) throws Exception {
        Files.deleteIfExists(data.resolve(path));
        var said = world.resolve("said.txt");
        var builder = new ProcessBuilder("bash", "-c", before + "exec bash \"$0\" \"$@\"", script.toString(), name, path.toString(), from.toString())
            .directory(data.toFile()).redirectErrorStream(true).redirectOutput(said.toFile());
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

    private Ran fetch(String name) throws Exception {
        return fetch("", name, Path.of("pg_wal/RECOVERYXLOG"), archive);
    }

    private void fetched(String what, Ran ran, Path path) throws IOException {
        Expect.that(what, ran.code() == 0, "exit code 0", ran, "The words are what the script said.");
        var file = data.resolve(path);
        Expect.that(what + ": what is at the path", Files.isRegularFile(file) && Arrays.equals(content, Files.readAllBytes(file)), "the whole segment",
            Files.exists(file) ? Files.size(file) + " other bytes" : "nothing", "Relative paths begin in the data folder, where the script runs.");
    }

    private void ends(String what, Ran ran, String lookAt) {
        Expect.that(what, ran.isEnd(), "an exit code from 1 to 125", ran, lookAt);
        nothing(what);
    }

    private void stops(String what, Ran ran, String lookAt) {
        Expect.that(what, ran.code() > 125, "an exit code above 125", ran, lookAt);
    }

    private void nothing(String what) {
        Expect.that(what + ": what is at the path", !Files.exists(data.resolve("pg_wal/RECOVERYXLOG")), "nothing", "a file",
            "PostgreSQL must not take it for the segment.");
    }

    @Test @Promises("fetches") @DisplayName("a file of the archive is fetched, packed or not")
    void fetches() throws Exception {
        inArchive(archive, FIRST, SECOND + ".gz", "00000002.history", THIRD, THIRD + ".gz");
        fetched("A segment", fetch(FIRST), Path.of("pg_wal/RECOVERYXLOG"));
        fetched("A segment that is there as .gz", fetch(SECOND), Path.of("pg_wal/RECOVERYXLOG"));
        fetched("A history", fetch("00000002.history"), Path.of("pg_wal/RECOVERYXLOG"));
        fetched("A segment to a path that is not relative", fetch("", FIRST, data.resolve("pg_wal/RECOVERYXLOG"), archive), Path.of("pg_wal/RECOVERYXLOG"));
    }

    @Test @Needs("fetches") @Promises("end") @DisplayName("what comes after the last segment is the end")
    void end() throws Exception {
        inArchive(archive, FIRST, SECOND);
        ends("The segment after the last", fetch(THIRD), "Here PostgreSQL shall open.");
        ends("A history that nobody wrote", fetch("00000002.history"), "PostgreSQL asks for the next timeline; there need not be one.");
        inArchive(archive, "000000020000000100000004", "0000000300000001000000AA.gz", THIRD + ".partial", FOURTH + ".backup", "00000001.history", "notes.txt",
            "000000010000000100000002.00000028.backup", "00000001FFFFFFFF000000FF.tmp");
        ends("The segment after the last, with files of other timelines and names in the archive", fetch(THIRD), "Which of them is a later segment of its timeline?");
        ends("A history that nobody wrote, with segments of later timelines", fetch("00000002.history"), "A timeline without a history is no hole.");
        ends("The first history", fetch("0000000A.history"), "A timeline without a history is no hole.");
    }

    @Test @Needs("end") @Hint(2) @Promises("hole") @DisplayName("a segment that is missing before others is a hole")
    void hole() throws Exception {
        inArchive(archive, FIRST, THIRD);
        stops("The segment …FF, where …FE and 1/00 are there", fetch(SECOND), "What does the archive have after it?");
        Files.delete(archive.resolve(THIRD));
        inArchive(archive, FOURTH + ".gz");
        stops("The same, where the later one is packed", fetch(SECOND), "What does the archive have after it?");
        stops("The segment 1/00, where 1/01 is there, packed", fetch(THIRD), "What does the archive have after it?");
        inArchive(archive, "0000000A00000000000000B0");
        stops("A segment of timeline A", fetch("0000000A00000000000000A9"), "What does the archive have after it?");
        ends("The last one of timeline A and one more", fetch("0000000A00000000000000B1"), "What does the archive have after it?");
    }

    @Test @Needs("fetches") @Hint(1) @Promises("no-archive") @DisplayName("an archive that is away is no end")
    void noArchive() throws Exception {
        stops("A segment of an archive that is not there", fetch("", FIRST, Path.of("pg_wal/RECOVERYXLOG"), world.resolve("not mounted")),
            "Is that the end of the archive?");
        stops("A segment of an archive in which nothing is", fetch(FIRST), "What is in the folder on which a disk ought to be mounted?");
        stops("A history of an archive in which nothing is", fetch("00000002.history"), "What is in the folder on which a disk ought to be mounted?");
    }

    @Test @Needs("fetches") @Hint(1) @Promises("half") @DisplayName("what cannot be fetched whole is no end, and is not there")
    void half() throws Exception {
        inArchive(archive, FIRST, SECOND + ".gz", THIRD + ".gz");
        var packed = packed();
        Files.write(archive.resolve(THIRD + ".gz"), Arrays.copyOf(packed, packed.length / 2));
        stops("A segment for which the disk has no room", fetch("ulimit -f 64; ", FIRST, Path.of("pg_wal/RECOVERYXLOG"), archive), "Is that the end of the archive?");
        nothing("A segment for which the disk has no room");
        stops("A packed one for which the disk has no room", fetch("ulimit -f 64; ", SECOND, Path.of("pg_wal/RECOVERYXLOG"), archive), "Is that the end of the archive?");
        nothing("A packed one for which the disk has no room");
        stops("A packed one that is cut off", fetch(THIRD), "Is that the end of the archive?");
        nothing("A packed one that is cut off");
    }

    @Test @Needs({"hole", "noArchive", "half"}) @Promises("any-name") @DisplayName("with blanks in the paths")
    void anyName() throws Exception {
        var where = Files.createDirectory(world.resolve("the archive of Ann's shop"));
        Files.createDirectory(data.resolve("my wal"));
        inArchive(where, FIRST, THIRD + ".gz");
        for (var name : List.of(FIRST, THIRD)) {
            fetched(name + " from a folder with blanks", fetch("", name, Path.of("my wal/RECOVERY XLOG"), where), Path.of("my wal/RECOVERY XLOG"));
        }
        stops("A hole in a folder with blanks", fetch("", SECOND, Path.of("my wal/RECOVERY XLOG"), where), "Which words does the shell make of it?");
        ends("The end of a folder with blanks", fetch("", FOURTH, Path.of("my wal/RECOVERY XLOG"), where), "Which words does the shell make of it?");
    }
}
