package kernel.sql.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where statements end. The right values are those of psql 15 to 18, with {@code -e}; where PostgreSQL's grammar knows better, its. */
class SqlStatementsTest {
    /** A bar stands where one statement ends and the next begins. */
    @ParameterizedTest
    @ValueSource(strings = {
        "select 1;|select 2;",
        "select /* a /* b; */ c; */ 1;|select 2;",
        "select E'a\\';b';|select 2;", "select e'a''\\\\';|select 2;", "select 'a\\';|select 2;",
        "select 'a'\n'b;c';|select 2;", "select E'a'\n'b\\';|select 2;", "select 'a' 'b\\';|select 2;",
        "select U&'\\0061;' ;|select 2;", "select U&\"d\\0061;\" from (select 1 as data) x;|select 2;", "select U&'a'\n'b\\';|select 2;",
        "select n'a;b';|select b'01';|select x'1F;';",
        "select $a1_$ ; $$ ; $a1_$;|select 2;", "select $_$;$_$;|select 2;", "select $größe$ ; $größe$;|select 2;",
        "select $1$ ;|select 2;", "select $1$$a;b$$;|select 2;", "select $1a$ ;|$1a$;", "select a$$b;|c$$;", "select 1$$a;b$$;|select 2;",
        "prepare p(text, text) as select $1||$2;|select $$x;$$;",
        "select 1 +-- ; a\n2;|select 3;", "select 2 */* ; */3;|select 4;", "select 1 <--2;\n3;|select 2;", "select 1 @--2;\n3;|select 2;",
        "select 1 -- ; a\r+ 2;|select 3;",
        "select '/* ' ;|select ' */';",
        "select \"a;\"\"b\" from (select 1 as \"a;\"\"b\") x;|select 2;", "select a.\"b;c\" from (select 1) a;|select 2;",
        "select (1;2);|select 3;", "select array[1;|2];",
        "create rule r as on insert to t do also (insert into u values (1); insert into u values (2));|select 2;",
        "create rule r as on insert to t do also insert into u values (1);|select 2;",
        "select 1\\; select 2;|select 3;",
        "select 1 as end;|select 2;"})
    void statementsEndWherePsqlEndsThem(String text) {
        assertEquals(List.of(text.split("\\|(?!\\|)(?<!\\|\\|)")), SqlStatements.of(text.replaceAll("(?<!\\|)\\|(?!\\|)", " ")).complete(), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "create function f() returns int begin atomic select case when true then 1 else 2 end; select 2; end;|select 3;",
        "create function f() returns int language sql begin atomic select 1 as \"end\"; select 2; end;|select 3;",
        "create or replace procedure p() begin atomic insert into t values (case 1 when 1 then 2 end); end;|select 3;",
        "create function f() returns int begin atomic select case 1 when 1 then case 2 when 2 then 3 end end; end;|select 3;",
        "create function f() returns int begin atomic; select 1; end;|select 3;",
        "create function f() returns int begin atomic end;|select 3;",
        "/* c */ create /* d */ function f() returns int begin atomic select 1; /* ; end */ end;|select 2;",
        "create function f(a int default case when true then 1 end) returns int begin atomic select 1; end;|select 2;",
        "create function f() returns int return case when true then 1 end;|select 2;",
        "create function f() returns int begin atomic select 1 as end; end;|select 2;",
        "create function f() returns int begin atomic select t.end from t; end;|select 2;",
        "create function f() returns int begin atomic select 1 end; end;|select 2;",
        "create function f() returns int begin atomic select 1 as case; end;|select 2;",
        "create function begin() returns int language sql as 'select 1';|select 2;",
        "create function s.begin() returns int begin atomic select 1; end;|select 2;",
        "create function f(begin int) returns int language sql as 'select 1';|select 2;",
        "create table begin (id int);|select 2;", "alter function f() rename to begin;|select 2;|end;",
        "create trigger t before insert on t execute function f();|begin;|select 1;|end;"})
    void aBodyInSqlEndsWithItsOwnEnd(String text) {
        assertEquals(List.of(text.split("\\|")), SqlStatements.of(text.replace("|", " ")).complete(), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 1; select 2", "select 1 /* open ;", "select 'open ;", "select $1a$ $a$ ;", "select (1;", "select 1\\;",
        "create function f() returns int begin atomic select 1;", "select E'\\';"})
    void whatWaitsForItsEndIsTheRest(String text) {
        assertFalse(SqlStatements.of(text).isComplete(), text);
        assertEquals(text.startsWith("select 1;") ? 1 : 0, SqlStatements.of(text).complete().size(), text);
    }

    @Test void aBackslashBeforeASemicolonIsNotSent() {
        assertEquals("select 1; select ':' '\\;' ;", SqlStatements.sent("select 1\\; select ':' '\\;' ;"));
        assertEquals("select a :: int", SqlStatements.sent("select a \\:\\: int"));
    }
}
