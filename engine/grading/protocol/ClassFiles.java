package grading.protocol;

import java.io.IOException;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jvm.FieldReader;
import jvm.FieldWriter;

/** Compiled classes on their way from one JVM to another. @param byName their bytes, by their binary names */
public record ClassFiles(Map<String, byte[]> byName) {
    public ClassFiles {
        byName = new TreeMap<>(byName);
    }

    static ClassFiles of(FieldReader in) throws IOException {
        var classes = new TreeMap<String, byte[]>();
        in.list(each -> new SimpleImmutableEntry<>(each.text(), each.bytes())).forEach(each -> classes.put(each.getKey(), each.getValue()));
        return new ClassFiles(classes);
    }

    static void write(FieldWriter out, ClassFiles classes) {
        out.list(List.copyOf(classes.byName.entrySet()), (to, each) -> to.text(each.getKey()).bytes(each.getValue()));
    }

    private byte[] bytes() {
        var out = new FieldWriter();
        write(out, this);
        return out.toBytes();
    }

    /** An array is equal to itself alone. */
    @Override public boolean equals(Object other) {
        return other instanceof ClassFiles files && Arrays.equals(bytes(), files.bytes());
    }

    @Override public int hashCode() {
        return Arrays.hashCode(bytes());
    }
}
