package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import lab.Installation;
import lab.Progress;
import lab.SeedData;
import lab.Versions;
import lab.os.Folders;
import lab.os.MemoryFolder;

/** Clusters in a cache of a test's own. */
final class OwnStore implements AutoCloseable {
    final Path cache;
    final Path programs;
    final Path clusters;
    final ClusterStore store;
    /** What starting servers said. */
    final List<String> said = new ArrayList<>();
    /** How far they said they were. */
    final List<String> updates = new CopyOnWriteArrayList<>();

    OwnStore() throws IOException {
        // In memory where there is some: a test makes and removes more clusters than a learner in a week.
        var parent = MemoryFolder.folder().orElse(Path.of(System.getProperty("java.io.tmpdir")));
        cache = Files.createTempDirectory(parent, "course-clüsters test-");
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));
        programs = Binaries.of(Versions.embedded(Versions.DEFAULT), Progress.SILENT);
        clusters = Files.createDirectory(cache.resolve("clusters"));
        store = new ClusterStore(clusters, programs, Versions.DEFAULT);
    }

    ClusterServer start(SeedData seedData) {
        return ClusterServer.start(store, seedData, new Installation(programs, "18.6", "embedded"), () -> true, new Progress() {
            @Override public void say(String line) {
                said.add(line);
            }

            @Override public void update(String line) {
                updates.add(line);
            }
        });
    }

    /** Makes the empty template, and makes it as old as it is in real life. */
    void prepareTemplate() throws IOException {
        start(SeedData.NONE).close();
        var minuteAgo = FileTime.from(Instant.now().minusSeconds(60));
        try (var files = Files.walk(clusters.resolve("template"))) {
            for (var file : (Iterable<Path>) files::iterator) {
                Files.setLastModifiedTime(file, minuteAgo);
            }
        }
    }

    List<Path> startingWith(String prefix) throws IOException {
        return Folders.startingWith(clusters, prefix);
    }

    @Override public void close() throws IOException {
        Folders.delete(cache);
    }
}
