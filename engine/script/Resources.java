package script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import lab.Database;
import lab.Folders;

/** Things that a lesson makes and that vanish with it. */
final class Resources {
    private Resources() { }

    static Database database(String purpose) throws SQLException {
        var run = Run.current();
        var databases = run.lab().databases();
        var database = databases.create(purpose);
        run.closing(() -> databases.drop(database));
        return database;
    }

    static Path folder(String name) {
        try {
            var folder = Files.createTempDirectory("course-" + name + "-");
            Run.current().closing(() -> Folders.delete(folder));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder for " + name, e);
        }
    }
}
