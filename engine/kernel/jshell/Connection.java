package kernel.jshell;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import jvm.Frame;
import kernel.jshell.child.ChildMessage;
import kernel.jshell.child.ChildRequest;

/**
 * Both connections to a child. A thread reads what comes: what the cell shows and prints goes to the receiver at once, so it
 * is there before the answer that ends the cell.
 */
final class Connection {
    private static final Frame GONE = new Frame((byte) -1, new byte[0]);
    private final Socket requests;
    private final Socket control;
    private final DataOutputStream requestOut;
    private final DataOutputStream controlOut;
    private final DataInputStream controlIn;
    private final BlockingQueue<Frame> answers = new ArrayBlockingQueue<>(8);
    private volatile boolean gone;

    Connection(Socket requests, Socket control, Consumer<Frame> receiver) throws IOException {
        this.requests = requests;
        this.control = control;
        this.requestOut = new DataOutputStream(new BufferedOutputStream(requests.getOutputStream()));
        this.controlOut = new DataOutputStream(new BufferedOutputStream(control.getOutputStream()));
        this.controlIn = new DataInputStream(new BufferedInputStream(control.getInputStream()));
        var in = new DataInputStream(new BufferedInputStream(requests.getInputStream()));
        Thread.ofPlatform().daemon().name("cell-output").start(() -> read(in, receiver));
    }

    private void read(DataInputStream in, Consumer<Frame> receiver) {
        try {
            while (true) {
                var frame = Frame.read(in);
                if (frame.kind() == ChildMessage.ANSWER.ordinal()) {
                    answers.put(frame);
                } else {
                    receiver.accept(frame);
                }
            }
        } catch (IOException | InterruptedException e) {
            // the child is gone; whoever waits for an answer is told below
        } finally {
            gone = true;
            answers.offer(GONE);
        }
    }

    boolean isGone() {
        return gone;
    }

    /** Sends a request and waits for its answer, however long the cell takes. One at a time. @throws IOException where the child is gone */
    byte[] answer(ChildRequest request, byte[] body) throws IOException {
        if (gone) {
            throw new IOException("the child is gone");
        }
        new Frame((byte) request.ordinal(), body).write(requestOut);
        try {
            var answer = answers.take();
            if (answer == GONE) {
                answers.offer(GONE); // for the next request
                throw new IOException("the child is gone");
            }
            return answer.body();
        } catch (InterruptedException e) {
            close(); // or the next request would get this answer
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the child worked", e);
        }
    }

    /** Sends a request that is answered while another one runs. One at a time, too. @throws IOException where the child is gone */
    byte[] controlAnswer(ChildRequest request, byte[] body) throws IOException {
        synchronized (controlIn) {
            new Frame((byte) request.ordinal(), body).write(controlOut);
            return Frame.read(controlIn).body();
        }
    }

    void close() {
        for (var socket : new Socket[] {requests, control}) {
            try {
                socket.close();
            } catch (IOException e) {
                // closed is what it should be
            }
        }
    }
}
