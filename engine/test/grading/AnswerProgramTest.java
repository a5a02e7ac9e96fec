package grading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An answer that is a program")
class AnswerProgramTest {
    private static final String SERVICE = """
        import com.sun.net.httpserver.HttpServer;
        import java.net.InetSocketAddress;

        void main() throws Exception {
            var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/", exchange -> {
                var body = ("{\\"path\\": \\"" + exchange.getRequestURI() + "\\", \\"name\\": \\"" + System.getenv("NAME") + "\\"}").getBytes();
                exchange.getResponseHeaders().set("X-Method", exchange.getRequestMethod());
                exchange.sendResponseHeaders(201, body.length);
                try (exchange) {
                    exchange.getResponseBody().write(body);
                }
            });
            server.start();
            IO.println("listening on 127.0.0.1:" + server.getAddress().getPort());
        }
        """;
    @TempDir Path folder;

    private AnswerProgram program(String source, List<Path> libraries) throws Exception {
        var answer = Files.createDirectories(folder.resolve("answer"));
        Files.writeString(answer.resolve("Service.java"), source);
        return AnswerProgram.of(new Answer(answer), Files.createDirectories(folder.resolve("run")), () -> libraries);
    }

    @Test @DisplayName("runs several times side by side, and answers each")
    void twice() throws Exception {
        try (var program = program(SERVICE, List.of())) {
            var one = program.start(Map.of("NAME", "one"));
            var two = program.start(Map.of("NAME", "two"));
            var reply = one.send("PUT", "/a", Map.of("X-More", "1"), "body").expect("A request", 201, "");
            assertEquals("/a one PUT", reply.json().get("path").asString() + " " + reply.json().get("name").asString() + " " + reply.header("x-method"));
            assertEquals("two", two.get("/b", Map.of()).json().get("name").asString());
            one.kill();
            assertTrue(one.trySend("GET", "/", Map.of(), "").isEmpty());
            assertTrue(assertThrows(Mismatch.class, () -> one.get("/c", Map.of())).actual().contains("it has ended"));
            assertTrue(two.stop());
        }
    }

    @Test @DisplayName("is ended with everything else of its check")
    void closed() throws Exception {
        RunningProgram one;
        try (var program = program(SERVICE, List.of())) {
            one = program.start(Map.of());
            one.port();
        }
        assertFalse(one.isAlive());
    }

    @Test @DisplayName("that ends by itself is shown with what it said, and nothing a terminal would obey")
    void ends() throws Exception {
        try (var program = program("void main() { IO.println(\"\\u001b[31mno database\"); System.exit(3); }", List.of())) {
            var failure = assertThrows(Mismatch.class, () -> program.start(Map.of()).port());
            assertTrue(failure.actual().startsWith("it ended with exit code 3; it printed:\n?[31mno database"), failure::actual);
        }
    }

    @Test @DisplayName("that names libraries of its own runs on those, and on no others")
    void script() throws Exception {
        var own = Path.of(org.postgresql.Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var source = "//DEPS org.postgresql:postgresql:42.7.14\n" + SERVICE.replace("System.getenv(\"NAME\")", "found(\"org.postgresql.Driver\") + found(\"com.zaxxer.hikari.HikariDataSource\")")
            + "boolean found(String name) { try { Class.forName(name); return true; } catch (ClassNotFoundException e) { return false; } }\n";
        try (var program = program(source, List.of(own))) {
            assertEquals("truefalse", program.start(Map.of()).get("/", Map.of()).json().get("name").asString());
        }
    }

    @Test @DisplayName("that does not compile is refused with its line")
    void doesNotCompile() {
        var failure = assertThrows(Mismatch.class, () -> program("void main() { int x = 1 }", List.of()));
        assertTrue(failure.actual().contains("Service.java:1"), failure::actual);
    }
}
