package kernel.sql.syntax;

import java.util.List;
import java.util.Set;

/** The words of SQL that are worth a completion, most of them keywords, some of them functions of every day. */
public final class SqlKeywords {
    public static final List<String> KEYWORDS = List.of(("""
        add all alter analyze and any array as asc begin between bigint boolean buffers by cascade case cast check column \
        commit concurrently conflict constraint copy create cross current_user database date default delete desc distinct do \
        drop else end except exists explain false fetch filter first for foreign format from full function generated grant \
        group having identity if ilike in index inner insert integer intersect interval into is isolation join json jsonb key \
        last lateral left level like limit listen lock materialized merge nothing not notify null nulls numeric of offset on \
        only or order outer over partition primary read recursive references release repeatable reset returning revoke right \
        role rollback row rows savepoint schema select sequence serializable set share show skip table temporary text then \
        time timestamptz to transaction true truncate union unique update using uuid vacuum values verbose view when where \
        window with""").split("\\s+"));

    public static final List<String> FUNCTIONS = List.of("avg", "coalesce", "count", "current_setting", "date_trunc", "generate_series",
        "jsonb_build_object", "lag", "lead", "max", "min", "now", "nullif", "pg_backend_pid", "pg_blocking_pids",
        "pg_relation_size", "pg_size_pretty", "pg_sleep", "pg_total_relation_size", "row_number", "string_agg", "sum", "uuidv7");

    /** Those that PostgreSQL never reads as the name of a table or an alias without {@code as}. */
    public static final Set<String> RESERVED = Set.of(("""
        all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create cross \
        current_date current_role current_time current_timestamp current_user default deferrable desc distinct do else end \
        except false fetch for foreign from full grant group having in initially inner intersect into is isnull join \
        lateral leading left like limit localtime localtimestamp natural not notnull null offset on only or order outer \
        over overlaps placing primary references returning right select session_user set similar some symmetric \
        tablesample then to trailing true union unique user using values variadic verbose when where window with""").split("\\s+"));

    private SqlKeywords() { }
}
