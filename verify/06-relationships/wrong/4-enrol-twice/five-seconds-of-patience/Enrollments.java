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
        try (var insert = connection.prepareStatement("""
                insert into app.enrollments (student_id, course_id) values (?, ?)
                on conflict (student_id, course_id) do nothing""")) {
            insert.setLong(1, student);
            insert.setLong(2, course);
            insert.setQueryTimeout(5);   // seconds; nobody waits longer for a page
            return insert.executeUpdate() == 1;
        }
    }
}
