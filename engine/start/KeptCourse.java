package start;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * The course of one address in the cache: a folder for each version, and {@code current}, which names the one in use. It stays until
 * the newest is asked for, so that a second run needs no network and a lesson does not change while it is read.
 */
final class KeptCourse {
    private static final Duration CONNECTING = Duration.ofSeconds(20);
    private static final Duration FETCHING = Duration.ofMinutes(10);
    private final String archive;
    private final Path folder;
    private final Path current;

    /**
     * @param archive the address of the zip
     * @param cache jbang's
     */
    KeptCourse(String archive, Path cache) {
        this.archive = archive;
        this.folder = cache.resolve("course").resolve(Origin.sha256(archive).substring(0, 16));
        this.current = folder.resolve("current");
    }

    /** What is kept, else the newest. */
    Path root() throws IOException, StartFailed, InterruptedException {
        var kept = kept();
        return kept.isPresent() ? kept.get() : newest();
    }

    /** A file with the name of the folder in use; what stands in it changes when a newer version is fetched. */
    Path current() {
        return current;
    }

    /**
     * Fetches the newest version, unless it is the one that is kept. Versions other than these two are removed.
     *
     * @throws StartFailed where it cannot be fetched, or is no course
     */
    Path newest() throws IOException, StartFailed, InterruptedException {
        Files.createDirectories(folder);
        var zip = Files.createTempFile(folder, "fetched", ".zip");
        try {
            var answer = fetch(zip);
            var kept = kept();
            if (answer.statusCode() == 304 && kept.isPresent()) {
                return kept.get();
            }
            if (answer.statusCode() != 200) {
                throw new StartFailed(archive + " answers with status " + answer.statusCode() + "; is the repository public, and of this name?");
            }
            var root = unpacked(zip);
            write(current, root.getFileName().toString());
            write(folder.resolve("etag"), answer.headers().firstValue("ETag").orElse(""));
            removeAllBut(root, kept.orElse(root));
            return root;
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    private Optional<Path> kept() throws IOException {
        return text(current).map(folder::resolve).filter(KeptCourse::isCourse);
    }

    private HttpResponse<Path> fetch(Path zip) throws IOException, StartFailed, InterruptedException {
        System.err.println("jbang: fetching the course from " + archive);
        var request = HttpRequest.newBuilder(URI.create(archive)).timeout(FETCHING);
        if (kept().isPresent()) {
            text(folder.resolve("etag")).ifPresent(etag -> request.header("If-None-Match", etag));
        }
        try (var client = HttpClient.newBuilder().connectTimeout(CONNECTING).followRedirects(Redirect.NORMAL).build()) {
            return client.send(request.build(), BodyHandlers.ofFile(zip));
        } catch (IOException e) {
            throw new StartFailed("cannot fetch " + archive + " (" + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                + "); the first run, and the newest version, need a network");
        }
    }

    /** Into a folder with the name of what is in it, which is there at once as a whole or not at all. */
    private Path unpacked(Path zip) throws IOException, StartFailed {
        var root = folder.resolve(Origin.sha256(Files.readAllBytes(zip)).substring(0, 16));
        if (isCourse(root)) {
            return root;
        }
        var part = Files.createTempDirectory(folder, "part");
        try {
            CourseArchive.unpack(zip, part);
            if (!isCourse(part)) {
                throw new StartFailed(archive + " is no course: it has neither lessons/ nor engine/Course.java");
            }
            Files.move(part, root, StandardCopyOption.ATOMIC_MOVE);
        } catch (ZipException e) {
            throw new StartFailed("what " + archive + " gives is no whole zip (" + e.getMessage() + "); nothing of it is used, try again");
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) { // somebody else was quicker, with the same
        } finally {
            remove(part);
        }
        return root;
    }

    private void removeAllBut(Path newest, Path last) throws IOException {
        try (var versions = Files.list(folder)) {
            for (var version : versions.filter(KeptCourse::isCourse).filter(one -> !one.equals(newest) && !one.equals(last)).toList()) {
                remove(version);
            }
        }
    }

    private static boolean isCourse(Path root) {
        return Files.isDirectory(root.resolve("lessons")) && Files.exists(root.resolve("engine/Course.java"));
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var all = Files.walk(folder)) {
                for (var one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    private static Optional<String> text(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty()) : Optional.empty();
    }

    private void write(Path file, String text) throws IOException {
        var written = Files.createTempFile(folder, "written", ".txt");
        Files.writeString(written, text + "\n");
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
