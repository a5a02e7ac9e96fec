import java.sql.Connection;
import java.sql.SQLException;

/** Who takes which course. */
public class Enrollments {
    private final Connection connection;

    public Enrollments(Connection connection) {
        this.connection = connection;
    }

    /** Enrols a student. Returns whether the student was not in the course before. */
    public boolean enrol(long student, long course) throws SQLException {
        if (connection.getAutoCommit()) {
            return inserted(student, course);
        }
        var before = connection.setSavepoint();
        try {
            var inserted = inserted(student, course);
            connection.releaseSavepoint(before);
            return inserted;
        } catch (SQLException e) {
            connection.rollback(before);
            connection.releaseSavepoint(before);
            throw e;
        }
    }

    private boolean inserted(long student, long course) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into app.enrollments (student_id, course_id) values (?, ?)
                on conflict (course_id, student_id) do nothing
                returning student_id
                """)) {
            insert.setLong(1, student);
            insert.setLong(2, course);
            try (var rows = insert.executeQuery()) {
                return rows.next();
            }
        }
    }
}
