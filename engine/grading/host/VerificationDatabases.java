package grading.host;

import grading.Clone;
import grading.PostgresPrograms;
import grading.RedisClone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import lab.Database;
import lab.redis.Redis;
import lesson.Exercise;

/** The databases of one verification: the one that was made ready for it, and one more for each check that wants its own. */
final class VerificationDatabases {
    private final DatabasePool pool;
    private final Exercise exercise;
    private final Future<Database> first;
    private final List<Database> used = new ArrayList<>();
    private Optional<Redis> redis = Optional.empty();

    /** Begins to make the first one. */
    VerificationDatabases(DatabasePool pool, Exercise exercise) {
        this.pool = pool;
        this.exercise = exercise;
        first = pool.take(exercise);
    }

    /** The database of all checks that do not ask for their own. */
    Clone first() throws InterruptedException {
        return use(DatabasePool.await(first));
    }

    /** A fresh database. */
    Clone another() throws InterruptedException {
        return use(DatabasePool.await(pool.take(exercise)));
    }

    private Clone use(Database database) {
        used.add(database);
        return pool.server().logins(database);
    }

    /** The Redis of this verification, started when it is first asked for. */
    RedisClone redis() throws InterruptedException {
        if (redis.isEmpty()) {
            redis = Optional.of(pool.redis());
        }
        var started = redis.get();
        return new RedisClone(started.host(), started.port(), started.password(), started.uri());
    }

    /** PostgreSQL's programs on this machine, of the server's release where the course has it. */
    PostgresPrograms programs() {
        return pool.server().programs();
    }

    /** What the server has logged since then; empty where the lab cannot read its log. */
    Optional<List<String>> log(Instant since) {
        return pool.server().log(since);
    }

    /** The server's version, "18.6". */
    String version() {
        return pool.server().version();
    }

    /** Why nothing can be judged, where the server is gone or says nothing any more. */
    Optional<String> reasonLost() {
        return pool.server().reasonLost();
    }

    /** Whether the answer has dropped one of them. */
    boolean oneIsGone() throws InterruptedException {
        for (var database : used) {
            if (!pool.exists(database)) {
                return true;
            }
        }
        return false;
    }

    /** Afterwards: drops what was used. The first one serves the next verification where nobody has touched it. */
    void giveBack() {
        if (used.isEmpty()) {
            pool.keep(exercise, first);
        }
        pool.noteUse(exercise, used.size());
        used.forEach(pool::giveBack);
        redis.ifPresent(Redis::close);
    }
}
