package grading.progress;

import grading.report.Reports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.TreeMap;
import lab.Progress;
import lab.os.Caches;
import lesson.Hashes;
import lesson.Home;
import tools.jackson.core.JacksonException;

/**
 * The file in which a learner's progress is kept.
 *
 * @param file  where it is written
 * @param usual where it is read as long as the other is not there
 */
record ProgressFile(Path file, Path usual) {
    private static final int VERSION = 1;

    /** The file's content. */
    record Data(int version, TreeMap<String, Entry> exercises) { }

    /**
     * @param tries      verdicts so far
     * @param hints      hints shown so far
     * @param firstPass  when it first passed, empty if never
     * @param passedHash of the answer that passed last, empty if never
     * @param triedHash  of the answer that was judged last
     */
    record Entry(int tries, int hints, String firstPass, String passedHash, String triedHash) {
        static final Entry NEW = new Entry(0, 0, "", "", "");
    }

    /** The one in this clone; one in the cache where the clone is read-only, which is said once. */
    static ProgressFile of(Home home, Progress says) {
        var usual = home.state().resolve("progress.json");
        if (isWritable(usual)) {
            return new ProgressFile(usual, usual);
        }
        var clone = Hashes.of(home.root().toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
        var other = Caches.folder("progress").resolve(clone + ".json");
        if (!Files.exists(other)) {
            says.say("This clone cannot be written to, so your progress is kept in " + other);
        }
        return new ProgressFile(other, usual);
    }

    private static boolean isWritable(Path file) {
        try {
            Files.createDirectories(file.getParent());
            return Files.isWritable(file.getParent()) && (!Files.exists(file) || Files.isWritable(file));
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws UncheckedIOException with what to do, where the file is damaged */
    Data read() {
        var present = Files.exists(file) ? file : usual;
        if (!Files.isReadable(present)) {
            return new Data(VERSION, new TreeMap<>());
        }
        try {
            return Reports.JSON.readValue(Files.readString(present), Data.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read your progress in " + present, e);
        } catch (JacksonException e) {
            throw new UncheckedIOException(new IOException(present + " is damaged (" + e.getOriginalMessage() + "); move it away to begin a new one"));
        }
    }

    void write(Data data) {
        try {
            Files.createDirectories(file.getParent());
            var half = Files.createTempFile(file.getParent(), "progress-", ".json");
            Files.writeString(half, Reports.JSON.writeValueAsString(data) + "\n");
            replaceBy(half);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep your progress in " + file, e);
        }
    }

    private void replaceBy(Path half) throws IOException {
        try {
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
