package kernel.jshell.child;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/** Serves the second connection, also while a cell runs. When it closes, the host is gone. */
final class ControlConnection {
    private final SnippetRunner snippetRunner;
    private final Socket socket;

    ControlConnection(SnippetRunner snippetRunner, Socket socket) {
        this.snippetRunner = snippetRunner;
        this.socket = socket;
    }

    void serve() {
        try (socket; var in = new DataInputStream(socket.getInputStream()); var out = new DataOutputStream(socket.getOutputStream())) {
            while (true) {
                var order = Frame.read(in);
                switch (ChildRequest.values()[order.kind()]) {
                    case STOP -> {
                        var ran = snippetRunner.isStopping();
                        new Frame(Frame.ANSWER, ReplyWriter.done(to -> to.writeBoolean(ran))).write(out);
                    }
                    case VALUE -> new Frame(Frame.ANSWER, value(FrameBody.reading(order.body()))).write(out);
                    default -> throw new IOException("not an order of this connection");
                }
            }
        } catch (IOException e) {
            Child.end();
        }
    }

    private byte[] value(DataInputStream in) {
        try {
            var value = snippetRunner.value(FrameBody.text(in), FrameBody.text(in));
            return ReplyWriter.done(out -> Values.write(out, value));
        } catch (Exception e) {
            return ReplyWriter.failed(e, e);
        }
    }
}
