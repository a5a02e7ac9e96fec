package grading.worker;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;

/**
 * Loads an answer and its verifier together, since both are in the unnamed package, and gives JUnit {@link CheckExtension}
 * as a service, so that verifiers need no annotation for it.
 */
final class VerifierLoader extends ClassLoader {
    private static final String SERVICE = "META-INF/services/org.junit.jupiter.api.extension.Extension";
    private final Map<String, byte[]> classes;

    VerifierLoader(Map<String, byte[]> classes) {
        super(VerifierLoader.class.getClassLoader());
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

    @Override protected Enumeration<URL> findResources(String name) throws IOException {
        return name.equals(SERVICE) ? Collections.enumeration(List.of(service())) : Collections.emptyEnumeration();
    }

    private static URL service() throws IOException {
        return URL.of(URI.create("course:service"), new URLStreamHandler() {
            @Override protected URLConnection openConnection(URL url) {
                return new URLConnection(url) {
                    @Override public void connect() { }

                    @Override public InputStream getInputStream() {
                        return new ByteArrayInputStream(CheckExtension.class.getName().getBytes(StandardCharsets.UTF_8));
                    }
                };
            }
        });
    }
}
