package grading.worker;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A verifier's classes in a package, because a named module has none without. Only the constant pool names classes, so only that
 * is written anew: the name of a class, and types in descriptors and signatures; texts stay as they are.
 */
final class RenamedClass {
    private static final Pattern TYPE = Pattern.compile("L([^;<.:()\\[/]+)(?=[;<.])");
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int METHOD_HANDLE = 15;
    private static final Set<Integer> WITH_ONE_INDEX = Set.of(CLASS, STRING, 16, 19, 20);
    private final String folder;
    private final Set<String> names;

    private RenamedClass(String newPackage, Set<String> names) {
        folder = newPackage + "/";
        this.names = names;
    }

    /** One entry of the constant pool as it is written: its tag, and either a text or the bytes after the tag. */
    private record Constant(int tag, String text, byte[] bytes) {
        int index() {
            return (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        }
    }

    /** All of them, under their new names. */
    static Map<String, byte[]> all(Map<String, byte[]> classes, String newPackage) {
        var renamed = new HashMap<String, byte[]>();
        var renaming = new RenamedClass(newPackage, classes.keySet());
        classes.forEach((name, bytes) -> renamed.put(newPackage + "." + name, renaming.of(bytes)));
        return renamed;
    }

    private byte[] of(byte[] file) {
        try {
            var in = new DataInputStream(new ByteArrayInputStream(file));
            var result = new ByteArrayOutputStream();
            var out = new DataOutputStream(result);
            out.write(in.readNBytes(8));
            var pool = read(in);
            rename(pool);
            out.writeShort(pool.size());
            for (var constant : pool) {
                write(constant, out);
            }
            in.transferTo(out);
            return result.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("not a class file", e);
        }
    }

    /** By their numbers; 0 is no constant, nor is the number after a long or a double. */
    private static ArrayList<Constant> read(DataInputStream in) throws IOException {
        var nothing = new Constant(0, "", new byte[0]);
        var count = in.readUnsignedShort();
        var pool = new ArrayList<Constant>();
        pool.add(nothing);
        while (pool.size() < count) {
            var tag = in.readUnsignedByte();
            if (tag == UTF8) {
                pool.add(new Constant(tag, in.readUTF(), new byte[0]));
            } else {
                var isLong = tag == LONG || tag == DOUBLE;
                pool.add(new Constant(tag, "", in.readNBytes(isLong ? 8 : WITH_ONE_INDEX.contains(tag) ? 2 : tag == METHOD_HANDLE ? 3 : 4)));
                if (isLong) {
                    pool.add(nothing);
                }
            }
        }
        return pool;
    }

    private static void write(Constant constant, DataOutputStream out) throws IOException {
        if (constant.tag() == 0) {
            return;
        }
        out.writeByte(constant.tag());
        if (constant.tag() == UTF8) {
            out.writeUTF(constant.text());
        } else {
            out.write(constant.bytes());
        }
    }

    private void rename(ArrayList<Constant> pool) {
        var texts = new HashSet<Integer>();
        pool.stream().filter(constant -> constant.tag() == STRING).forEach(constant -> texts.add(constant.index()));
        for (int i = 0, count = pool.size(); i < count; i++) {
            var constant = pool.get(i);
            if (constant.tag() == UTF8 && !texts.contains(i)) {
                pool.set(i, new Constant(UTF8, types(constant.text()), constant.bytes()));
            } else if (constant.tag() == CLASS && names.contains(pool.get(constant.index()).text())) {
                // Its name may be a text as well, or the name of a method.
                pool.add(new Constant(UTF8, folder + pool.get(constant.index()).text(), new byte[0]));
                pool.set(i, new Constant(CLASS, "", new byte[] {(byte) (pool.size() - 1 >> 8), (byte) (pool.size() - 1)}));
            }
        }
    }

    private String types(String text) {
        return TYPE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(names.contains(found.group(1)) ? "L" + folder + found.group(1) : found.group()));
    }
}
