package kernel.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import jvm.Secret;
import kernel.jshell.child.Child;
import lab.LabException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Where a page's child calls back")
class ChildListenerTest {

    @Test @DisplayName("a caller without the secret is refused, and the child is accepted after it")
    void refusesStrangers() throws IOException {
        try (var listener = ChildListener.open(); var stranger = call(listener, Secret.random(), Child.REQUESTS);
             var requests = call(listener, listener.secret(), Child.REQUESTS); var control = call(listener, listener.secret(), Child.CONTROL)) {
            var connection = listener.accept(() -> true, () -> "", frame -> { });
            assertEquals(-1, stranger.getInputStream().read());
            assertFalse(connection.isGone());
            connection.close();
        }
    }

    @Test @DisplayName("nobody waits for a child that has ended, and its last output is told")
    void childThatEnded() throws IOException {
        try (var listener = ChildListener.open()) {
            var failure = assertThrows(LabException.class, () -> listener.accept(() -> false, () -> ": no memory", frame -> { }));
            assertEquals("the JVM for cells ended at its start: no memory", failure.getMessage());
        }
    }

    private static Socket call(ChildListener listener, Secret secret, byte role) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(secret.bytes());
        socket.getOutputStream().write(role);
        return socket;
    }
}
