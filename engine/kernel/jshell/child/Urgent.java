package kernel.jshell.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/** Serves the second connection, also while a cell runs. When it closes, the host is gone. */
final class Urgent {
    private final Runner runner;
    private final Socket socket;

    Urgent(Runner runner, Socket socket) {
        this.runner = runner;
        this.socket = socket;
    }

    void serve() {
        try (socket; var in = new DataInputStream(socket.getInputStream()); var out = new DataOutputStream(socket.getOutputStream())) {
            while (true) {
                var order = Frame.read(in);
                switch (Order.values()[order.kind()]) {
                    case STOP -> {
                        var ran = runner.isStopping();
                        new Frame(Frame.ANSWER, Answers.done(to -> to.writeBoolean(ran))).write(out);
                    }
                    case VALUE -> new Frame(Frame.ANSWER, value(Wire.reading(order.body()))).write(out);
                    default -> throw new IOException("not an order of this connection");
                }
            }
        } catch (IOException e) {
            Child.end();
        }
    }

    private byte[] value(DataInputStream in) {
        try {
            var value = runner.value(Wire.text(in), Wire.text(in));
            return Answers.done(out -> Values.write(out, value));
        } catch (Exception e) {
            return Answers.failed(e, e);
        }
    }
}
