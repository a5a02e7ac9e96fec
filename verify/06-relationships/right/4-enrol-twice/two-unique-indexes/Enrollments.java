import java.sql.Connection;
import java.sql.SQLException;

/** Who takes which course. */
public class Enrollments {
    private static final String ENROL = """
            with new as (
              insert into app.enrollments (student_id, course_id) values (?, ?)
              on conflict do nothing
              returning 1
            )
            select count(*) as enrolled from new
            """;

    private final Connection connection;

    public Enrollments(Connection connection) {
        this.connection = connection;
    }

    /** Enrols a student. Returns whether the student was not in the course before. */
    public boolean enrol(long student, long course) throws SQLException {
        try (var insert = connection.prepareStatement(ENROL)) {
            insert.setLong(1, student);
            insert.setLong(2, course);
            try (var rows = insert.executeQuery()) {
                rows.next();
                return rows.getInt("enrolled") == 1;
            }
        }
    }
}
