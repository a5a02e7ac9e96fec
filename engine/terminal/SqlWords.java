package terminal;

import java.util.List;

/** The words of SQL that are worth a completion, most of them keywords, some of them functions of every day. */
final class SqlWords {
    static final List<String> KEYWORDS = List.of(("""
        add all alter analyze and any array as asc begin between bigint boolean buffers by cascade case cast check column \
        commit concurrently conflict constraint copy create cross current_user database date default delete desc distinct do \
        drop else end except exists explain false fetch filter first for foreign format from full function generated grant \
        group having identity if ilike in index inner insert integer intersect interval into is isolation join json jsonb key \
        last lateral left level like limit listen lock materialized merge nothing not notify null nulls numeric of offset on \
        only or order outer over partition primary read recursive references release repeatable reset returning revoke right \
        role rollback row rows savepoint schema select sequence serializable set share show skip table temporary text then \
        time timestamptz to transaction true truncate union unique update using uuid vacuum values verbose view when where \
        window with""").split("\\s+"));

    static final List<String> FUNCTIONS = List.of("avg", "coalesce", "count", "current_setting", "date_trunc", "generate_series",
        "jsonb_build_object", "lag", "lead", "max", "min", "now", "nullif", "pg_backend_pid", "pg_blocking_pids",
        "pg_relation_size", "pg_size_pretty", "pg_sleep", "pg_total_relation_size", "row_number", "string_agg", "sum", "uuidv7");

    private SqlWords() { }
}
