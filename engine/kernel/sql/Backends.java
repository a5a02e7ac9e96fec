package kernel.sql;

import java.sql.SQLException;
import lab.Database;
import lab.SqlErrors;

/** What runs on the lesson's database and on those that the lesson made for itself, seen by the superuser. */
public record Backends(Database database) {
    /** The databases of a run begin with the name of its first one. */
    static final String OURS = "(datname = current_database() or starts_with(datname, current_database() || '_'))";

    /** Cancels what is running there now, whoever runs it. */
    public void cancel() {
        try (var connection = database.admin().connect("course: cancel"); var cancel = connection.createStatement()) {
            cancel.execute("select pg_cancel_backend(pid) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid()"
                + " and backend_type = 'client backend' and application_name not in ('course: cancel', 'course: watch') and " + OURS);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot cancel what runs on " + database.name() + ": " + SqlErrors.describe(e), e);
        }
    }
}
