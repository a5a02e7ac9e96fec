package kernel.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import kernel.output.Output;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What other sessions have notified a session of that listens. As psql does, it is shown after the next statement. */
public final class Notifications {
    private Notifications() { }

    /** Shows what has come since the last time. */
    public static void shown(Connection connection, Consumer<Output> show) throws SQLException {
        var notifications = connection.unwrap(PGConnection.class).getNotifications();
        for (var each : notifications == null ? new PGNotification[0] : notifications) {
            show.accept(new Output.Log("server", List.of("Notification on " + each.getName()
                + (each.getParameter().isEmpty() ? "" : " with \"" + each.getParameter() + "\"") + ", sent by the backend " + each.getPID())));
        }
    }
}
