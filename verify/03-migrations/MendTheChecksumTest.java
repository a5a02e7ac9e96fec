import grading.*;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import lab.Login;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.*;
import org.junit.jupiter.api.io.TempDir;

/** Production, where the first two migrations ran yesterday as they were written then, and an empty database beside it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MendTheChecksumTest {
    private static final String V1 = """
        -- Who pays, and who is paid.
        create table app.accounts (
          id    bigint generated always as identity primary key,
          owner text not null
        );
        """;
    private static final String V2 = """
        create table app.payments (
          id           bigint generated always as identity primary key,
          from_account bigint not null references app.accounts,
          to_account   bigint not null references app.accounts,
          cents        bigint not null check (cents > 0)
        );
        """;
    private static final String HISTORY = "select version::text, script::text, installed_on from flyway_schema_history "
        + "where version in ('1', '2') order by installed_rank";
    private static final String COLUMNS = """
        select table_name::text, column_name::text, data_type::text, is_nullable::text, column_default::text
        from information_schema.columns where table_schema = 'app' order by 1, 2""";

    private Rows yesterday;
    private Rows production;

    @Test @Order(1) @Hint(1) @DisplayName("the deployment runs in production, and runs again")
    void deploys(Clone clone, Answer answer, @TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("V1__accounts.sql"), V1);
        Files.writeString(folder.resolve("V2__payments.sql"), V2);
        configuration(clone.owner(), folder).load().migrate();
        execute(clone.app(), "insert into app.accounts (owner) values ('Ann'), ('Bob'), ('Eve')");
        yesterday = query(clone.owner(), HISTORY);
        for (var start : List.of("The deployment in production", "The deployment in production, started once more")) {
            Expect.works(start, () -> deploy(clone, answer.folder()), "What did the files say yesterday, and what do they say today?");
        }
        production = query(clone.owner(), COLUMNS);
    }

    @Test @Order(2) @Needs("deploys") @Hint(1) @DisplayName("all accounts are still there")
    void keepsRows(Clone clone) throws SQLException {
        Expect.tableInOrder("The owners of the accounts in production", Rows.columns("owner").row("Ann").row("Bob").row("Eve"),
            query(clone.owner(), "select owner from app.accounts order by id"), "What did the deployment throw away?");
    }

    @Test @Order(3) @Needs("deploys") @Hint(2) @DisplayName("the history of yesterday is still there")
    void keepsHistory(Clone clone) throws SQLException {
        Expect.tableInOrder("What the history says of V1 and V2", yesterday, query(clone.owner(), HISTORY),
            "flyway_schema_history is Flyway's memory. Nobody else writes to it.");
    }

    @Test @Order(4) @Needs("deploys") @Hint(1) @DisplayName("accounts have a currency in production")
    void hasCurrency(Clone clone) throws SQLException {
        var currency = production.values().stream().filter(row -> row.get(1).equals("currency")).toList();
        Expect.equal("Columns of app.accounts called currency in production", 1, currency.size(),
            "V1 has run and will not run again. Which file brings the column to production?");
        Expect.equal("Its type, and whether it may be null", List.of("text", "NO"), currency.getFirst().subList(2, 4), "The task says how.");
        execute(clone.app(), "insert into app.accounts (owner) values ('Dan')");
        Expect.table("Currencies of all accounts", Rows.columns("currency").row("EUR"),
            query(clone.app(), "select distinct currency from app.accounts"), "Old accounts and new ones.");
    }

    @Test @Order(5) @Needs("deploys") @Fresh @Hint(1) @DisplayName("an empty database gets the same tables")
    void sameFromNothing(Clone empty, Answer answer) throws SQLException {
        Expect.works("The deployment on an empty database", () -> deploy(empty, answer.folder()), "All files run there, in order.");
        Expect.tableInOrder("Columns of an empty database after the deployment, and of production", production,
            query(empty.owner(), COLUMNS), "All files run there, one after the other.");
    }

    @Test @Order(6) @Needs("deploys") @Hint(1) @DisplayName("the next edit of a migration that has run is noticed again")
    void noticesTheNextEdit(Clone clone, Answer answer, @TempDir Path folder) throws Exception {
        copy(answer, folder);
        deploy(clone, folder);
        Files.writeString(folder.resolve("V2__payments.sql"), V2.replace("cents > 0", "cents >= 0"));
        try {
            deploy(clone, folder);
        } catch (FlywayValidateException noticed) {
            return;
        }
        Expect.that("After somebody changed the check in V2__payments.sql, the deployment stops", false, "a FlywayValidateException",
            "no error at all", "Whoever switches the alarm off, or repairs at every start, will not hear it tomorrow.");
    }

    private static void deploy(Clone clone, Path folder) {
        new Deployment().deploy(configuration(clone.owner(), folder));
    }

    private static FluentConfiguration configuration(Login owner, Path folder) {
        return Flyway.configure().dataSource(owner.url(), owner.user(), owner.password()).locations("filesystem:" + folder);
    }

    private static void copy(Answer answer, Path folder) throws IOException {
        for (var file : answer.files()) {
            Files.copy(file, folder.resolve(file.getFileName().toString()));
        }
    }

    private static Rows query(Login login, String sql) throws SQLException {
        try (var connection = login.connect()) {
            return Rows.query(connection, sql);
        }
    }

    private static void execute(Login login, String sql) throws SQLException {
        try (var connection = login.connect(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
