import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** Who takes which course. */
public class Enrollments {
    private record Click(long student, long course) { }

    private static final String ENROL = """
            insert into app.enrollments (student_id, course_id, enrolled_at) values (?, ?, clock_timestamp())
            on conflict (student_id, course_id) do nothing
            """;

    private final Connection connection;
    /** Most second clicks come right after the first: they need not go to the database at all. */
    private final Set<Click> seen = new HashSet<>();

    public Enrollments(Connection connection) {
        this.connection = connection;
    }

    /** Enrols a student. Returns whether the student was not in the course before. */
    public boolean enrol(long student, long course) throws SQLException {
        var click = new Click(student, course);
        if (seen.contains(click)) {
            return false;
        }
        try (var insert = connection.prepareStatement(ENROL)) {
            insert.setLong(1, student);
            insert.setLong(2, course);
            var added = insert.executeUpdate() == 1;
            seen.add(click);
            return added;
        }
    }
}
