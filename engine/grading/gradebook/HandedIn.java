package grading.gradebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that somebody has handed in.
 *
 * @param name its path below the folder, with slashes: "anna.zip", "anna/2026-11-30-101500.zip"
 */
public record HandedIn(Path path, String name) {

    /**
     * All files below a folder, in order of their names. Links are not followed, and what begins with a dot is nobody's work.
     *
     * @param except a folder of ours that may lie in it
     * @throws UncheckedIOException where it cannot be read
     */
    public static List<HandedIn> in(Path folder, Path except) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && !file.toAbsolutePath().startsWith(except.toAbsolutePath()))
                .map(file -> new HandedIn(file, folder.relativize(file).toString().replace('\\', '/')))
                .filter(file -> !file.name().startsWith(".") && !file.name().contains("/."))
                .sorted(java.util.Comparator.comparing(HandedIn::name)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }
}
