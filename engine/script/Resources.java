package script;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import kernel.output.Output;
import lab.Database;
import lab.LabException;
import lab.Login;
import lab.Progress;
import lab.docker.DockerPgBouncer;
import lab.net.SlowNetwork;
import lab.os.TempFolder;
import lab.redis.Redis;
import lab.tls.ServerTls;

/** Things that a lesson makes and that vanish with it. */
final class Resources {
    private Resources() { }

    static Database database(String purpose) throws SQLException {
        var run = LessonRun.current();
        var databases = run.lab().databases();
        var database = databases.create(purpose);
        run.closing(() -> databases.drop(database));
        return database;
    }

    static Optional<Login> pgBouncer(Map<String, String> settings) {
        var run = LessonRun.current();
        try {
            var bouncer = DockerPgBouncer.inFrontOf(run.lab().server(), run.database().name(), settings, Progress.SILENT);
            return Optional.of(run.closing(bouncer).app());
        } catch (LabException e) {
            run.show(new Output.Skipped(e.getMessage()));
            return Optional.empty();
        }
    }

    static Login slow(Login login, Duration roundTrip) {
        return LessonRun.current().closing(SlowNetwork.before(login, roundTrip)).login();
    }

    static Redis redis() {
        var run = LessonRun.current();
        return run.closing(Redis.beside(run.lab().server(), Progress.SILENT));
    }

    static Optional<ServerTls> tls() {
        var run = LessonRun.current();
        try {
            return Optional.of(run.closing(ServerTls.on(run.lab().server())));
        } catch (LabException e) {
            run.show(new Output.Skipped(e.getMessage()));
            return Optional.empty();
        }
    }

    static Path folder(String name) {
        try {
            return LessonRun.current().closing(TempFolder.of(name)).folder();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder for " + name, e);
        }
    }
}
