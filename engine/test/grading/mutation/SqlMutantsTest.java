package grading.mutation;

import static grading.mutation.SqlMutation.assertContains;
import static grading.mutation.SqlMutation.mutates;
import static grading.mutation.SqlMutation.texts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
