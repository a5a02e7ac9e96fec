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
import kernel.compile.MemoryLoader;

/**
 * Loads a verifier, and one's own answer together with it, since both are in the unnamed package. Gives JUnit {@link CheckExtension} as a
 * service, so that verifiers need no annotation for it.
 */
final class VerifierLoader extends MemoryLoader {
    private static final String SERVICE = "META-INF/services/org.junit.jupiter.api.extension.Extension";

    VerifierLoader(Map<String, byte[]> classes) {
        this(classes, VerifierLoader.class.getClassLoader());
    }

    private VerifierLoader(Map<String, byte[]> classes, ClassLoader parent) {
        super(classes, parent);
    }

    /**
     * One for the verifier alone, in a module of its own. All of its classes are loaded at once, so that nobody defines others in their
     * places.
     */
    static VerifierLoader apart(Map<String, byte[]> verifier, AnswerLoader answer) throws ClassNotFoundException {
        var loader = new VerifierLoader(verifier, answer);
        VerifierModule.define(loader, answer);
        for (var name : verifier.keySet()) {
            loader.loadClass(name);
        }
        return loader;
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
