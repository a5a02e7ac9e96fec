package grading.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import grading.host.BoundedLines;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Messages between host and worker")
class WorkerWireTest {
    @Test @DisplayName("carry any text in any field")
    void anyText() {
        var fields = List.of("ended", "", "a\tb\\n\nc\r", "\\", "ü → 漢");
        var line = WorkerWire.line("secret", fields);
        assertEquals(fields, WorkerWire.fields("secret", line.substring(0, line.length() - 1)));
        assertEquals(line.length() - 1, line.indexOf('\n'));
    }

    @Test @DisplayName("are none without the secret")
    void secret() {
        assertEquals(List.of(), WorkerWire.fields("secret", "ended\tsums\tSUCCESSFUL"));
    }

    @Test @DisplayName("are read within bounds, however long a line is")
    void bounded() throws Exception {
        var lines = new BoundedLines(new ByteArrayInputStream(("x".repeat(10_000) + "\nnext\n").getBytes(StandardCharsets.UTF_8)), 100);
        assertEquals(100, lines.next().length());
        assertEquals("next", lines.next());
        assertEquals(null, lines.next());
    }
}
