package grading;

import java.sql.SQLException;

/**
 * What time limits the sessions have that write to a table, so that a check of patience need not wait longer than the shortest. A trigger
 * writes it into a column of type text of each row, until this is closed. Those that Java sets are the business of {@link QueryTimeouts}.
 */
public final class TimeLimits implements AutoCloseable {
    /** Milliseconds, where a session has no limit. */
    public static final long NONE = Integer.MAX_VALUE;
    private final Clone clone;

    private TimeLimits(Clone clone) {
        this.clone = clone;
    }

    /** From now on, in this column. */
    public static TimeLimits in(Clone clone, String table, String column) throws SQLException {
        Sql.execute(clone.owner(), """
            create schema verifiers_limits;
            create function verifiers_limits.tell() returns trigger language plpgsql as $$ begin
              new.%1$s := (select coalesce(min(setting::bigint), %2$d) from pg_settings where name in ('lock_timeout', 'statement_timeout', 'transaction_timeout') and setting <> '0');
              return new;
            end $$;
            create trigger verifiers_limits before insert or update on %3$s for each row execute function verifiers_limits.tell()""".formatted(column, NONE, table));
        return new TimeLimits(clone);
    }

    @Override public void close() throws SQLException {
        Sql.execute(clone.owner(), "drop function verifiers_limits.tell() cascade; drop schema verifiers_limits");
    }
}
