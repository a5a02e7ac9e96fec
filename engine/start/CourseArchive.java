package start;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** The zip of a repository: what it holds lies in one folder, of whatever name. */
final class CourseArchive {
    /** Of all files together; the course has 20 MB. */
    private static final long MAX_BYTES = 400_000_000;
    private long bytes;

    /**
     * Unpacks what is in the zip's one folder. Programs may be run afterwards: a zip read by Java has lost who may.
     *
     * @throws StartFailed for a zip that is too large, or has a file elsewhere
     */
    static void unpack(Path zip, Path folder) throws IOException, StartFailed {
        try (var file = new ZipFile(zip.toFile())) {
            var commit = Optional.ofNullable(file.getComment()).filter(comment -> comment.matches("[0-9a-f]{40}")); // git's habit
            Files.writeString(folder.resolve(".commit"), commit.map(hash -> hash + "\n").orElse(""));
        }
        try (var in = new ZipInputStream(Files.newInputStream(zip))) {
            var archive = new CourseArchive();
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                archive.write(entry, in, folder);
            }
        }
    }

    private void write(ZipEntry entry, InputStream in, Path folder) throws IOException, StartFailed {
        var inside = entry.getName().replaceFirst("^[^/]*/", "");
        var file = folder.resolve(inside).normalize();
        if (!file.startsWith(folder)) {
            throw new StartFailed("the archive has a file outside of its folder, " + entry.getName().replaceAll("\\p{Cntrl}", "?") + "; nothing of it is used");
        }
        if (entry.isDirectory() || inside.isEmpty()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        try (var out = Files.newOutputStream(file)) {
            var part = new byte[64 * 1024];
            var isProgram = false;
            for (int read = in.read(part), all = 0; read > 0; all += read, read = in.read(part)) {
                isProgram |= all == 0 && read > 1 && part[0] == '#' && part[1] == '!';
                out.write(part, 0, counted(read));
            }
            if (isProgram) {
                file.toFile().setExecutable(true, false);
            }
        }
    }

    private int counted(int read) throws StartFailed {
        bytes += read;
        if (bytes > MAX_BYTES) {
            throw new StartFailed("the archive has more than " + MAX_BYTES / 1_000_000 + " MB; nothing of it is used");
        }
        return read;
    }
}
