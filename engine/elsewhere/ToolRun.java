package elsewhere;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import lab.LabException;
import lab.Login;
import lab.Progress;
import lab.os.Processes;
import lab.os.TempFolder;
import lab.provider.Providers;
import script.Migrations;

/**
 * Runs a program of another tool on a database of its own, which holds what the lesson begins with. It connects as the owner, by the
 * variables that libpq, node-postgres and their like read by themselves ({@code PGHOST} …), or by {@code DATABASE_URL} or
 * {@code JDBC_URL}. The folder in which it runs is one that PostgreSQL can use as well, for a server of its own.
 */
public final class ToolRun {
    /** The first run of a program in Java fetches its libraries. */
    private static final Duration TIMEOUT = Duration.ofMinutes(8);

    private ToolRun() { }

    /**
     * What the program prints.
     *
     * @param db the word after {@code --db}
     * @throws LabException where it cannot be run, does not end in eight minutes, or ends with another code than 0: with what it said
     */
    public static String output(ToolProgram program, String db) throws IOException, InterruptedException {
        try (var lab = Providers.open(db, Migrations.before(program.lesson()), Progress.SILENT); var temporary = TempFolder.ofServers("elsewhere")) {
            var environment = environment(lab.lessonDatabase().owner());
            if (program.command().getFirst().equals("node")) {
                environment = new java.util.HashMap<>(environment);
                environment.put("NODE_PATH", NodePackages.folder(program.lesson().home().root().resolve("engine/elsewhere")).toString());
            }
            return run(program, environment, temporary.folder());
        }
    }

    private static String run(ToolProgram program, Map<String, String> environment, Path folder) throws IOException, InterruptedException {
        var printed = folder.resolve("printed.txt");
        var errors = folder.resolve("errors.txt");
        var builder = new ProcessBuilder(program.command()).directory(folder.toFile())
            .redirectOutput(printed.toFile()).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var ended = Processes.endsWithin(TIMEOUT, process);
        if (!ended || process.exitValue() != 0) {
            throw new LabException(program.name() + (ended ? " ended with " + process.exitValue() : " did not end within " + TIMEOUT.toMinutes() + " minutes")
                + ":\n" + (Files.readString(printed) + Files.readString(errors)).strip());
        }
        return Files.readString(printed);
    }

    private static Map<String, String> environment(Login owner) {
        var uri = URI.create(owner.url().substring("jdbc:".length()));
        var database = uri.getPath().substring(1);
        return Map.of("PGHOST", uri.getHost(), "PGPORT", String.valueOf(uri.getPort()), "PGDATABASE", database, "PGUSER", owner.user(),
            "PGPASSWORD", owner.password(), "JDBC_URL", owner.url(), "TZ", "UTC", "PYTHONDONTWRITEBYTECODE", "1",
            "DATABASE_URL", "postgresql://" + owner.user() + ":" + owner.password() + "@" + uri.getAuthority() + "/" + database);
    }
}
