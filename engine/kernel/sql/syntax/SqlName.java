package kernel.sql.syntax;

import java.util.List;

/**
 * The name of something in a database, as it is written: "users" or "lab.users".
 *
 * @param parts at least one, without quotes
 */
public record SqlName(List<String> parts) {
    public SqlName {
        parts = List.copyOf(parts);
    }

    /** Of a name as PostgreSQL's messages have it, where dots separate its parts. */
    public static SqlName of(String text) {
        return new SqlName(List.of(text.split("\\.")));
    }

    /** Without schema or table. */
    public String last() {
        return parts.getLast();
    }

    /** Whether both may mean the same: "users" may be "lab.users", and "lab.users" is not "app.users". */
    public boolean mayBe(SqlName other) {
        for (int i = 1; i <= Math.min(parts.size(), other.parts.size()); i++) {
            if (!parts.get(parts.size() - i).equals(other.parts.get(other.parts.size() - i))) {
                return false;
            }
        }
        return true;
    }

    @Override public String toString() {
        return String.join(".", parts);
    }
}
