package lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lab.os.Folders;

/** A folder in which a test makes a course of its own. */
public record CourseFolder(Path root) implements AutoCloseable {

    /** @param prefix of the folder's name */
    public static CourseFolder of(String prefix) {
        try {
            var folder = new CourseFolder(Files.createTempDirectory(prefix).toRealPath());
            folder.write("jbang-catalog.json", "{}");
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a course in a folder of its own", e);
        }
    }

    public Home home() {
        return new Home(root);
    }

    /** @param name of a file, from the root of the course */
    public void write(String name, String text) {
        try {
            var file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + name, e);
        }
    }

    @Override public void close() {
        try {
            Folders.delete(root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + root, e);
        }
    }
}
