package kernel.jshell;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import kernel.jshell.child.Agent;
import kernel.jshell.child.Child;
import lab.os.Caches;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A jar that is nothing but a manifest: only {@code java -jar} gives a program the means to redefine classes without an
 * option that keeps the AOT cache from working. It names the jars of this process as its class path.
 */
final class KernelJar {
    private KernelJar() { }

    /** Made once for a class path, and never changed as long as it is whole: an AOT cache holds its date. */
    static Path of(String classPath) {
        var jar = Caches.folder("kernel").resolve("kernel-" + DigestUtils.sha256Hex(classPath).substring(0, 16) + ".jar");
        var manifest = manifest(classPath);
        if (!holds(jar, manifest)) {
            write(jar, manifest);
        }
        return jar;
    }

    private static boolean holds(Path jar, Manifest manifest) {
        try (var file = new JarFile(jar.toFile())) {
            return manifest.equals(file.getManifest());
        } catch (IOException e) {
            return false; // there is none yet, or something has damaged it
        }
    }

    private static Manifest manifest(String classPath) {
        var manifest = new Manifest();
        var entries = manifest.getMainAttributes();
        entries.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        entries.put(Attributes.Name.MAIN_CLASS, Child.class.getName());
        entries.putValue("Launcher-Agent-Class", Agent.class.getName());
        entries.putValue("Can-Redefine-Classes", "true");
        entries.put(Attributes.Name.CLASS_PATH, Arrays.stream(classPath.split(File.pathSeparator))
            .map(entry -> Path.of(entry).toUri().toString()).collect(Collectors.joining(" ")));
        return manifest;
    }

    private static void write(Path jar, Manifest manifest) {
        try {
            var bytes = new ByteArrayOutputStream();
            new JarOutputStream(bytes, manifest).close();
            var half = Files.createTempFile(jar.getParent(), "half-", ".jar");
            Files.write(half, bytes.toByteArray());
            try {
                Files.move(half, jar, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            if (!holds(jar, manifest)) { // else somebody made the same a moment ago
                throw new UncheckedIOException("cannot make " + jar, e);
            }
        }
    }
}
