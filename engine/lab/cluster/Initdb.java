package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lab.LabException;
import lab.os.IoErrors;
import lab.os.Passwords;
import lab.os.Privileges;

/**
 * Makes data folders.
 *
 * @param binaries the folder with {@code bin/initdb}
 */
record Initdb(Path binaries, int major) {

    /**
     * Makes {@code folder/data}, with a superuser postgres who has this password. Takes the better part of a second.
     *
     * @param more options of initdb, besides those of every cluster of the lab
     */
    void into(Path folder, String password, List<String> more) throws IOException {
        var passwordFile = folder.resolve("admin-password");
        Passwords.writePrivately(passwordFile, password);
        Privileges.handOver(folder);
        var command = new ArrayList<>(Privileges.drop());
        command.addAll(Privileges.named());
        command.addAll(List.of(binaries.resolve("bin/initdb").toString(), "--pgdata", folder.resolve("data").toString(),
            "--username", "postgres", "--pwfile", passwordFile.toString(), "--auth", "scram-sha-256",
            "--encoding", "UTF8", "--no-locale", "--no-sync", "--no-instructions"));
        if (major >= 17) {
            command.addAll(List.of("--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"));
        }
        command.addAll(more);
        run(command, folder);
        Files.delete(passwordFile);
    }

    private static void run(List<String> command, Path folder) throws IOException {
        var log = folder.resolve("initdb.log");
        var process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
            .redirectOutput(log.toFile()).start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                var said = Files.readString(log);
                throw IoErrors.with("initdb failed", folder, said, "initdb failed: " + String.join(" ", command) + "\n" + said);
            }
            Files.delete(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while initdb ran", e);
        }
    }
}
