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
import kernel.jshell.child.ChildRequest;
import kernel.jshell.child.Frame;

/**
 * Both connections to a child. A thread reads what comes: what the cell shows and prints goes to the hearer at once, so it
 * has been heard before the answer that ends the cell is there.
 */
final class Connection {
    private static final Frame GONE = new Frame((byte) 0, new byte[0]);
    private final Socket orders;
    private final Socket urgent;
    private final DataOutputStream orderOut;
    private final DataOutputStream urgentOut;
    private final DataInputStream urgentIn;
    private final BlockingQueue<Frame> answers = new ArrayBlockingQueue<>(8);
    private volatile boolean gone;

    Connection(Socket orders, Socket urgent, Consumer<Frame> hearer) throws IOException {
        this.orders = orders;
        this.urgent = urgent;
        this.orderOut = new DataOutputStream(new BufferedOutputStream(orders.getOutputStream()));
        this.urgentOut = new DataOutputStream(new BufferedOutputStream(urgent.getOutputStream()));
        this.urgentIn = new DataInputStream(new BufferedInputStream(urgent.getInputStream()));
        var in = new DataInputStream(new BufferedInputStream(orders.getInputStream()));
        Thread.ofPlatform().daemon().name("cell-output").start(() -> read(in, hearer));
    }

    private void read(DataInputStream in, Consumer<Frame> hearer) {
        try {
            while (true) {
                var frame = Frame.read(in);
                if (frame.kind() == Frame.ANSWER) {
                    answers.put(frame);
                } else {
                    hearer.accept(frame);
                }
            }
        } catch (IOException | InterruptedException e) {
            // the child has hung up; whoever waits for an answer learns it
        } finally {
            gone = true;
            answers.offer(GONE);
        }
    }

    boolean isGone() {
        return gone;
    }

    /** Sends an order and waits for its answer, however long the cell takes. One at a time. */
    byte[] answer(ChildRequest childRequest, byte[] body) throws IOException {
        if (gone) {
            throw new IOException("the child is gone");
        }
        new Frame((byte) childRequest.ordinal(), body).write(orderOut);
        try {
            var answer = answers.take();
            if (answer == GONE) {
                answers.offer(GONE); // for the next one who asks
                throw new IOException("the child is gone");
            }
            return answer.body();
        } catch (InterruptedException e) {
            close(); // the answer would meet the next order
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the child worked", e);
        }
    }

    /** Sends an order that is answered while another one runs. One at a time, too. */
    byte[] urgentAnswer(ChildRequest childRequest, byte[] body) throws IOException {
        synchronized (urgentIn) {
            new Frame((byte) childRequest.ordinal(), body).write(urgentOut);
            return Frame.read(urgentIn).body();
        }
    }

    void close() {
        for (var socket : new Socket[] {orders, urgent}) {
            try {
                socket.close();
            } catch (IOException e) {
                // closed is what it should be
            }
        }
    }
}
