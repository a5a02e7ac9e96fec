package lab.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the lab says of Docker engines that are missing, broken or slow; each is a socket that the test answers itself. */
@Timeout(10)
class DockerProbeTest {
    @TempDir Path folder;

    @Test
    @DisplayName("a socket that is not there is named, with what to do")
    void nothingThere() {
        var sentence = reasonUnavailable(folder.resolve("none.sock")).orElseThrow();
        assertTrue(sentence.startsWith("no Docker engine answers at " + folder.resolve("none.sock") + ": start Docker"), sentence);
    }

    @Test
    @DisplayName("a socket that nobody listens on any more is no engine")
    void abandoned() throws IOException {
        var socket = folder.resolve("dead.sock");
        listen(socket).close();
        assertTrue(Files.exists(socket));
        assertTrue(reasonUnavailable(socket).orElseThrow().startsWith("no Docker engine answers at " + socket));
    }

    @Test
    @DisplayName("an engine that takes the question and never answers is given up")
    void silent() throws IOException {
        var socket = folder.resolve("silent.sock");
        try (var listening = listen(socket)) {
            var sentence = reasonUnavailable(socket).orElseThrow();
            assertTrue(listening.isOpen() && sentence.contains("silent for"), sentence);
        }
    }

    @Test
    @DisplayName("an engine that answers with an error, or with something that is not HTTP, is not used")
    void broken() throws IOException {
        assertTrue(reasonWhenAnswering("HTTP/1.1 500 Oops\r\n\r\n").orElseThrow().contains("status 500"));
        assertTrue(reasonWhenAnswering("220 mail.example.org ESMTP\r\n").orElseThrow().contains("instead of HTTP"));
        assertTrue(reasonWhenAnswering("").orElseThrow().contains("closed without an answer"));
    }

    @Test
    @DisplayName("an engine that answers is available, and has the images that it says it has")
    void working() throws IOException {
        assertEquals(Optional.empty(), reasonWhenAnswering("HTTP/1.1 200 OK\r\n\r\nOK"));
        var socket = folder.resolve("images.sock");
        try (var listening = answering(socket, "HTTP/1.1 404 Not Found\r\n\r\n")) {
            assertTrue(listening.isOpen());
            assertFalse(new DockerEngine(new DockerAddress.Unix(socket)).has("postgres:18"));
        }
    }

    @Test
    @DisplayName("DOCKER_HOST decides where the engine is, and an address that cannot be used is explained")
    void dockerHost() {
        assertEquals(new DockerAddress.Tcp("10.0.0.1", 2375), DockerAddress.find(Map.of("DOCKER_HOST", "tcp://10.0.0.1")));
        assertEquals(new DockerAddress.Unix(Path.of("/run/x.sock")), DockerAddress.find(Map.of("DOCKER_HOST", "unix:///run/x.sock")));
        for (var unusable : List.of("ssh://me@server", "nonsense", "tcp:", "::")) {
            var address = assertInstanceOf(DockerAddress.Unusable.class, DockerAddress.find(Map.of("DOCKER_HOST", unusable)));
            assertTrue(address.reason().contains('"' + unusable + '"'), address.reason());
        }
    }

    @Test
    @DisplayName("without DOCKER_HOST: docker.host of Testcontainers, then Docker's context, then the sockets; a dead one hides none that lives")
    void places() throws IOException {
        var home = Files.createDirectory(folder.resolve("home"));
        var environment = Map.of("HOME", home.toString(), "XDG_RUNTIME_DIR", folder.resolve("run").toString());
        var usual = Files.createDirectories(folder.resolve("system/var/run")).resolve("docker.sock");
        assertEquals(new DockerAddress.Unix(usual), find(environment));
        listen(usual).close(); // dead
        assertEquals(new DockerAddress.Unix(usual), find(environment));
        var orbStack = Files.createDirectories(home.resolve(".orbstack/run")).resolve("docker.sock");
        try (var living = answeringAlways(orbStack)) {
            assertEquals(new DockerAddress.Unix(orbStack), find(environment));
            var context = folder.resolve("context.sock");
            Files.writeString(Files.createDirectories(home.resolve(".docker")).resolve("config.json"), "{\"currentContext\": \"mine\"}");
            Files.writeString(Files.createDirectories(home.resolve(".docker/contexts/meta/" + DigestUtils.sha256Hex("mine"))).resolve("meta.json"),
                "{\"Name\": \"mine\", \"Endpoints\": {\"docker\": {\"Host\": \"unix://" + context + "\"}}}");
            assertEquals(new DockerAddress.Unix(orbStack), find(environment), "the context's engine is not there");
            try (var ofContext = answeringAlways(context)) {
                assertEquals(new DockerAddress.Unix(context), find(environment));
                Files.writeString(home.resolve(".testcontainers.properties"), "docker.host=unix\\://" + orbStack + "\n");
                assertEquals(new DockerAddress.Unix(orbStack), find(environment));
                assertTrue(living.isOpen() && ofContext.isOpen());
            }
        }
    }

    private DockerAddress find(Map<String, String> environment) {
        return DockerAddress.find(environment, folder.resolve("system"), DockerHttp.QUICK);
    }

    private static ServerSocketChannel answeringAlways(Path socket) throws IOException {
        var listening = listen(socket);
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    try (var client = listening.accept()) {
                        client.read(ByteBuffer.allocate(1024));
                        client.write(ByteBuffer.wrap("HTTP/1.1 200 OK\r\n\r\nOK".getBytes()));
                    }
                }
            } catch (IOException e) {
                return; // closed by the test
            }
        });
        return listening;
    }

    private static Optional<String> reasonUnavailable(Path socket) {
        return new DockerEngine(new DockerAddress.Unix(socket)).reasonUnavailable();
    }

    private Optional<String> reasonWhenAnswering(String answer) throws IOException {
        var socket = Files.createTempDirectory(folder, "s").resolve("docker.sock");
        try (var listening = answering(socket, answer)) {
            assertTrue(listening.isOpen());
            return reasonUnavailable(socket);
        }
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    }

    private static ServerSocketChannel answering(Path socket, String answer) throws IOException {
        var listening = listen(socket);
        Thread.ofPlatform().daemon().start(() -> {
            try (var client = listening.accept()) {
                client.read(ByteBuffer.allocate(1024));
                client.write(ByteBuffer.wrap(answer.getBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return listening;
    }
}
