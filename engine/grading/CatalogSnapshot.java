package grading;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import lab.Login;

/**
 * All that a database is made of, object by object, and how many rows with which content each table has. Two snapshots are compared
 * by {@link Expect#nothingElseChanged}. Flyway's own table is left out.
 *
 * @param objects description by name, "column app.users.email" to "text, not null"
 */
public record CatalogSnapshot(TreeMap<String, String> objects) {
    private static final String QUERY = """
        with schemas as (select oid, nspname, nspowner, nspacl from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'),
        tables as (select c.* from pg_class c join schemas s on s.oid = relnamespace where relname !~ '^flyway_schema_history')
        select 'schema ' || nspname, format('owner %s, privileges %s', nspowner::regrole, nspacl) from schemas
        union all
        select case relkind when 'v' then 'view ' when 'm' then 'materialized view ' when 'S' then 'sequence ' when 'f' then 'foreign table '
          else 'table ' end || oid::regclass, format('owner %s, privileges %s, options %s, row security %s/%s, persistence %s, replica identity %s, %s', relowner::regrole, relacl,
          reloptions, relrowsecurity, relforcerowsecurity, relpersistence, relreplident, case when relkind in ('v', 'm') then pg_get_viewdef(oid) end)
        from tables where relkind not in ('i', 'I', 't', 'c')
        union all
        select format('column %s.%s', attrelid::regclass, attname), format('%s%s, default %s, identity "%s", generated "%s", collation %s, privileges %s%s%s',
          format_type(atttypid, atttypmod), case when attnotnull then ', not null' end, pg_get_expr(adbin, adrelid), attidentity, attgenerated,
          attcollation::regcollation, attacl, ', statistics ' || nullif(attstattarget, -1),
          ', storage ' || case when attstorage <> (select typstorage from pg_type where pg_type.oid = atttypid) then attstorage::text end)
        from pg_attribute join tables t on t.oid = attrelid left join pg_attrdef on adrelid = attrelid and adnum = attnum
        where attnum > 0 and not attisdropped and relkind not in ('i', 'I', 'S', 't')
        union all
        select format('constraint %s on %s', conname, coalesce(nullif(conrelid, 0)::regclass::text, contypid::regtype::text)),
          pg_get_constraintdef(c.oid) || case when convalidated then '' else ' (not valid)' end
        from pg_constraint c join schemas s on s.oid = connamespace where conrelid not in
          (select oid from pg_class where relname ~ '^flyway_schema_history') and contype <> 'n'
        union all
        select 'index ' || indexrelid::regclass, pg_get_indexdef(indexrelid) || case when indisvalid then '' else ' (invalid)' end
          || case when indisclustered then ' (clustered)' else '' end
        from pg_index join tables t on t.oid = indrelid where relkind <> 't'
        union all
        select format('trigger %s on %s', tgname, tgrelid::regclass), pg_get_triggerdef(t.oid) || case tgenabled when 'O' then '' else format(' (%s)', tgenabled) end
        from pg_trigger t join tables on tables.oid = tgrelid where not tgisinternal
        union all
        select 'function ' || p.oid::regprocedure, format('owner %s, privileges %s, %s', proowner::regrole, proacl,
          case when prokind in ('f', 'p', 'w') then pg_get_functiondef(p.oid) end)
        from pg_proc p join schemas s on s.oid = pronamespace
          where not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
        union all
        select 'type ' || t.oid::regtype, format('kind %s, of %s, default %s, labels %s', typtype, format_type(typbasetype, typtypmod), typdefault,
          (select string_agg(enumlabel, ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid))
        from pg_type t join schemas s on s.oid = typnamespace where typtype in ('d', 'e', 'r')
          and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e')
        union all
        select format('policy %s on %s', polname, polrelid::regclass), format('%s to %s using %s check %s', polcmd, polroles::regrole[],
          pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)) from pg_policy
        union all
        select format('rule %s on %s', rulename, ev_class::regclass), pg_get_ruledef(r.oid) from pg_rewrite r join tables t on t.oid = ev_class
          where rulename <> '_RETURN'
        union all
        select 'statistics ' || stxname, pg_get_statisticsobjdef(e.oid) from pg_statistic_ext e
        union all
        select 'comment on ' || pg_describe_object(classoid, objoid, objsubid), description
        from pg_description where objoid >= 16384 and pg_describe_object(classoid, objoid, objsubid) !~ 'extension|flyway'
        union all
        select 'extension ' || extname, extversion from pg_extension
        union all
        select format('default privileges of %s in %s on %s', defaclrole::regrole, nullif(defaclnamespace, 0)::regnamespace, defaclobjtype), defaclacl::text
        from pg_default_acl
        union all
        select format('setting of database or role %s', coalesce(nullif(setrole, 0)::regrole::text, 'everybody')), setconfig::text
        from pg_db_role_setting where setdatabase = (select oid from pg_database where datname = current_database())""";
    private static final String TABLES = """
        select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = relnamespace
        where relkind in ('r', 'p') and not relispartition and nspname !~ '^pg_' and nspname <> 'information_schema' and relname !~ '^flyway_schema_history'""";

    /** Of what the database is made of, without its rows. */
    public static CatalogSnapshot of(Clone clone) throws SQLException {
        return of(clone.observer());
    }

    /** The same of any database, by a login that may see all of it. */
    public static CatalogSnapshot of(Login login) throws SQLException {
        return read(login, new TreeMap<>());
    }

    /** The same with what stands in each table: a row that was changed, however, is a difference. Meant for small databases. */
    public static CatalogSnapshot withRows(Clone clone) throws SQLException {
        var objects = new TreeMap<String, String>();
        try (var connection = Sql.connect(clone.owner())) {
            for (var table : Rows.query(connection, TABLES).values()) {
                var content = Rows.query(connection, "select count(*) || ' rows, ' || coalesce(md5(string_agg(t::text, chr(10) order by t::text)), 'no content') from "
                    + table.getFirst() + " t");
                objects.put("rows of " + table.getFirst(), String.valueOf(content.values().getFirst().getFirst()));
            }
        }
        return read(clone.observer(), objects);
    }

    private static CatalogSnapshot read(Login login, TreeMap<String, String> objects) throws SQLException {
        try (var connection = Sql.connect(login)) {
            Sql.execute(connection, "set search_path = ''"); // names are written in full
            for (var row : Rows.query(connection, QUERY).values()) {
                objects.put(String.valueOf(row.getFirst()), String.valueOf(row.getLast()));
            }
        }
        return new CatalogSnapshot(objects);
    }

    /** "new: index app.x …", "gone: …", "changed: …", one for each object that is not as it was. */
    public List<String> changesSince(CatalogSnapshot before) {
        var names = new TreeSet<>(objects.keySet());
        names.addAll(before.objects.keySet());
        var changes = new ArrayList<String>();
        for (var name : names) {
            var was = before.objects.get(name);
            var is = objects.get(name);
            if (was == null) {
                changes.add("new: " + name + " (" + is + ")");
            } else if (is == null) {
                changes.add("gone: " + name + " (" + was + ")");
            } else if (!was.equals(is)) {
                changes.add("changed: " + name + ", was " + was + ", is " + is);
            }
        }
        return changes;
    }
}
