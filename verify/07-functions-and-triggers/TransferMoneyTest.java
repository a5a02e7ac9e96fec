import grading.*;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import lab.Login;
import org.junit.jupiter.api.*;
import org.postgresql.PGConnection;

/** Transfers alone, then two that meet at a lock where the verifier has put them, then twenty at once. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TransferMoneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String LOCKS = "Whose rows does a transfer need for itself?";

    @Test @Order(1) @DisplayName("transfer.sql runs, as the owner")
    void runs(Clone clone, Answer answer) {
        Expect.works("transfer.sql runs", () -> script(clone.owner(), answer.text("transfer.sql")),
            "PostgreSQL's words name the place.");
    }

    @Test @Order(2) @Needs("runs") @DisplayName("a transfer moves the amount, and nothing else")
    void moves(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone)) {
            Expect.works("30 from Ann to Bob", () -> transfer(app, 1, 2, "30"), "PostgreSQL's words name the place.");
            Expect.works("0.5 from Dan to Cat", () -> transfer(app, 4, 3, "0.5"), "PostgreSQL's words name the place.");
        }
        balances(clone, "After 30 from Ann to Bob and 0.5 from Dan to Cat", 70, 130, 0.5, 250, 100);
    }

    @Test @Order(3) @Needs("moves") @Hint(2) @DisplayName("who has not enough gets BK001, who has just enough does not")
    void neverBelowZero(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone)) {
            refused(app, "BK001", 1, 2, "100.01");
            refused(app, "BK001", 3, 1, "1");
            balances(clone, "After refused transfers", 100, 100, 0, 250.5, 100);
            Expect.works("All of Ann's 100 to Cat", () -> transfer(app, 1, 3, "100"), "Zero is not below zero.");
        }
        balances(clone, "After Ann gave all to Cat", 0, 100, 100, 250.5, 100);
    }

    @Test @Order(4) @Needs("moves") @Hint(2) @DisplayName("where an account does not exist, it is BK002")
    void unknownAccounts(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone)) {
            refused(app, "BK002", 1, 99, "10");
            refused(app, "BK002", 99, 1, "10");
        }
        balances(clone, "After transfers from and to nobody", 100, 100, 0, 250.5, 100);
    }

    @Test @Order(5) @Needs("moves") @Hint(2) @DisplayName("an amount that is not above zero is BK003")
    void onlyPositiveAmounts(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone)) {
            refused(app, "BK003", 1, 2, "0");
            refused(app, "BK003", 1, 2, "-50");
        }
        balances(clone, "After transfers of nothing and less", 100, 100, 0, 250.5, 100);
    }

    @Test @Order(6) @Needs("moves") @Hint(2) @DisplayName("a transfer to oneself changes nothing")
    void toOneself(Clone clone) throws SQLException {
        begin(clone);
        try (var app = app(clone)) {
            Expect.works("60 from Ann to Ann", () -> transfer(app, 1, 1, "60"), "The money is there.");
            balances(clone, "After Ann gave 60 to Ann", 100, 100, 0, 250.5, 100);
            refused(app, "BK001", 1, 1, "101");
        }
    }

    @Test @Order(7) @Needs("neverBelowZero") @Hint(1) @DisplayName("the second of two transfers sees what the first one left")
    void theSecondWaits(Clone clone) throws Exception {
        // Of Ann, whose number is the lower one in both transfers, and of Eve, whose number is the higher one.
        for (int payer : List.of(1, 5)) {
            begin(clone);
            try (var first = app(clone); var second = app(clone); var observer = clone.observer().connect()) {
                first.setAutoCommit(false);
                transfer(first, payer, 2, "80");
                var late = start(() -> attempt(second, payer, 3, "80"));
                blocked(observer, second, late, "A second transfer of 80 from account " + payer + ", while the first is not committed");
                first.commit();
                Expect.equal("80 more from account " + payer + ", which has 20 when the first transfer is committed", "BK001", ended(late),
                    "Which balance did the second one look at, and when?");
            }
            balances(clone, "After one of the two", payer == 1 ? 20 : 100, 180, 0, 250.5, payer == 5 ? 20 : 100);
        }
    }

    @Test @Order(8) @Needs("moves") @Hint(2) @DisplayName("two transfers in opposite directions do not lock each other out")
    void noDeadlock(Clone clone) throws Exception {
        begin(clone);
        // The row that is locked, and who pays in the first of the two: all four, because an order of locks may be any.
        for (var play : List.of(List.of(1, 1), List.of(1, 2), List.of(2, 1), List.of(2, 2))) {
            int gate = play.get(0);
            int payer = play.get(1);
            try (var holder = app(clone); var one = app(clone); var other = app(clone); var observer = clone.observer().connect()) {
                holder.setAutoCommit(false);
                run(holder, "select from app.accounts where id = " + gate + " for update");
                var away = start(() -> attempt(one, payer, 3 - payer, "10"));
                blocked(observer, one, away, "A transfer between two accounts of which one is locked");
                var back = start(() -> attempt(other, 3 - payer, payer, "10"));
                blocked(observer, other, back, "The transfer in the other direction");
                holder.commit();
                Expect.equal("Two transfers, one there and one back", "done, done", ended(away) + ", " + ended(back),
                    "40P01 is a deadlock: each holds what the other one needs. In which order do you lock?");
            }
        }
        balances(clone, "After 10 there and back", 100, 100, 0, 250.5, 100);
    }

    @Test @Order(9) @Needs("moves") @Hint(2) @DisplayName("transfers that share no account do not wait for each other")
    void othersGoOn(Clone clone) throws Exception {
        begin(clone);
        try (var first = app(clone); var second = app(clone)) {
            first.setAutoCommit(false);
            transfer(first, 1, 2, "80");
            run(second, "set lock_timeout = '2s'");
            Expect.equal("A transfer from Dan to Eve, while one from Ann to Bob is not committed", "done", attempt(second, 4, 5, "50"),
                "55P03: it waited for a lock. Which rows does a transfer need for itself, and which not?");
            first.commit();
        }
        balances(clone, "After 80 from Ann to Bob and 50 from Dan to Eve", 20, 180, 0, 200.5, 150);
    }

    @Test @Order(10) @Needs({"theSecondWaits", "noDeadlock"}) @Hint(2) @DisplayName("twenty callers at once lose no money and make none")
    void twentyCallers(Clone clone) throws Exception {
        begin(clone);
        var start = new CyclicBarrier(20);
        var outcomes = new ArrayList<Future<String>>();
        try (var callers = Executors.newFixedThreadPool(20)) {
            for (int caller = 0; caller < 20; caller++) {
                var luck = new Random(caller);
                outcomes.add(callers.submit(() -> {
                    try (var app = app(clone)) {
                        start.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                        for (int i = 0; i < 10; i++) {
                            var outcome = attempt(app, 1 + luck.nextInt(5), 1 + luck.nextInt(5), Integer.toString(10 + luck.nextInt(60)));
                            if (!outcome.equals("done") && !outcome.equals("BK001")) {
                                return outcome;
                            }
                        }
                        return "done";
                    }
                }));
            }
            for (var outcome : outcomes) {
                Expect.equal("What a caller got who transfers ten times", "done", outcome.get(PATIENCE.toSeconds(), TimeUnit.SECONDS),
                    "Done, or BK001; anything else should not happen here.");
            }
        }
        Expect.table("Sum of all balances, and the accounts below zero", Rows.unnamed().row(550.5, 0),
            asOwner(clone, "select sum(balance), count(*) filter (where balance < 0) from app.accounts"), "Who read what, and who wrote in between?");
    }

    private static void refused(Connection app, String sqlState, long from, long to, String amount) {
        Expect.sqlState(amount + " from " + from + " to " + to, sqlState, () -> transfer(app, from, to, amount),
            "`raise exception … using errcode = …`, before anything is changed.");
    }

    /** Returns when the session waits for a lock; the transfer should not have ended before. */
    private static void blocked(Connection observer, Connection session, Future<String> transfer, String what) throws Exception {
        var pid = session.unwrap(PGConnection.class).getBackendPID();
        for (var end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; Thread.sleep(5)) {
            if ((Boolean) Rows.query(observer, "select cardinality(pg_blocking_pids(?)) > 0", pid).values().getFirst().getFirst()) {
                return;
            }
            Expect.that(what, !transfer.isDone(), "it waits for a lock", "it ended without waiting", LOCKS);
        }
        Expect.that(what, false, "it waits for a lock", "it runs, and waits for none", LOCKS);
    }

    private static Future<String> start(Callable<String> work) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return work.call();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }, task -> Thread.ofPlatform().daemon().start(task));
    }

    private static String ended(Future<String> transfer) throws Exception {
        return Expect.within("The transfer ends when nobody is in its way", PATIENCE, () -> transfer.get());
    }

    /** "done", or the SQLSTATE. */
    private static String attempt(Connection app, long from, long to, String amount) {
        try {
            transfer(app, from, to, amount);
            return "done";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private static void transfer(Connection app, long from, long to, String amount) throws SQLException {
        try (var call = app.prepareStatement("select app.transfer(?, ?, ?::numeric)")) {
            call.setLong(1, from);
            call.setLong(2, to);
            call.setString(3, amount);
            call.execute();
        }
    }

    private static void begin(Clone clone) throws SQLException {
        try (var owner = clone.owner().connect()) {
            run(owner, "update app.accounts set balance = (array[100, 100, 0, 250.50, 100])[id]");
        }
    }

    private static void balances(Clone clone, String when, Number... expected) throws SQLException {
        var rows = Rows.columns("id", "balance");
        for (int i = 0; i < expected.length; i++) {
            rows = rows.row(i + 1, expected[i]);
        }
        Expect.table("The accounts. " + when, rows, asOwner(clone, "select id, balance from app.accounts"), "What leaves one account arrives on the other.");
    }

    private static Connection app(Clone clone) throws SQLException {
        var app = clone.app().connect();
        run(app, "set statement_timeout = '10s'");
        return app;
    }

    private static Rows asOwner(Clone clone, String sql) throws SQLException {
        try (var owner = clone.owner().connect()) {
            return Rows.query(owner, sql);
        }
    }

    /** Runs a file as one message, so that it is PostgreSQL, and not the driver, who finds where each statement ends. */
    private static void script(Login login, String sql) throws SQLException {
        var how = new Properties();
        how.put("user", login.user());
        how.put("password", login.password());
        how.put("preferQueryMode", "simple");
        try (var connection = DriverManager.getConnection(login.url(), how)) {
            run(connection, "set statement_timeout = '10s'");
            run(connection, sql);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
