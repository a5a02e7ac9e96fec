package grading.worker;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Map;

/** Loads an answer of somebody else, apart from the verifier, which it does not see. */
final class AnswerLoader extends ClassLoader {
    private final Map<String, byte[]> classes;

    AnswerLoader(Map<String, byte[]> classes) {
        super(AnswerLoader.class.getClassLoader());
        this.classes = classes;
    }

    @Override protected Class<?> findClass(String name) throws ClassNotFoundException {
        var bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** Of its own classes, for {@link grading.OtherProcess}. */
    @Override public InputStream getResourceAsStream(String name) {
        var bytes = name.endsWith(".class") ? classes.get(name.substring(0, name.length() - ".class".length()).replace('/', '.')) : null;
        return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
}
