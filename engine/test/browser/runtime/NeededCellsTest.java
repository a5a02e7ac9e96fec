package browser.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import browser.runtime.Need.Reason;
import browser.runtime.NeededCells.Known;
import browser.runtime.NeededCells.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kernel.cell.Cell;
import kernel.cell.Cell.Language;
import kernel.output.Output;
import lab.Role;
import lesson.Home;
import lesson.Program;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The cells that a failed cell needs")
class NeededCellsTest {
    private final List<Known> above = new ArrayList<>();

    @Test @DisplayName("can be read in every lesson")
    void lessons() {
        for (var lesson : Home.here().lessons()) {
            for (var region : Program.regions(lesson.program())) {
                CellContent.of(Cell.of(region));
            }
        }
    }

    @Test @DisplayName("are those that make something in a schema that is not there, and those that write a file")
    void schemasAndFiles() {
        step("table", Language.JAVA, "write(\"V1__users.sql\", \"create table app.users (id int)\");", State.NOT_RUN);
        assertEquals(names(List.of("app"), "table"), need("3F000", "schema \"app\" does not exist"));
        var failure = new Output.Failure("NoSuchFileException", "/tmp/run-1/migrations/V1__users.sql", "", "", "", "", 0);
        assertEquals(names(List.of("V1__users.sql"), "table"), need("read(\"V1__users.sql\")", failure));
    }

    @Test @DisplayName("cannot run in the failed transaction that a cell has left; a fresh database can")
    void transaction() {
        step("books", Language.SQL, "create table lab.books (id int)", State.NOT_RUN);
        assertEquals(Optional.of(new Need(Reason.NAMES, List.of("lab.books"), List.of("books"), List.of())),
            NeededCells.of(above, mine(Language.SQL, "begin; table lab.books"), Optional.of(sqlFailure("42P01", "relation \"lab.books\" does not exist"))));
    }

    @Test @DisplayName("are those that define what the compiler does not find, and what these need in their turn")
    void java() {
        step("pool", Language.JAVA, "var pool = 1;", State.NOT_RUN);
        step("other", Language.JAVA, "var other = 1;", State.NOT_RUN);
        step("cache", Language.JAVA, "var cache = pool + 1;", State.FAILED);
        assertEquals(Optional.of(new Need(Reason.NAMES, List.of("cache"), List.of("cache"), List.of("pool", "cache"))),
            NeededCells.of(above, mine(Language.JAVA, "show(cache);"), Optional.of(doesNotCompile("cannot find symbol: variable cache"))));
        assertEquals(names(List.of("cache"), "pool", "cache"), need("show(cache);", doesNotCompile("cannot find symbol: variable cache")));
    }

    @Test @DisplayName("are those of every name that is missing, whichever line names it")
    void several() {
        step("one", Language.JAVA, "int one() { return 1; }", State.NOT_RUN);
        step("two", Language.JAVA, "record Two(int n) { }", State.NOT_RUN);
        var failure = new Output.Failure("does not compile", "cannot find symbol: method one()", "", "line 2: cannot find symbol: class Two", "", "", 0);
        assertEquals(names(List.of("one", "Two"), "one", "two"), need("one(); new Two(1);", failure));
    }

    @Test @DisplayName("are no others where the nearest that defines the name has run")
    void done() {
        step("cache", Language.JAVA, "var cache = 1;", State.DONE);
        assertEquals(Optional.empty(), NeededCells.of(above, mine(Language.JAVA, "cash"), Optional.of(doesNotCompile("cannot find symbol: variable cash"))));
        assertEquals(Optional.empty(), NeededCells.of(above, mine(Language.JAVA, "cache"), Optional.of(doesNotCompile("cannot find symbol: variable cache"))));
    }

    @Test @DisplayName("may have run with another text")
    void stale() {
        step("cache", Language.JAVA, "var cache = 1;", State.STALE);
        assertEquals(names(List.of("cache"), "cache"), need("cache", doesNotCompile("cannot find symbol: variable cache")));
    }

    @Test @DisplayName("may have left a variable without its value")
    void isNull() {
        step("pool", Language.JAVA, "var pool = open();", State.FAILED);
        var failure = new Output.Failure("NullPointerException", "Cannot invoke \"Pool.take()\" because \"REPL.$JShell$12.pool\" is null", "", "", "", "", 0);
        assertEquals(names(List.of("pool"), "pool"), need("pool.take()", failure));
    }

    @Test @DisplayName("are found where a method waits for what it calls")
    void notDeclared() {
        step("inner", Language.JAVA, "int inner() { return 1; }", State.NOT_RUN);
        step("outer", Language.JAVA, "int outer() { return inner(); }", State.DONE);
        var failure = new Output.Failure("not declared yet", "outer cannot be called before what it uses is declared", "", "", "", "", 0);
        above.add(new Known(new Cell("again", Language.JAVA, "int again() { return inner(); }", Role.APP, "", ""), true, false, State.NOT_RUN));
        assertEquals(names(List.of(), "inner", "again"), need("again()", failure));
    }

    @Test @DisplayName("are those whose SQL makes what PostgreSQL does not find: tables, columns, functions, schemas, types, prepared statements")
    void sql() {
        step("schema", Language.SQL, "create schema if not exists lab", State.NOT_RUN);
        step("books", Language.SQL, "drop table if exists lab.books; create table lab.books (id int, title text default f(1, 2), check (id > 0))", State.NOT_RUN);
        step("code", Language.SQL, "create or replace function lab.price(int) returns int language sql as $$ select 1 $$; create type mood as enum ('x')", State.NOT_RUN);
        step("alter", Language.SQL, "alter table lab.books add column if not exists isbn text; prepare find as select 1", State.NOT_RUN);
        assertEquals(names(List.of("lab.books"), "schema", "books"), need("42P01", "relation \"lab.books\" does not exist"));
        assertEquals(names(List.of("title"), "schema", "books"), need("42703", "column \"title\" does not exist"));
        assertEquals(names(List.of("b.isbn"), "schema", "books", "alter"), need("42703", "column b.isbn does not exist"));
        assertEquals(names(List.of("lab.price"), "schema", "code"), need("42883", "function lab.price(integer) does not exist"));
        assertEquals(names(List.of("mood"), "schema", "code"), need("42704", "type \"mood\" does not exist"));
        assertEquals(names(List.of("lab"), "schema"), need("3F000", "schema \"lab\" does not exist"));
        assertEquals(names(List.of("find"), "schema", "books", "alter"), need("26000", "prepared statement \"find\" does not exist"));
    }

    @Test @DisplayName("are found in the strings of Java, and for errors that Java has thrown")
    void sqlOfJava() {
        step("books", Language.JAVA, "execute(owner(), \"\"\"\n    create table lab.books (id int)\"\"\");", State.NOT_RUN);
        var failure = new Output.Failure("PSQLException", "relation \"lab.books\" does not exist", "42P01", "", "", "", 0);
        assertEquals(names(List.of("lab.books"), "books"), need("query(\"select 1\")", failure));
    }

    @Test @DisplayName("are found for a variable of Java in SQL, and for a result of SQL in Java")
    void variables() {
        step("price", Language.JAVA, "var price = 1;", State.NOT_RUN);
        step("table", Language.SQL, "create temporary table mine_only as select 1 as n;", State.NOT_RUN);
        step("users", Language.SQL, "-- result: users\nselect {{price}}", State.NOT_RUN);
        var failure = new Output.Failure("Mistake", "there is no Java variable price; there are none here at all", "", "", "", "", 0);
        assertEquals(names(List.of("price"), "price"), Names.of(NeededCells.of(above, mine(Language.SQL, "select {{price}}"), Optional.of(failure))));
        assertEquals(names(List.of("users"), "price", "users"), need("users.size()", doesNotCompile("cannot find symbol: variable users")));
    }

    @Test @DisplayName("are not those that make the same name in another schema, or say it in quotes")
    void others() {
        step("app", Language.SQL, "create table app.books (id int); select 'create table lab.books'; -- create table lab.books", State.NOT_RUN);
        assertEquals(Optional.empty(), NeededCells.of(above, mine(Language.SQL, "table lab.books"), Optional.of(sqlFailure("42P01", "relation \"lab.books\" does not exist"))));
    }

    @Test @DisplayName("are the scripts above a script, which say nothing else")
    void shell() {
        step("backup", Language.SHELL, "pg_dump > dump", State.NOT_RUN);
        step("sql", Language.SQL, "select 1", State.NOT_RUN);
        assertEquals(Optional.of(Need.ofSteps(List.of("backup"))), NeededCells.of(above, mine(Language.SHELL, "pg_restore dump"), Optional.empty()));
    }

    @Test @DisplayName("may be all steps above, where a step of the lesson fails and does not say why")
    void stepsAbove() {
        step("one", Language.SQL, "select 1", State.DONE);
        step("two", Language.SQL, "select 2", State.NOT_RUN);
        var failure = new Output.Failure("LessonFailed", "the lesson claims: three; but it was two", "", "", "", "", 0);
        assertEquals(Optional.of(Need.ofSteps(List.of("two"))), NeededCells.of(above, lessons("select 3", false), Optional.of(failure)));
        assertEquals(Optional.empty(), NeededCells.of(above, lessons("select 4", true), Optional.of(failure)), "of a cell that was edited nobody knows");
    }

    @Test @DisplayName("cannot mend what an earlier run has left in the way of a step of the lesson")
    void state() {
        step("one", Language.SQL, "select 1", State.DONE);
        var onlyReset = Optional.of(Need.ofState());
        for (var state : List.of("42P07", "42710", "23505", "25P02", "42P01")) {
            assertEquals(onlyReset, NeededCells.of(above, lessons("create table t ()", false), Optional.of(sqlFailure(state, "relation \"t\" …"))), state);
        }
        assertEquals(Optional.empty(), NeededCells.of(above, mine(Language.SQL, "create table t ()"), Optional.of(sqlFailure("42P07", "relation \"t\" already exists"))));
        assertEquals(Optional.empty(), NeededCells.of(above, lessons("select 1 / 0", false), Optional.of(sqlFailure("22012", "division by zero"))));
    }

    private void step(String id, Language language, String source, State state) {
        above.add(new Known(new Cell(id, language, source, Role.APP, "", ""), true, false, state));
    }

    private static Known mine(Language language, String source) {
        return new Known(new Cell("mine", language, source, Role.APP, "", ""), false, false, State.FAILED);
    }

    private static Known lessons(String sql, boolean isEdited) {
        return new Known(new Cell("step", Language.SQL, sql, Role.APP, "", ""), true, isEdited, State.FAILED);
    }

    private Optional<Names> need(String java, Output.Failure failure) {
        return Names.of(NeededCells.of(above, mine(Language.JAVA, java), Optional.of(failure)));
    }

    /** Of a cell that says no more than the message. */
    private Optional<Names> need(String sqlState, String message) {
        return Names.of(NeededCells.of(above, mine(Language.SQL, ""), Optional.of(sqlFailure(sqlState, message))));
    }

    /** All that has to run; which of them make the names, each test of a name says by itself. */
    private static Optional<Names> names(List<String> names, String... cells) {
        return Optional.of(new Names(names, List.of(cells)));
    }

    private record Names(List<String> names, List<String> cells) {
        static Optional<Names> of(Optional<Need> need) {
            return need.filter(one -> one.reason() == Reason.NAMES).map(one -> new Names(one.names(), one.cells()));
        }
    }

    private static Output.Failure doesNotCompile(String message) {
        return new Output.Failure("does not compile", message, "", "", "", "", 0);
    }

    private static Output.Failure sqlFailure(String sqlState, String message) {
        return new Output.Failure("PSQLException", message, sqlState, "", "", "", 0);
    }
}
