package kernel.compile;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import javax.tools.SimpleJavaFileObject;

/** A class that the compiler may read: it costs nothing before it is opened. */
final class ClassFile extends SimpleJavaFileObject {
    private final String name;
    private final Source source;

    /** Where its bytes are. */
    interface Source {
        /** A new stream at the beginning of the class file. */
        InputStream open() throws IOException;
    }

    /** @param name the binary name, with dots between packages */
    ClassFile(String name, Source source) {
        super(uri(name), Kind.CLASS);
        this.name = name;
        this.source = source;
    }

    /** Of a module of this JVM. */
    static ClassFile inModule(Module module, String name) {
        return new ClassFile(name, () -> found(name, module.getResourceAsStream(file(name))));
    }

    /** Of the class path of this JVM, which has its jars open already. */
    static ClassFile inJars(String name) {
        return new ClassFile(name, () -> found(name, ClassLoader.getSystemResourceAsStream(file(name))));
    }

    String name() {
        return name;
    }

    @Override public InputStream openInputStream() throws IOException {
        return source.open();
    }

    static URI uri(String name) {
        return URI.create("memory:///" + file(name));
    }

    private static String file(String name) {
        return name.replace('.', '/') + ".class";
    }

    private static InputStream found(String name, InputStream bytes) throws IOException {
        if (bytes == null) {
            throw new IOException("the class " + name + " is no longer where the index of classes says");
        }
        return bytes;
    }
}
