package kernel.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import lab.Database;
import lab.LabException;
import lab.Progress;
import lab.Server;
import lab.os.TempFolder;
import lab.provider.PracticeServer;

/** The server on which a lesson's scripts run, and the folder that their files are in. */
public record PracticeShell(Server server, ShellKernel kernel, TempFolder tempFolder) implements AutoCloseable {

    /** @throws LabException with a sentence, where there can be no such server */
    public static PracticeShell beside(Server lessons, Progress progress) throws LabException {
        var server = PracticeServer.beside(lessons, progress);
        try {
            var tempFolder = TempFolder.of("scripts");
            return new PracticeShell(server, new ShellKernel(server, Database.on(server, server.lessonDatabase()), tempFolder.folder()), tempFolder);
        } catch (IOException e) {
            server.close();
            throw new UncheckedIOException("cannot make a temporary folder for scripts", e);
        }
    }

    @Override public void close() throws IOException {
        try (tempFolder; server) {
            kernel.close();
        }
    }
}
