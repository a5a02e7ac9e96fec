package kernel.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import kernel.output.Failures;
import kernel.output.Output;
import kernel.output.OutputJson;
import kernel.output.RoutineSources;
import lab.Role;
import lab.SqlErrors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An error within a routine is told with the line and its text, the innermost routine first. */
class RoutineFailuresTest extends LessonCells {
    @BeforeEach void create() {
        runAs(Role.OWNER, "", """
            create schema if not exists shop; grant usage on schema shop to public;
            create or replace function charge(amount int) returns int language plpgsql as $$
            begin
                if amount > 10 then
                    raise exception 'too much: %', amount;
                end if;
                return 10 / amount;
            end $$;
            create or replace function shop."Pay"(amount int) returns int language plpgsql as $$
            declare
                paid int;
            begin
                paid := charge(amount);
                return paid;
            end $$;
            create or replace function shop.guess(name text) returns int language plpgsql as $$
            declare found int;
            begin
                execute 'select ' || name || ' from '
                    || 'shop' into found;
                return found;
            end $$;
            create or replace function shop.many() returns bigint language sql as $$
                select 1;
                select sum(charge(0)) from generate_series(1, 2)
            $$;
            """);
        assertEquals("", seen.printed.toString().replaceAll("(?m)^(CREATE|GRANT).*\\n", ""));
        seen.outputs.clear();
    }

    @Test void theLineOfAFunctionStandsBelowIt() {
        run("select charge(11)");
        assertEquals("PL/pgSQL function charge(integer) line 4 at RAISE\n    raise exception 'too much: %', amount;", seen.failure().where());
    }

    @Test void ofNestedFunctionsTheInnermostComesFirst() {
        run("select shop.\"Pay\"(0)");
        assertEquals("PL/pgSQL function charge(integer) line 6 at RETURN\n    return 10 / amount;\n"
            + "PL/pgSQL function shop.\"Pay\"(integer) line 5 at assignment\n    paid := charge(amount);", seen.failure().where());
    }

    @Test void theLineOfABlockIsThatOfItsOwnText() {
        run("-- a block\ndo $body$\nbegin\n    perform 1;\n    perform charge(12);\nend $body$");
        assertTrue(seen.failure().where().endsWith("PL/pgSQL function inline_code_block line 4 at PERFORM\n    perform charge(12);"), seen.failure()::where);
    }

    @Test void aStatementThatARoutineHasMadeUpIsShown() {
        run("select shop.guess('nothing')");
        assertTrue(seen.failure().where().startsWith("in \"select nothing from shop\"\nPL/pgSQL function shop.guess(text) line 4 at EXECUTE\n    execute 'select '"),
            seen.failure()::where);
    }

    @Test void aFunctionInSqlHasItsStatement() {
        run("select shop.many()");
        assertTrue(seen.failure().where().endsWith("SQL function \"many\" statement 2\n    select sum(charge(0)) from generate_series(1, 2)"), seen.failure()::where);
    }

    @Test void aVersionThatIsNotCommittedIsNotTakenForTheOneBefore() {
        runAs(Role.OWNER, "A", "begin; create or replace function charge(amount int) returns int language plpgsql as $$\nbegin\n\n\n\n return amount / 0; end $$;"
            + " select charge(1)");
        assertEquals("PL/pgSQL function charge(integer) line 6 at RETURN", seen.failure().where());
    }

    @Test void aMessageOfTheDriverGetsTheLinesToo() throws SQLException {
        try (var connection = lab.lessonDatabase().app().connect()) {
            var failure = assertThrows(SQLException.class, () -> SqlRunner.run(connection, "select charge(11)"));
            assertEquals("ERROR: too much: 11\n  Where: PL/pgSQL function charge(integer) line 4 at RAISE (SQLSTATE P0001)\n    raise exception 'too much: %', amount;",
                RoutineSources.of(lab.lessonDatabase().app()).told(SqlErrors.describe(failure)));
        }
    }

    @Test void aRecordingOfBeforeHasNoRoutine() {
        var failure = (Output.Failure) OutputJson.of("{\"type\":\"failure\",\"kind\":\"X\",\"position\":0}".getBytes(StandardCharsets.UTF_8));
        assertEquals("", failure.where());
        assertFalse(OutputJson.text(failure).contains("where"));
        var within = new Output.Failure("X", "", "", "", "", "", 0, "PL/pgSQL function f() line 1 at RAISE");
        assertEquals(within, OutputJson.of(OutputJson.bytes(within)));
    }

    @Test void aFailureOutsideOfRoutinesNamesNone() {
        run("select 1/0");
        assertEquals("", seen.failure().where());
        assertEquals("", Failures.of(new IllegalStateException("no"), "").where());
    }
}
