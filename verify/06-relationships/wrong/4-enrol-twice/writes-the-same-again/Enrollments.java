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
        // In a row that is new xmax is 0.
        try (var insert = connection.prepareStatement("""
                insert into app.enrollments (student_id, course_id) values (?, ?)
                on conflict (student_id, course_id) do update set student_id = excluded.student_id
                returning xmax = 0""")) {
            insert.setLong(1, student);
            insert.setLong(2, course);
            try (var rows = insert.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }
}
