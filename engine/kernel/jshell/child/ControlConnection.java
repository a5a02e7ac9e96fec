package kernel.jshell.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import jvm.FieldReader;
import jvm.FieldWriter;
import jvm.Frame;

/** Serves the second connection, also while a cell runs. When it closes, the host is gone. */
final class ControlConnection {
    private final SnippetRunner runner;
    private final Socket socket;

    ControlConnection(SnippetRunner runner, Socket socket) {
        this.runner = runner;
        this.socket = socket;
    }

    void serve() {
        try (socket; var in = new DataInputStream(socket.getInputStream()); var out = new DataOutputStream(socket.getOutputStream())) {
            while (true) {
                var frame = Frame.read(in);
                switch (ChildRequest.values()[frame.kind()]) {
                    case STOP -> answer(ReplyWriter.done().flag(runner.isStopping()), out);
                    case VALUE -> answer(value(new FieldReader(frame.body())), out);
                    default -> throw new IOException("no request of this connection");
                }
            }
        } catch (IOException e) {
            Child.end();
        }
    }

    private static void answer(FieldWriter reply, DataOutputStream out) throws IOException {
        new Frame((byte) ChildMessage.ANSWER.ordinal(), reply.toBytes()).write(out);
    }

    private FieldWriter value(FieldReader in) {
        try {
            var reply = ReplyWriter.done();
            Values.write(reply, runner.value(in.text(), in.text()));
            return reply;
        } catch (Exception e) {
            return ReplyWriter.failed(e, e);
        }
    }
}
