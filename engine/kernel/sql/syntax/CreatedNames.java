package kernel.sql.syntax;

import java.util.Set;

/**
 * What a text of SQL gives a name to: tables, functions, schemas, roles, prepared statements, settings of the course's own and
 * so on; also in the bodies of {@code do} and of functions. Read word by word, so it is an answer for help, not for a decision.
 *
 * @param objects by their names as they are written, "lab.users" or "users"; columns and constraints that are added, too
 * @param columns of the tables that are created
 */
public record CreatedNames(Set<SqlName> objects, Set<String> columns) {
    /** Reads a text of any number of statements, whether PostgreSQL would take them or not. */
    public static CreatedNames of(String sql) {
        return new CreatedNamesReader(sql).created();
    }

    /** All names with their dots that stand in a text, keywords included; what stands in quotes and comments is left out. */
    public static Set<SqlName> mentioned(String sql) {
        return new CreatedNamesReader(sql).mentioned();
    }
}
