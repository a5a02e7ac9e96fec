package grading;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Migrations of an answer, run as a deployment runs them: by Flyway, as the owner. */
public final class AnswerMigrations {
    private AnswerMigrations() { }

    /** Flyway on the clone with the answer's files, to be configured further. Its own lock keeps no {@code create index concurrently} waiting. */
    public static FluentConfiguration configure(Clone clone, Answer answer) {
        var configuration = Flyway.configure().dataSource(clone.owner().url(), clone.owner().user(), clone.owner().password())
            .locations("filesystem:" + answer.folder());
        configuration.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
        return configuration;
    }

    /** Runs all of them. A failure is the learner's, with PostgreSQL's words. */
    public static void run(Clone clone, Answer answer) {
        Expect.works("The migrations run", () -> configure(clone, answer).load().migrate(), "PostgreSQL's words name the file and its line.");
    }
}
