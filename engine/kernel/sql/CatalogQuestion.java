package kernel.sql;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What people ask who come from MySQL, and the query that answers it here: {@code show tables}, {@code show databases},
 * {@code show schemas}, {@code show columns from t}, {@code show indexes from t}, {@code describe t}. All else that
 * begins with show is PostgreSQL's own and names a setting.
 *
 * @param query of one statement
 * @param name  of the table that is asked about, as it was typed; empty where it is about none
 */
public record CatalogQuestion(String query, String name) {
    private static final String NAME = "((?:\"[^\"]+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)(?:\\.(?:\"[^\"]+\"|[\\p{L}_][\\p{L}\\p{N}_$]*))?)";
    private static final Pattern LIST = asked("show\\s+(?:full\\s+)?(tables|databases|schemas)");
    private static final Pattern COLUMNS = asked("(?:show\\s+(?:full\\s+)?(?:columns|fields)\\s+(?:from|in)|describe|desc)\\s+" + NAME);
    private static final Pattern INDEXES = asked("show\\s+(?:index|indexes|keys)\\s+(?:from|in|on)\\s+" + NAME);
    private static final Set<String> NO_SUCH_TABLE = Set.of("42P01", "3F000", "42602");
    private static final String TABLES = CatalogQueries.relations("'r', 'p', 'v', 'm', 'f'");
    private static final String DATABASES = """
        select datname as name, pg_get_userbyid(datdba) as owner, datname = current_database() as connected_to
        from pg_database where datallowconn and not datistemplate order by 1""";
    private static final String SCHEMAS = "select n.nspname as name, pg_get_userbyid(n.nspowner) as owner from pg_namespace n where " + CatalogQueries.OURS + " order by 1";
    private static final String COLUMNS_OF = """
        select a.attname as column, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as may_be_null,
               case when a.attidentity <> '' then 'identity' else pg_get_expr(d.adbin, d.adrelid) end as default
        from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attrelid = '%s'::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum""";
    private static final String INDEXES_OF = """
        select c.relname as name, i.indisunique as is_unique, pg_get_indexdef(i.indexrelid) as definition
        from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = '%s'::regclass order by 1""";

    private static Pattern asked(String words) {
        return Pattern.compile("(?i)\\s*" + words + "\\s*;?\\s*");
    }

    /** The question, where the statement is one; comments before it aside. */
    public static Optional<CatalogQuestion> of(String statement) {
        var list = LIST.matcher(statement);
        if (list.matches()) {
            return Optional.of(new CatalogQuestion(switch (list.group(1).toLowerCase(Locale.ROOT)) {
                case "tables" -> TABLES;
                case "databases" -> DATABASES;
                default -> SCHEMAS;
            }, ""));
        }
        return about(COLUMNS, COLUMNS_OF, statement).or(() -> about(INDEXES, INDEXES_OF, statement));
    }

    private static Optional<CatalogQuestion> about(Pattern asked, String query, String statement) {
        var found = asked.matcher(statement);
        return found.matches() ? Optional.of(new CatalogQuestion(query.formatted(found.group(1).replace("'", "''")), found.group(1))) : Optional.empty();
    }

    /** Whether PostgreSQL has refused the query because there is no such table. */
    public boolean isUnanswered(SQLException refused) {
        return !name.isEmpty() && NO_SUCH_TABLE.contains(String.valueOf(refused.getSQLState()));
    }

    /** What to say where PostgreSQL knows no such table. */
    public String nothingFound() {
        return "there is no table, view or index named " + name + "; show tables lists what there is";
    }
}
