package launcher;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small course on a plain HTTP server: the files of a repository, and all of them as a zip, as GitHub has it. */
final class PublishedCourse implements AutoCloseable {
    private final Path folder;
    private final HttpServer server;
    private boolean isCut;
    private final List<String> others = new ArrayList<>();
    /** What was asked for, in this order. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** The real Start.java, catalog and launcher; the course itself prints {@code word}, and where the learner's files are. */
    PublishedCourse(Path folder, String word) throws IOException {
        this.folder = folder;
        for (var part : List.of("jbang", "jbang.cmd", "jbang-catalog.json", "engine/Start.java", "engine/start", "engine/launcher")) {
            Sandbox.copy(part, folder);
        }
        says(word);
        write("lessons/01-connecting/lesson01.adoc", "= Connecting\n");
        write("exercises/01-connecting/1-first/exercise.adoc", "= First\n");
        write("exercises/01-connecting/1-first/answer.sql", "-- your answer\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    void says(String word) {
        write("engine/Course.java", """
            //JAVA 25+
            // <sources>
            // </sources>
            class Course {
                public static void main(String... words) {
                    System.out.println("%s " + java.util.List.of(words) + " " + System.getenv("COURSE_FOLDER"));
                }
            }
            """.formatted(word));
    }

    /** One more entry of the zip, by a name that no file has. */
    void also(String entry) {
        others.add(entry);
    }

    /** Of the zip the first kilobyte alone arrives. */
    void isCut() {
        isCut = true;
    }

    void write(String file, String text) {
        Disk.write(folder.resolve(file), text);
    }

    String catalog() {
        return "http://" + server.getAddress().getHostString() + ":" + server.getAddress().getPort() + "/jbang-catalog.json";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().substring(1);
            var file = folder.resolve(path);
            var isArchive = path.equals("archive/HEAD.zip");
            if (!isArchive && !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            var bytes = isArchive ? zip() : Files.readAllBytes(file);
            var tag = "\"" + Arrays.hashCode(bytes) + "\"";
            var isKnown = tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            asked.add(path + (isKnown ? " again" : ""));
            exchange.getResponseHeaders().set("ETag", tag);
            exchange.sendResponseHeaders(isKnown ? 304 : 200, isKnown ? -1 : bytes.length);
            if (!isKnown) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private byte[] zip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes); var all = Files.walk(folder)) {
            for (var file : all.filter(Files::isRegularFile).sorted().toList()) {
                var entry = new ZipEntry("repository-0123abc/" + folder.relativize(file));
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(Files.readAllBytes(file));
            }
            for (var name : others) {
                zip.putNextEntry(new ZipEntry(name));
            }
            zip.setComment("0123456789abcdef0123456789abcdef01234567");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return isCut ? Arrays.copyOf(bytes.toByteArray(), 1024) : bytes.toByteArray();
    }

    @Override public void close() {
        server.stop(0);
    }
}
