package lab.net;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One direction of one connection through a {@link SlowNetwork}: every piece of data is on its way for as long, counted
 * from its own arrival.
 *
 * @param oneWayNanos how long a piece is on its way
 * @param disconnect  closes a socket
 */
record DelayedStream(Socket from, Socket to, long oneWayNanos, Consumer<Socket> disconnect) {
    private static final int PIECE = 16 << 10;
    /** Pieces under way: 4 MB, then the sender waits. */
    private static final int MAX_PIECES = 256;

    /** @param due when it has arrived, of {@link System#nanoTime}; no bytes are the end */
    private record Piece(byte[] bytes, long due) { }

    /** Returns when one end has closed its socket and what was under way has arrived, or cannot any more. */
    void carry() {
        var underWay = new ArrayBlockingQueue<Piece>(MAX_PIECES);
        var arrival = Thread.ofVirtual().start(() -> deliver(underWay));
        try {
            var buffer = new byte[PIECE];
            for (int count; (count = from.getInputStream().read(buffer)) >= 0; ) {
                underWay.put(new Piece(Arrays.copyOf(buffer, count), System.nanoTime() + oneWayNanos));
            }
        } catch (IOException e) {
            // one end has closed its socket, which is an end like any other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            underWay.put(new Piece(new byte[0], System.nanoTime() + oneWayNanos));
            arrival.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(BlockingQueue<Piece> underWay) {
        try {
            for (var piece = underWay.take(); piece.bytes().length > 0; piece = underWay.take()) {
                sleepUntil(piece.due());
                to.getOutputStream().write(piece.bytes());
            }
            to.shutdownOutput();
        } catch (IOException e) {
            disconnect.accept(from); // the receiver is gone: the sender must learn of it, and what is under way is lost
            underWay.clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sleepUntil(long due) {
        for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
