package terminal;

import java.sql.SQLException;
import lab.Database;

/** The statements that run on the lesson's database, seen by the superuser. */
record Backends(Database database) {

    /** Cancels what the app and the owner are running now. */
    void cancel() {
        try (var connection = database.admin().connect(); var cancel = connection.prepareStatement("""
                select pg_cancel_backend(pid) from pg_stat_activity
                where datname = current_database() and usename in (?, ?) and state = 'active'
                """)) {
            cancel.setString(1, database.app().user());
            cancel.setString(2, database.owner().user());
            cancel.executeQuery();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot cancel what runs on " + database.name() + ": " + e.getMessage(), e);
        }
    }
}
