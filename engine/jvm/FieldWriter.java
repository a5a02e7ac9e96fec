package jvm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/** Writes the fields of a message one after the other; {@link FieldReader} reads them in the same order. */
public final class FieldWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** What has been written. */
    public byte[] toBytes() {
        return out.toByteArray();
    }

    /** One byte: a letter, or the ordinal of a constant. */
    public FieldWriter octet(int value) {
        out.write(value);
        return this;
    }

    /** One byte, 1 or 0. */
    public FieldWriter flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    /** Four bytes. */
    public FieldWriter number(int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
        return this;
    }

    /** Eight bytes. */
    public FieldWriter longNumber(long value) {
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
        return this;
    }

    /** The length, and then the bytes. */
    public FieldWriter bytes(byte[] value) {
        number(value.length);
        out.writeBytes(value);
        return this;
    }

    /** UTF-8 of any length; {@link java.io.DataOutput#writeUTF} ends at 65 535 bytes. */
    public FieldWriter text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** How many there are, and then each of them. */
    public <T> FieldWriter list(List<T> elements, BiConsumer<FieldWriter, T> each) {
        number(elements.size());
        elements.forEach(element -> each.accept(this, element));
        return this;
    }
}
