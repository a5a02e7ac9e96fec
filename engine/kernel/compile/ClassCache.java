package kernel.compile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import jvm.IsolatedJvm;
import lab.os.Caches;
import lab.os.Folders;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Compiled classes on disk, under a key made of the sources and of the engine they were compiled against. A source that
 * meets another engine has another key, so nothing stale can be found.
 */
public final class ClassCache {
    private static final String ENGINE = engine();
    /** Beside code of somebody else, nothing is believed that others could have written, and nothing is left for others. */
    private static final Map<String, Map<String, byte[]>> IN_MEMORY = new HashMap<>();
    private static final String SUM = "sum";

    private ClassCache() { }

    /** @param purpose keeps apart what is made of the same sources in different ways */
    public static String key(String purpose, List<Path> sources) throws IOException {
        var digest = DigestUtils.getSha256Digest();
        digest.update((purpose + "\n" + ENGINE + "\n").getBytes());
        for (var source : sources) {
            digest.update((source.getFileName() + "\n").getBytes());
            digest.update(Files.readAllBytes(source));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 12);
    }

    /** The classes under the key, made and kept if they are not there. A damaged entry is made again. */
    public static synchronized Map<String, byte[]> get(String key, Supplier<Map<String, byte[]>> make) {
        if (IsolatedJvm.isHere()) {
            var kept = IN_MEMORY.get(key);
            if (kept == null) { // making one may need another
                kept = make.get();
                IN_MEMORY.put(key, kept);
            }
            return kept;
        }
        var folder = Caches.folder("compiled").resolve(key);
        try {
            var kept = read(folder);
            if (kept.isPresent()) {
                return kept.get();
            }
            Folders.delete(folder);
            var classes = make.get();
            write(folder, classes);
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use the cache of compiled classes in " + folder, e);
        }
    }

    /** Nothing when the entry is missing, or is not what was written. */
    private static Optional<Map<String, byte[]>> read(Path folder) {
        var classes = new TreeMap<String, byte[]>();
        try (var files = Files.list(folder)) {
            for (var file : (Iterable<Path>) files::iterator) {
                classes.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty(); // never made, or being removed by somebody: made again either way
        }
        var sum = classes.remove(SUM);
        return sum != null && new String(sum).equals(sum(classes)) ? Optional.of(classes) : Optional.empty();
    }

    private static void write(Path folder, Map<String, byte[]> classes) throws IOException {
        var half = Files.createTempDirectory(folder.getParent(), "half-");
        try {
            for (var entry : classes.entrySet()) {
                Files.write(half.resolve(entry.getKey()), entry.getValue());
            }
            Files.writeString(half.resolve(SUM), sum(new TreeMap<>(classes)));
            Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(folder)) { // else somebody wrote the same a moment ago
                throw e;
            }
        } finally {
            Folders.delete(half);
        }
    }

    private static String sum(TreeMap<String, byte[]> classes) {
        var digest = DigestUtils.getSha256Digest();
        classes.forEach((name, bytes) -> {
            digest.update((name + " " + bytes.length + "\n").getBytes());
            digest.update(bytes);
        });
        return HexFormat.of().formatHex(digest.digest());
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
}
