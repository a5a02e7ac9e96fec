package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import lab.Database;
import lab.Lab;
import lab.Progress;
import lab.ServerSettings;
import lab.Versions;
import lab.os.Caches;
import lab.os.Folders;
import lab.os.Waiting;

/** The least that the lab's work could take: PostgreSQL itself and nothing around it. For {@code bench} alone. */
public final class BaselineTiming {
    private BaselineTiming() { }

    /** Seconds from the start of a bare {@code postgres}, on a copy made before, until it says that it is ready. */
    public static double bareStart() throws IOException, InterruptedException {
        var version = Versions.embedded(Versions.DEFAULT);
        var binaries = Binaries.of(version, Progress.SILENT);
        var store = Caches.folder("clusters", version + "-embedded-" + ClusterTemplate.RECIPE);
        var copy = Folders.temporary(Caches.folder("bench"), "bare-");
        Folders.copy(store.resolve(ClusterTemplates.EMPTY).resolve("data"), copy.resolve("data"));
        try (var socket = new java.net.ServerSocket(0)) {
            socket.close();
            return start(binaries, copy, socket.getLocalPort());
        } finally {
            Folders.delete(copy);
        }
    }

    private static double start(Path binaries, Path folder, int port) throws IOException, InterruptedException {
        var command = ClusterCommand.bare(binaries, folder, port, ServerSettings.OF_EVERY_SERVER);
        var postmaster = PostmasterFile.in(folder.resolve("data"));
        var start = System.nanoTime();
        var server = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        while (!postmaster.isReady()) {
            if (System.nanoTime() - start > 30e9) {
                throw new IOException("a bare PostgreSQL does not start: " + Files.readString(folder.resolve("log")));
            }
            Waiting.briefly();
        }
        var seconds = (System.nanoTime() - start) / 1e9;
        server.destroy();
        if (!server.waitFor(20, TimeUnit.SECONDS)) {
            server.destroyForcibly();
        }
        return seconds;
    }

    /** Seconds of {@code create database … template …} by itself, on an open connection. The copy is dropped again. */
    public static double bareClone(Lab lab, Database template) throws SQLException {
        try (var connection = lab.server().admin().connect(); var statement = connection.createStatement()) {
            var start = System.nanoTime();
            statement.execute("create database course_floor template " + template.name() + " strategy file_copy");
            var seconds = (System.nanoTime() - start) / 1e9;
            statement.execute("drop database course_floor");
            return seconds;
        }
    }
}
