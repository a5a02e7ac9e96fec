package check;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import lab.Login;

/** What the schema of the course is made of, one line for each thing, without its rows. */
record SchemaDescription(List<String> lines) {
    private static final String QUERY = """
        select format('schema %s%s', nspname, acl) as line
        from pg_namespace n, lateral (select coalesce(' ' || string_agg(a::text, ' ' order by a::text), '') as acl from unnest(nspacl) a) a
        where nspname = 'app'
        union all
        select format('default privileges %s %s %s', defaclobjtype, defaclrole::regrole, defaclacl) from pg_default_acl
        union all
        select format('relation %s, kind %s, persistence %s, owner %s, options %s, row security %s %s, partition %s, privileges %s',
          c.oid::regclass, relkind, relpersistence, relowner::regrole, reloptions, relrowsecurity, relforcerowsecurity,
          pg_get_expr(relpartbound, c.oid), (select string_agg(a::text, ' ' order by a::text) from unnest(relacl) a))
        from pg_class c where relnamespace = 'app'::regnamespace and relkind not in ('i', 'I')
        union all
        select format('column %s.%s %s, not null %s, default %s, identity "%s", generated "%s", collation %s, target %s, privileges %s',
          attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid), attidentity,
          attgenerated, attcollation::regcollation, nullif(attstattarget, -1), attacl)
        from pg_attribute join pg_class c on c.oid = attrelid left join pg_attrdef on adrelid = attrelid and adnum = attnum
        where relnamespace = 'app'::regnamespace and relkind not in ('i', 'I', 'S') and attnum > 0 and not attisdropped
        union all
        select format('constraint %s on %s: %s', conname, coalesce(nullif(conrelid, 0)::regclass::text, contypid::regtype::text), pg_get_constraintdef(oid))
        from pg_constraint where connamespace = 'app'::regnamespace
        union all
        select format('index %s, valid %s, clustered %s', pg_get_indexdef(indexrelid), indisvalid, indisclustered)
        from pg_index join pg_class c on c.oid = indexrelid where relnamespace = 'app'::regnamespace
        union all
        select format('trigger %s, enabled %s', pg_get_triggerdef(t.oid), tgenabled)
        from pg_trigger t join pg_class c on c.oid = tgrelid where relnamespace = 'app'::regnamespace and not tgisinternal
        union all
        select format('view %s: %s', oid::regclass, pg_get_viewdef(oid)) from pg_class
        where relnamespace = 'app'::regnamespace and relkind in ('v', 'm')
        union all
        select format('function %s, kind %s, owner %s, privileges %s: %s', oid::regprocedure, prokind, proowner::regrole, proacl,
          case when prokind in ('f', 'p') then pg_get_functiondef(oid) end)
        from pg_proc where pronamespace = 'app'::regnamespace
        union all
        select format('type %s, kind %s, of %s, labels %s', t.oid::regtype, typtype, format_type(typbasetype, typtypmod),
          (select string_agg(enumlabel, ', ' order by enumsortorder) from pg_enum where enumtypid = t.oid))
        from pg_type t where typnamespace = 'app'::regnamespace and typtype in ('d', 'e', 'r')
        union all
        select 'statistics ' || pg_get_statisticsobjdef(oid) from pg_statistic_ext where stxnamespace = 'app'::regnamespace
        union all
        select format('policy %s on %s for %s to %s using %s check %s', polname, polrelid::regclass, polcmd, polroles::regrole[],
          pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
        from pg_policy join pg_class c on c.oid = polrelid where relnamespace = 'app'::regnamespace
        """;

    /** Of a database that may have no such schema. */
    static SchemaDescription of(Login admin) throws SQLException {
        try (var connection = admin.connect(); var statement = connection.createStatement()) {
            try (var there = statement.executeQuery("select from pg_namespace where nspname = 'app'")) {
                if (!there.next()) {
                    return new SchemaDescription(List.of());
                }
            }
            var lines = new ArrayList<String>();
            try (var rows = statement.executeQuery(QUERY)) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
            return new SchemaDescription(lines.stream().sorted().toList());
        }
    }

    /** What only one of the two has. */
    List<String> differencesFrom(SchemaDescription expected) {
        var surplus = new TreeSet<>(lines);
        expected.lines.forEach(surplus::remove);
        var missing = new TreeSet<>(expected.lines);
        lines.forEach(missing::remove);
        var complaints = new ArrayList<String>();
        surplus.forEach(line -> complaints.add("the lesson leaves, and its migrations do not make: " + line));
        missing.forEach(line -> complaints.add("its migrations make, and the lesson does not leave: " + line));
        return complaints;
    }
}
