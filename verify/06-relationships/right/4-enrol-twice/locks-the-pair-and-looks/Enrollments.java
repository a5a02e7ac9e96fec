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
        try (var lock = connection.prepareStatement("select pg_advisory_xact_lock(hashtextextended(? || '/' || ?, 6))")) {
            lock.setString(1, "" + student);
            lock.setString(2, "" + course);
            lock.execute();
        }
        try (var insert = connection.prepareStatement("""
                insert into app.enrollments (student_id, course_id) select ?, ?
                where not exists (select from app.enrollments where student_id = ? and course_id = ?)""")) {
            insert.setLong(1, student);
            insert.setLong(2, course);
            insert.setLong(3, student);
            insert.setLong(4, course);
            return insert.executeUpdate() == 1;
        }
    }
}
