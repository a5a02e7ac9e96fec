package jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Messages in lines, on a stream to which others write as well,")
class MessageLinesTest {
    private static final byte[] BODY = {0, '\n', '\r', '\t', -1, 'x'};
    private final Secret secret = Secret.random();
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final List<String> others = new ArrayList<>();

    @Test @DisplayName("carry any bytes")
    void anyBytes() throws IOException {
        var sender = sender(secret);
        sender.send(BODY);
        sender.send(new byte[0]);
        var lines = reader();
        assertArrayEquals(BODY, lines.next(others::add).orElseThrow());
        assertArrayEquals(new byte[0], lines.next(others::add).orElseThrow());
        assertTrue(lines.next(others::add).isEmpty());
    }

    @Test @DisplayName("are refused without the secret, and other lines are none")
    void forged() throws IOException {
        sender(Secret.random()).send(BODY);
        stream.writeBytes(" AAAA\n".getBytes(StandardCharsets.US_ASCII));
        var lines = reader();
        assertThrows(IllegalArgumentException.class, () -> lines.next(others::add));
        assertTrue(lines.next(others::add).isEmpty());
        assertTrue(others.contains(" AAAA"), others::toString);
    }

    @Test @DisplayName("are refused where somebody sends one again, or back to where it came from")
    void again() throws IOException {
        sender(secret).send(BODY);
        var message = stream.toByteArray();
        stream.writeBytes(message);
        var lines = reader();
        assertArrayEquals(BODY, lines.next(others::add).orElseThrow());
        assertThrows(IllegalArgumentException.class, () -> lines.next(others::add));
        var child = MessageLines.ofChild(new ByteArrayInputStream(message), OutputStream.nullOutputStream(), secret);
        assertThrows(IllegalArgumentException.class, () -> child.next(others::add));
    }

    @Test @DisplayName("do not have the secret in them")
    void withoutSecret() throws IOException {
        sender(secret).send(BODY);
        assertEquals(false, stream.toString(StandardCharsets.US_ASCII).contains(secret.word()));
    }

    @Test @DisplayName("are refused where one before was taken away")
    void missing() throws IOException {
        var sender = sender(secret);
        sender.send(BODY);
        stream.reset();
        sender.send(BODY);
        sender.send(BODY);
        var lines = reader();
        assertThrows(IllegalArgumentException.class, () -> lines.next(others::add));
        assertArrayEquals(BODY, lines.next(others::add).orElseThrow());
    }

    @Test @DisplayName("are read after half a line of somebody else's")
    void afterHalfALine() throws IOException {
        stream.writeBytes("no end".getBytes(StandardCharsets.US_ASCII));
        sender(secret).send(BODY);
        assertArrayEquals(BODY, reader().next(others::add).orElseThrow());
        assertEquals(List.of("no end"), others);
    }

    @Test @DisplayName("are refused where somebody wrote into them, and the next one is read")
    void damaged() throws IOException {
        sender(secret).send(BODY);
        var damaged = stream.toString(StandardCharsets.US_ASCII).replaceFirst("(.{4})\n$", "!$1\n");
        stream.reset();
        stream.writeBytes(damaged.getBytes(StandardCharsets.US_ASCII));
        sender(secret).send(BODY);
        var lines = reader();
        assertThrows(IllegalArgumentException.class, () -> lines.next(others::add));
        assertArrayEquals(BODY, lines.next(others::add).orElseThrow());
    }

    @Test @DisplayName("are read within bounds, however long a line is")
    void bounded() throws IOException {
        stream.writeBytes(("x".repeat(3 * MessageLines.MAX_LINE) + "\nnext\n").getBytes(StandardCharsets.US_ASCII));
        assertTrue(reader().next(others::add).isEmpty());
        assertEquals(MessageLines.MAX_LINE, others.getFirst().length());
        assertEquals("next", others.getLast());
    }

    @Test @DisplayName("have a secret that goes over a stream and into no text")
    void secret() throws IOException {
        secret.sendTo(stream);
        stream.writeBytes("more".getBytes(StandardCharsets.US_ASCII));
        var in = new ByteArrayInputStream(stream.toByteArray());
        assertTrue(secret.isSentBy(new ByteArrayInputStream(Secret.receive(in).bytes())));
        assertEquals("more", new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        assertEquals(false, secret.isSentBy(new ByteArrayInputStream(Secret.random().bytes())));
        assertEquals(false, secret.toString().contains(new String(secret.bytes(), StandardCharsets.US_ASCII)));
    }

    private MessageLines sender(Secret known) {
        return MessageLines.ofChild(InputStream.nullInputStream(), stream, known);
    }

    private MessageLines reader() {
        return MessageLines.ofParent(new ByteArrayInputStream(stream.toByteArray()), OutputStream.nullOutputStream(), secret);
    }
}
