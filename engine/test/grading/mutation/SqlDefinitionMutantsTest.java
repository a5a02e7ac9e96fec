package grading.mutation;

import static grading.mutation.SqlMutation.mutates;
import static grading.mutation.SqlMutation.texts;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A mutant of SQL that defines something")
class SqlDefinitionMutantsTest {
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
}
