package kernel.jshell;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import kernel.cell.CellListener;
import kernel.jshell.child.Frame;
import kernel.output.Output;
import kernel.output.OutputJson;

/** Tells the witness of the cell what the child says; between cells, the witness of the last one. */
final class OutputForwarder implements Consumer<Frame> {
    private final Text out = new Text();
    private final Text err = new Text();
    private CellListener listener = new Nobody();

    synchronized void by(CellListener listener) {
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
        switch (frame.kind()) {
            case Frame.OUT -> printed("out", out.of(frame.body()));
            case Frame.ERR -> printed("err", err.of(frame.body()));
            case Frame.SHOWN -> shown(OutputJson.of(frame.body()));
            default -> throw new IllegalStateException("a message of kind " + frame.kind() + " from the child");
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

    private static final class Nobody implements CellListener {
        @Override public void shown(Output output) { }

        @Override public void printed(String stream, String text) { }
    }
}
