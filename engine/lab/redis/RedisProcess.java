package lab.redis;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lab.LabException;
import lab.Progress;
import lab.os.Guard;
import lab.os.IoErrors;
import lab.os.Passwords;
import lab.os.TempFolder;

/** Redis as a process of this machine, with the same guard as PostgreSQL: it does not outlive the JVM, however that ends. */
final class RedisProcess {
    private static final int PORTS_TO_TRY = 5;

    private RedisProcess() { }

    static Redis start(Progress progress) throws LabException {
        var program = RedisBinary.find(progress);
        for (int attempt = 1; ; attempt++) {
            try {
                return start(program);
            } catch (Redis.Ended e) {
                if (attempt == PORTS_TO_TRY) {
                    throw e;
                }
            } catch (IOException e) {
                throw new LabException("could not prepare a folder for Redis: " + IoErrors.describe(e), e);
            }
        }
    }

    private static Redis start(Path program) throws IOException {
        var tempFolder = TempFolder.of("redis");
        var folder = tempFolder.folder();
        var port = freePort();
        var password = Passwords.secret();
        // In a file that only its owner may read: everybody can see the arguments of a process.
        Passwords.writePrivately(folder.resolve("redis.conf"), configuration(port, password));
        // Kept folders are those whose server is sent SIGINT; SIGQUIT, which ends PostgreSQL faster, does not reach Redis.
        var guard = Guard.start(List.of(program.toString(), "redis.conf"), folder, Guard.Ending.KEEP);
        var redis = new Redis("127.0.0.1", port, password, () -> {
            Guard.release(guard);
            tempFolder.close();
        });
        try {
            return redis.awaitReady(() -> guard.isAlive() && !Files.exists(folder.resolve(Guard.EXITED)));
        } catch (LabException e) {
            redis.close();
            throw e;
        }
    }

    private static String configuration(int port, String password) {
        return """
            bind 127.0.0.1
            port %d
            requirepass %s
            protected-mode yes
            daemonize no
            save ""
            appendonly no
            """.formatted(port, password);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
