package terminal.prompt;

import java.util.List;
import kernel.sql.CatalogQueries;

/** Questions to the catalog behind the backslash commands. */
final class SqlCatalog {
    private static final String OURS = " " + CatalogQueries.OURS + " ";

    static final String RELATIONS = CatalogQueries.relations("'r', 'p', 'v', 'm', 'S', 'f'");

    static final String TABLES = """
        select n.nspname as schema, c.relname as name, pg_get_userbyid(c.relowner) as owner,
               case when c.reltuples < 0 then null else c.reltuples::bigint end as rows_estimated,
               pg_size_pretty(pg_table_size(c.oid)) as size
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and""" + OURS + "order by 1, 2";

    static final String INDEXES = """
        select n.nspname as schema, c.relname as name, i.indrelid::regclass::text as on_table,
               pg_size_pretty(pg_relation_size(c.oid)) as size, i.indisunique as is_unique, i.indisvalid as is_valid
        from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
        where""" + OURS + "order by 3, 2";

    static final String ROLES = """
        select rolname as role, rolsuper as superuser, rolcreatedb as may_create_databases, rolcanlogin as may_log_in,
               (select string_agg(m.roleid::regrole::text, ', ') from pg_auth_members m where m.member = r.oid) as member_of
        from pg_roles r where rolname !~ '^pg_' order by 1""";

    static final String CONNECTION = """
        select current_user as role, current_database() as database, pg_backend_pid() as backend,
               split_part(version(), ' ', 1) || ' ' || current_setting('server_version') as server""";

    /** One part of the description of a table; {@code ?} is its name. */
    record Part(String title, String query) { }

    static final List<Part> PARTS = List.of(
        new Part("", """
            select a.attname as column, format_type(a.atttypid, a.atttypmod) as type, not a.attnotnull as may_be_null,
                   case when a.attidentity <> '' then 'generated ' || case a.attidentity when 'a' then 'always' else 'by default' end || ' as identity'
                        else pg_get_expr(d.adbin, d.adrelid) end as default
            from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where a.attrelid = to_regclass(?) and a.attnum > 0 and not a.attisdropped order by a.attnum"""),
        new Part("Indexes", """
            select pg_get_indexdef(indexrelid) || case when indisvalid then '' else '  -- invalid' end
            from pg_index where indrelid = to_regclass(?) order by indisprimary desc, indexrelid::regclass::text"""),
        new Part("Constraints", """
            select conname || ' ' || pg_get_constraintdef(oid) from pg_constraint where conrelid = to_regclass(?) order by contype, conname"""),
        new Part("Referenced by", """
            select conrelid::regclass || ': ' || conname || ' ' || pg_get_constraintdef(oid)
            from pg_constraint where confrelid = to_regclass(?) order by 1"""),
        new Part("Triggers", """
            select pg_get_triggerdef(oid) from pg_trigger where tgrelid = to_regclass(?) and not tgisinternal order by tgname"""),
        new Part("Policies", """
            select polname || ': ' || coalesce(pg_get_expr(polqual, polrelid), 'true') from pg_policy where polrelid = to_regclass(?) order by 1"""));

    private SqlCatalog() { }
}
