package grading.host;

import grading.Clone;
import grading.protocol.Logins;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import lab.Database;
import lab.redis.Redis;

/** The databases that one trial uses: the one that was made ready for it, and one more for each check that wants its own. */
final class VerificationDatabases {
    private final Server server;
    private final Future<Database> first;
    private final List<Database> used = new ArrayList<>();
    private Optional<Redis> redis = Optional.empty();

    /** Where databases come from and go to. */
    interface Server {
        Database another() throws InterruptedException;

        Clone as(Database database);

        Redis redis() throws InterruptedException;

        String version();

        boolean exists(Database database) throws InterruptedException;

        /** Nobody has used it: the next trial may. */
        void keep(Future<Database> unused);

        void giveBack(Database used);
    }

    VerificationDatabases(Server server, Future<Database> first) {
        this.server = server;
        this.first = first;
    }

    /** The first database, as fields of a message to the worker. */
    List<String> first() throws InterruptedException {
        return use(DatabasePool.await(first));
    }

    /** A fresh database, as fields of a message to the worker. */
    List<String> another() throws InterruptedException {
        return use(server.another());
    }

    /** A Redis of this trial alone, as fields of a message to the worker. */
    List<String> redis() throws InterruptedException {
        if (redis.isEmpty()) {
            redis = Optional.of(server.redis());
        }
        var started = redis.get();
        return List.of(started.host(), Integer.toString(started.port()), started.password(), started.uri());
    }

    /** How many it has used. */
    int count() {
        return used.size();
    }

    String version() {
        return server.version();
    }

    /** Whether the answer dropped one of them. */
    boolean oneIsGone() throws InterruptedException {
        for (var database : used) {
            if (!server.exists(database)) {
                return true;
            }
        }
        return false;
    }

    /** Afterwards. The first one may serve again if nobody has touched it. */
    void giveBack() {
        if (used.isEmpty()) {
            server.keep(first);
        }
        used.forEach(server::giveBack);
        redis.ifPresent(Redis::close);
    }

    private List<String> use(Database database) {
        used.add(database);
        return Logins.fields(server.as(database));
    }
}
