package grading.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A mutant of SQL")
class SqlMutantsTest {
    @Test @DisplayName("lacks one of the statements, and keeps the comments")
    void statements() {
        mutates("-- first\ncreate table a (x int); -- then\ngrant select on a to b;", "-- first\n -- then\ngrant select on a to b;",
            "-- first\ncreate table a (x int); -- then\n");
    }

    @Test @DisplayName("never begins in a comment, a string or a quoted name")
    void quoted() {
        var text = "-- where a > 1; and b\n/* order by x /* desc */ limit 1 */ select 'not null; where', \"for update\", 'it''s desc' from t";
        assertEquals(List.of("-- where a > 1; and b\n/* order by x /* desc */ limit 1 */ "), texts(text));
    }

    @Test @DisplayName("lacks a where, or one of its conditions on either side, or has or for and")
    void where() {
        mutates("select 1 from t where a = 1 and b = 2 order by c limit 3",
            "select 1 from t  order by c limit 3", "select 1 from t where  b = 2 order by c limit 3",
            "select 1 from t where a = 1  order by c limit 3", "select 1 from t where a = 1 or b = 2 order by c limit 3",
            "select 1 from t where a <> 1 and b = 2 order by c limit 3", "select 1 from t where a = 1 and b <> 2 order by c limit 3", "select 1 from t where a = 1 and b = 2  limit 3",
            "select 1 from t where a = 1 and b = 2 order by c desc limit 3", "select 1 from t where a = 1 and b = 2 order by c ",
            "select 1 from t where a = 1 and b = 2 order by c limit 4");
    }

    @Test @DisplayName("keeps the and that belongs to a between")
    void between() {
        var texts = texts("select 1 from t where a between 1 and 2 and b is null");
        assertTrue(texts.contains("select 1 from t where a between 1 and 2 "), texts.toString());
        assertTrue(texts.contains("select 1 from t where  b is null"), texts.toString());
        assertFalse(texts.stream().anyMatch(text -> text.contains("between 1 or")), texts.toString());
    }

    @Test @DisplayName("takes the condition that ends with its parenthesis, and no more")
    void parentheses() {
        mutates("select 1 from t where exists (select 1 from u where u.x > t.x) and y", "select 1 from t where exists (select 1 from u ) and y",
            "select 1 from t ", "select 1 from t where exists (select 1 from u where u.x > t.x) or y",
            "select 1 from t where exists (select 1 from u where u.x >= t.x) and y", "select 1 from t where  y",
            "select 1 from t where exists (select 1 from u where u.x > t.x) ", "select 1 from t where not exists (select 1 from u where u.x > t.x) and y");
    }

    @Test @DisplayName("lacks a constraint of a column, or has another rule for deleting")
    void columns() {
        mutates("create table a (b bigint not null default now() references c (d) on delete cascade check (b > 0), unique (b, e))",
            "create table a (b bigint  default now() references c (d) on delete cascade check (b > 0), unique (b, e))",
            "create table a (b bigint not null  references c (d) on delete cascade check (b > 0), unique (b, e))",
            "create table a (b bigint not null default now()  check (b > 0), unique (b, e))",
            "create table a (b bigint not null default now() references c (d)  check (b > 0), unique (b, e))",
            "create table a (b bigint not null default now() references c (d) on delete restrict check (b > 0), unique (b, e))",
            "create table a (b bigint not null default now() references c (d) on delete cascade , unique (b, e))",
            "create table a (b bigint not null default now() references c (d) on delete cascade check (b >= 0), unique (b, e))",
            "create table a (b bigint not null default now() references c (d) on delete cascade check (b > 1), unique (b, e))",
            "create table a (b bigint not null default now() references c (d) on delete cascade check (b > 0), unique ( e))",
            "create table a (b bigint not null default now() references c (d) on delete cascade check (b > 0))",
            "create table a (b bigint not null default now() references c (d) on delete cascade check (b > 0), unique (b))",
            "create table a (b bigint not null default now() references c (d) on delete cascade check (b > 0), unique (e, b))");
    }

    @Test @DisplayName("of an index is not unique, not partial, on fewer columns, or on others first")
    void indexes() {
        mutates("create unique index concurrently if not exists i on t using gin (a, lower(b) desc) include (c) where d is null",
            "create index concurrently if not exists i on t using gin (a, lower(b) desc) include (c) where d is null".replace("create ", "create  "),
            "create unique index  if not exists i on t using gin (a, lower(b) desc) include (c) where d is null",
            "create unique index concurrently  i on t using gin (a, lower(b) desc) include (c) where d is null",
            "create unique index concurrently if not exists i on t  (a, lower(b) desc) include (c) where d is null",
            "create unique index concurrently if not exists i on t using gin ( lower(b) desc) include (c) where d is null",
            "create unique index concurrently if not exists i on t using gin (a) include (c) where d is null",
            "create unique index concurrently if not exists i on t using gin (lower(b) desc, a) include (c) where d is null",
            "create unique index concurrently if not exists i on t using gin (a, b desc) include (c) where d is null",
            "create unique index concurrently if not exists i on t using gin (a, lower(b) asc) include (c) where d is null",
            "create unique index concurrently if not exists i on t using gin (a, lower(b) desc)  where d is null",
            "create unique index concurrently if not exists i on t using gin (a, lower(b) desc) include (c) ",
            "create unique index concurrently if not exists i on t using gin (a, lower(b) desc) include (c) where d is not null");
    }

    @Test @DisplayName("of a trigger listens to less, at another time, without its condition")
    void triggers() {
        mutates("create trigger a before insert or update on t for each row when (new.x > 0) execute function f()",
            "create trigger a after insert or update on t for each row when (new.x > 0) execute function f()",
            "create trigger a before  update on t for each row when (new.x > 0) execute function f()",
            "create trigger a before insert  on t for each row when (new.x > 0) execute function f()",
            "create trigger a before insert or update on t for each statement when (new.x > 0) execute function f()",
            "create trigger a before insert or update on t for each row  execute function f()",
            "create trigger a before insert or update on t for each row when (old.x > 0) execute function f()",
            "create trigger a before insert or update on t for each row when (new.x >= 0) execute function f()",
            "create trigger a before insert or update on t for each row when (new.x > 1) execute function f()");
    }

    @Test @DisplayName("reaches into the body of a function between dollar signs")
    void functionBody() {
        var text = "create function f() returns trigger language plpgsql security definer set search_path = '' as $f$\nbegin\n"
            + "  if new.a > 1 then\n    new.b := case when new.c then 1 else 2 end;\n  else\n    raise exception 'no; not null';\n  end if;\n  return new;\nend $f$;";
        var texts = texts(text);
        for (var part : List.of("language plpgsql  set", "security definer  as", "new.a >= 1", "old.a > 1",
                "then\n    \n  else", "else\n    \n  end if", "begin\n  \n  return", "return null", "return old")) {
            assertTrue(texts.stream().anyMatch(t -> t.contains(part)), part + " in " + texts);
        }
        assertFalse(texts.stream().anyMatch(t -> !t.contains("no; not null") && !t.contains("else\n    \n") && !t.contains("begin\n  \n")
            && t.contains("else") && !t.isBlank() && t.contains("raise")), texts.toString());
    }

    @Test @DisplayName("reaches into SQL that a function executes as a string")
    void executed() {
        var texts = texts("do $$ begin execute 'delete from t where a = 1'; end $$");
        assertTrue(texts.contains("do $$ begin execute 'delete from t '; end $$"), texts.toString());
    }

    @Test @DisplayName("drops a branch of an if, and the whole of it, also where one stands in another")
    void branches() {
        var texts = texts("do $$ begin if a then x(); elsif b then if c then y(); end if; else z(); end if; end $$");
        assertTrue(texts.contains("do $$ begin if a then x();  else z(); end if; end $$"), texts.toString());
        assertTrue(texts.contains("do $$ begin if a then x(); elsif b then if c then y(); end if;  end if; end $$"), texts.toString());
        assertTrue(texts.contains("do $$ begin if a then x(); elsif b then  else z(); end if; end $$"), texts.toString());
        assertTrue(texts.contains("do $$ begin  end $$"), texts.toString());
    }

    @Test @DisplayName("locks nothing, waits, or lets conflicts happen")
    void locks() {
        assertContains("select 1 from jobs order by id limit 1 for update skip locked", "limit 1  skip locked", "for update ");
        assertContains("insert into t values (1) on conflict (a) do update set b = 1 returning c", "values (1)  returning c",
            "on conflict (a) do nothing returning c");
    }

    @Test @DisplayName("has left joins for joins, fewer columns to set and fewer rights to give")
    void lists() {
        assertContains("update t set a = 1, b = 2 where c", "set  b = 2 where", "set a = 1 where");
        assertContains("revoke update (a, b) on t, u from c", "update ( b)", "update (a)", "on  u from", "on t from");
        assertContains("create function f() returns int security definer set search_path = app, pg_temp as $$ select 1 $$", "= app as", "=  pg_temp as");
        assertContains("alter table t alter column a type timestamptz using a at time zone 'UTC', drop b", "timestamptz , drop", "using a , drop");
        assertContains("do $$ begin raise exception 'x' using errcode = 'AB001'; end $$", "exception 'x' ;");
        assertContains("select to_jsonb(t) - 'secret' from t", "to_jsonb(t)  from");
        assertContains("grant select, insert on t to a", "grant  insert on", "grant select on");
        assertContains("select 1 from a join b on a.x = b.x left join c using (y)", "from a left join b", "b.x join c");
        assertContains("alter table t add column a int, drop column b", "alter table t  drop column b", "alter table t add column a int");
    }

    @Test @DisplayName("of settings in Java strings is found, and a sentence is not taken for SQL")
    void sentences() {
        for (var sql : List.of("select 1", " insert into t values (1)", "joined desc, id", "set local lock_timeout = '1s'", "order by id", "for update skip locked")) {
            assertTrue(SqlMutants.isSql(sql), sql);
        }
        for (var words : List.of("with care", "update failed or not", "select", "set it up and go", "the order by hand", "drop it", "and then", "name, id", "")) {
            assertFalse(SqlMutants.isSql(words), words);
        }
    }

    private static void mutates(String text, String... expected) {
        var wanted = Arrays.stream(expected).sorted().toList();
        var found = texts(text).stream().filter(t -> !t.isBlank()).sorted().toList();
        assertEquals(String.join("\n", wanted), String.join("\n", found));
    }

    private static void assertContains(String text, String... parts) {
        var texts = texts(text);
        for (var part : parts) {
            assertTrue(texts.stream().anyMatch(t -> t.contains(part)), part + " in " + texts);
        }
    }

    private static List<String> texts(String text) {
        return Mutants.of("a.sql", text).stream().map(Mutant::text).toList();
    }
}
