package kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import lab.Caches;
import lab.Folders;

/**
 * Compiled classes on disk, under a key made of the sources and of the engine they were compiled against. A source that
 * meets another engine has another key, so nothing stale can be found.
 */
public final class ClassCache {
    private static final String ENGINE = engine();

    private ClassCache() { }

    /** @param purpose keeps apart what is made of the same sources in different ways */
    public static String key(String purpose, List<Path> sources) throws IOException {
        var digest = sha256();
        digest.update((purpose + "\n" + ENGINE + "\n").getBytes());
        for (var source : sources) {
            digest.update((source.getFileName() + "\n").getBytes());
            digest.update(Files.readAllBytes(source));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 12);
    }

    /** The classes under the key, made and kept if they are not there. A damaged entry is made again. */
    public static Map<String, byte[]> get(String key, Supplier<Map<String, byte[]>> make) {
        var folder = Caches.folder("compiled").resolve(key);
        try {
            if (Files.isDirectory(folder)) {
                return read(folder);
            }
            var classes = make.get();
            write(folder, classes);
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the cache of compiled classes in " + folder, e);
        }
    }

    private static Map<String, byte[]> read(Path folder) throws IOException {
        var classes = new HashMap<String, byte[]>();
        try (var files = Files.list(folder)) {
            for (var file : (Iterable<Path>) files::iterator) {
                classes.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return classes;
    }

    private static void write(Path folder, Map<String, byte[]> classes) throws IOException {
        var half = Files.createTempDirectory(folder.getParent(), "half-");
        for (var entry : classes.entrySet()) {
            Files.write(half.resolve(entry.getKey()), entry.getValue());
        }
        try {
            Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Folders.delete(half); // somebody else wrote the same a moment ago
        }
    }

    /** The engine's jar and its date: jbang writes a new one for every change. */
    private static String engine() {
        try {
            var jar = Path.of(ClassCache.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return jar + " " + Files.getLastModifiedTime(jar) + " " + Files.size(jar) + " " + Runtime.version();
        } catch (IOException | java.net.URISyntaxException e) {
            throw new IllegalStateException("cannot find the engine's own jar", e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
