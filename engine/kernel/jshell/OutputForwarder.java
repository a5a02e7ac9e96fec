package kernel.jshell;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import jvm.Frame;
import kernel.cell.CellListener;
import kernel.jshell.child.ChildMessage;
import kernel.output.Output;
import kernel.output.OutputJson;

/** Tells the listener of the cell what the child sends; between cells, the listener of the last one. */
final class OutputForwarder implements Consumer<Frame> {
    private final Text out = new Text();
    private final Text err = new Text();
    private CellListener listener = new NoListener();

    /** Whom to tell from now on. */
    synchronized void to(CellListener listener) {
        this.listener = listener;
    }

    synchronized void shown(Output output) {
        listener.shown(output);
    }

    synchronized void printed(String stream, String text) {
        if (!text.isEmpty()) {
            listener.printed(stream, text);
        }
    }

    @Override public synchronized void accept(Frame frame) {
        switch (ChildMessage.values()[frame.kind()]) {
            case OUT -> printed("out", out.of(frame.body()));
            case ERR -> printed("err", err.of(frame.body()));
            case SHOWN -> shown(OutputJson.of(frame.body()));
            case ANSWER -> throw new IllegalStateException("an answer of the child that nobody waits for");
        }
    }

    /** A character may come in two pieces. */
    private static final class Text {
        private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE).onUnmappableCharacter(CodingErrorAction.REPLACE);
        private byte[] left = new byte[0];

        String of(byte[] more) {
            var bytes = ByteBuffer.allocate(left.length + more.length).put(left).put(more).flip();
            var chars = CharBuffer.allocate(bytes.remaining());
            decoder.reset().decode(bytes, chars, false);
            left = new byte[bytes.remaining()];
            bytes.get(left);
            return chars.flip().toString();
        }
    }

    private static final class NoListener implements CellListener {
        @Override public void shown(Output output) { }

        @Override public void printed(String stream, String text) { }
    }
}
