package kernel.sql;

/** Questions to the catalog that a cell and a prompt ask alike. */
public final class CatalogQueries {
    /** Of {@code pg_namespace n}: neither PostgreSQL's own nor the standard's. */
    public static final String OURS = "n.nspname !~ '^pg_' and n.nspname <> 'information_schema'";

    private CatalogQueries() { }

    /** What is there, with its schema, kind and owner. @param kinds letters of {@code relkind} in quotes, separated by commas */
    public static String relations(String kinds) {
        return """
            select n.nspname as schema, c.relname as name,
                   case c.relkind when 'r' then 'table' when 'p' then 'partitioned table' when 'v' then 'view'
                                  when 'm' then 'materialized view' when 'S' then 'sequence' else 'foreign table' end as type,
                   pg_get_userbyid(c.relowner) as owner
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in (%s) and %s order by 1, 2""".formatted(kinds, OURS);
    }
}
