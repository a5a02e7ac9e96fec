package grading.progress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeMap;
import lab.Progress;
import lab.os.Caches;
import lab.os.StateFile;
import lesson.Hashes;
import lesson.Home;

/** The file in which a learner's progress is kept. */
final class ProgressFile {
    private static final int VERSION = 1;

    private ProgressFile() { }

    /** The file's content. */
    record Data(int version, TreeMap<String, Entry> exercises) {
        Data {
            Objects.requireNonNull(exercises, "it has no exercises");
        }

        static Data none() {
            return new Data(VERSION, new TreeMap<>());
        }

        Entry entry(String exercise) {
            return exercises.getOrDefault(exercise, Entry.NEW);
        }

        Data with(String exercise, Entry entry) {
            var changed = new TreeMap<>(exercises);
            changed.put(exercise, entry);
            return new Data(version, changed);
        }
    }

    /**
     * @param tries      verdicts so far
     * @param hints      hints shown so far
     * @param firstPass  when it first passed, empty if never
     * @param passedHash of the answer that passed last, empty if never, or if the same was judged again and did not
     * @param triedHash  of the answer that was judged last
     */
    record Entry(int tries, int hints, String firstPass, String passedHash, String triedHash) {
        static final Entry NEW = new Entry(0, 0, "", "", "");

        Entry passed(String hash, String time) {
            return new Entry(tries + 1, hints, firstPass.isEmpty() ? time : firstPass, hash, hash);
        }

        Entry failed(String hash) {
            return new Entry(tries + 1, hints, firstPass, passedHash.equals(hash) ? "" : passedHash, hash);
        }
    }

    /** The one in this clone; where the clone is read-only, one in the cache, which begins as a copy of it. That is reported once. */
    static StateFile<Data> of(Home home, Progress progress) {
        var usual = new StateFile<>(home.state().resolve("progress.json"), Data.class, Data::none);
        if (isWritable(usual.path())) {
            return usual;
        }
        var clone = Hashes.of(home.learner().toString().getBytes(StandardCharsets.UTF_8)).substring(0, 16);
        var other = Caches.folder("progress").resolve(clone + ".json");
        if (!Files.exists(other)) {
            progress.say("This clone cannot be written to, so your progress is kept in " + other);
        }
        return new StateFile<>(other, Data.class, () -> Files.isReadable(usual.path()) ? usual.read() : Data.none());
    }

    private static boolean isWritable(Path file) {
        try {
            Files.createDirectories(file.getParent());
            return Files.isWritable(file.getParent()) && (!Files.exists(file) || Files.isWritable(file));
        } catch (IOException e) {
            return false;
        }
    }
}
