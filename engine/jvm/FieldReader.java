package jvm;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the fields that a {@link FieldWriter} has written. Every method fails with an {@link IOException} where the message does
 * not have such a field. Nothing is made but what these methods return, whatever the bytes are.
 */
public final class FieldReader {
    private final DataInputStream in;

    public FieldReader(byte[] message) {
        in = new DataInputStream(new ByteArrayInputStream(message));
    }

    /** Makes something of the next fields. */
    public interface Reading<T> {
        /** Fails where the next fields are others. */
        T from(FieldReader in) throws IOException;
    }

    /**
     * Reads a whole message from somebody who may send anything.
     *
     * @throws IllegalArgumentException where it has other fields, or more
     */
    public static <T> T whole(byte[] message, Reading<T> reading) {
        var reader = new FieldReader(message);
        try {
            var read = reading.from(reader);
            if (reader.in.available() > 0) {
                throw new IOException(reader.in.available() + " bytes too many");
            }
            return read;
        } catch (IOException e) {
            throw new IllegalArgumentException("not a message of the course: " + e.getMessage(), e);
        }
    }

    /** One byte. */
    public byte octet() throws IOException {
        return in.readByte();
    }

    /** The constant whose ordinal is the next byte. */
    public <E extends Enum<E>> E constant(E[] constants) throws IOException {
        var ordinal = octet();
        if (ordinal < 0 || ordinal >= constants.length) {
            throw new IOException("no " + constants.getClass().componentType().getSimpleName() + " has the number " + ordinal);
        }
        return constants[ordinal];
    }

    /** One byte; any but 0 is true. */
    public boolean flag() throws IOException {
        return in.readBoolean();
    }

    /** Four bytes. */
    public int number() throws IOException {
        return in.readInt();
    }

    /** Eight bytes. */
    public long longNumber() throws IOException {
        return in.readLong();
    }

    /** A length, and so many bytes. */
    public byte[] bytes() throws IOException {
        var length = number();
        if (length < 0 || length > in.available()) {
            throw new IOException("a field of " + length + " bytes, where " + in.available() + " are left");
        }
        return in.readNBytes(length);
    }

    /** A length, and so many bytes of UTF-8. */
    public String text() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** How many there are, and then each of them. */
    public <T> List<T> list(Reading<T> element) throws IOException {
        var elements = new ArrayList<T>();
        for (int left = number(); left > 0; left--) {
            elements.add(element.from(this));
        }
        return elements;
    }
}
