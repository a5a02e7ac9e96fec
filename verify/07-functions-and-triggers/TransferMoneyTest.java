import grading.*;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.*;

/** Transfers alone, then two that meet at a lock where the verifier has put them, then twenty at once. */
class TransferMoneyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String LOCKS = "Whose rows does a transfer need for itself?";

    @Test @DisplayName("transfer.sql runs, as the owner, and the table stays as it is")
    @Promises("as-it-is")
    void runs(Clone clone, Answer answer) throws Exception {
        var before = CatalogSnapshot.withRows(clone);
        Expect.works("transfer.sql runs", () -> Sql.script(clone.owner(), answer.text("transfer.sql")),
            "PostgreSQL's words name the place.");
        Expect.nothingElseChanged("What else has changed in the database", before, CatalogSnapshot.withRows(clone), "A function is all that is asked for.",
            "^new: function ", "^new: comment on function ");
        Expect.table("The function", Rows.columns("signature", "returns").row("p_from bigint, p_to bigint, p_amount numeric", "void"), Sql.query(clone.owner(), """
            select pg_get_function_arguments(oid) as signature, pg_get_function_result(oid) as returns from pg_proc
            where pronamespace = 'app'::regnamespace and proname = 'transfer'"""), "Programs call it as it was.");
    }

    @Test @Needs("runs") @DisplayName("a transfer moves the amount, and nothing else")
    @Promises("moves")
    void moves(Clone clone) throws SQLException {
        begin(clone);
        try (var app = Sql.connect(clone.app())) {
            app.setAutoCommit(false);
            Expect.works("30 from Ann to Bob", () -> transfer(app, 1L, 2L, "30"), "PostgreSQL's words name the place.");
            Expect.works("0.5 from Dan to Cat", () -> transfer(app, 4L, 3L, "0.5"), "PostgreSQL's words name the place.");
            app.commit();
            Expect.works("10 from Bob to Eve, which the caller rolls back", () -> transfer(app, 2L, 5L, "10"), "PostgreSQL's words name the place.");
            app.rollback();
        }
        balances(clone, "After 30 from Ann to Bob and 0.5 from Dan to Cat", 70, 130, 0.5, 250, 100);
    }

    @Test @Needs("moves") @Hint(2) @DisplayName("who has not enough gets BK001, who has just enough does not")
    @Promises({"not-enough", "moves"})
    void neverBelowZero(Clone clone) throws SQLException {
        begin(clone);
        try (var app = Sql.connect(clone.app())) {
            refused(app, "BK001", 1L, 2L, "100.01");
            refused(app, "BK001", 3L, 1L, "1");
            refused(app, "BK001", 3L, 1L, "0.01");
            refused(app, "BK001", 2L, 1L, "900000");
            balances(clone, "After refused transfers", 100, 100, 0, 250.5, 100);
            Expect.works("All of Ann's 100 to Cat", () -> transfer(app, 1L, 3L, "100"), "Zero is not below zero.");
        }
        balances(clone, "After Ann gave all to Cat", 0, 100, 100, 250.5, 100);
    }

    @Test @Needs("moves") @Hint(2) @DisplayName("where an account does not exist, it is BK002")
    @Promises("no-account")
    void unknownAccounts(Clone clone) throws SQLException {
        begin(clone);
        try (var app = Sql.connect(clone.app())) {
            for (var nobody : new Long[] {99L, 0L, -1L, Long.MAX_VALUE, null}) {
                refused(app, "BK002", 1L, nobody, "10");
                refused(app, "BK002", nobody, 1L, "10");
                refused(app, "BK002", nobody, nobody, "10");
            }
        }
        balances(clone, "After transfers from and to nobody", 100, 100, 0, 250.5, 100);
    }

    @Test @Needs("moves") @Hint(2) @DisplayName("an amount that is not above zero, or no number of cents, is BK003")
    @Promises({"no-amount", "moves"})
    void onlyPositiveAmounts(Clone clone) throws SQLException {
        begin(clone);
        try (var app = Sql.connect(clone.app())) {
            for (var amount : new String[] {"0", "0.00", "-50", "-0.01", null, "0.005", "0.001", "10.995", "-Infinity"}) {
                refused(app, "BK003", 1L, 2L, amount);
            }
            for (var amount : List.of("NaN", "Infinity", "9999999999.99")) {
                Expect.that(amount + " from 1 to 2", !attempt(app, 1, 2, amount).equals("done"), "refused", "done", "Nobody has that.");
            }
            balances(clone, "After transfers of nothing, of less, of parts of a cent, and of too much", 100, 100, 0, 250.5, 100);
            Expect.works("1.100 from Ann to Bob", () -> transfer(app, 1L, 2L, "1.100"), "1.100 are 110 cents.");
        }
        balances(clone, "After 1.100 from Ann to Bob", 98.9, 101.1, 0, 250.5, 100);
    }

    @Test @Needs("moves") @Hint(2) @DisplayName("a transfer to oneself changes nothing")
    @Promises("to-oneself")
    void toOneself(Clone clone) throws SQLException {
        begin(clone);
        try (var app = Sql.connect(clone.app())) {
            Expect.works("60 from Ann to Ann", () -> transfer(app, 1L, 1L, "60"), "The money is there.");
            Expect.works("100 from Ann to Ann", () -> transfer(app, 1L, 1L, "100"), "The money is there.");
            balances(clone, "After Ann gave 60 to Ann", 100, 100, 0, 250.5, 100);
            refused(app, "BK001", 1L, 1L, "101");
            Sql.execute(clone.owner(), "insert into app.accounts values (6, 'Kim', 9999999999.99)");
            Expect.works("0.01 from Kim, who has 9999999999.99, to Kim", () -> transfer(app, 6L, 6L, "0.01"), "The money is there, and nothing is to change, not even for a moment.");
            Expect.works("9999999999.99 from Kim, who has just that, to Kim", () -> transfer(app, 6L, 6L, "9999999999.99"), "The money is there, and nothing is to change, not even for a moment.");
            Expect.that("0.01 from Ann to Kim, who has 9999999999.99", !attempt(app, 1, 6, "0.01").equals("done"), "refused", "done", "No balance can hold that.");
            balances(clone, "After transfers around 9999999999.99", 100, 100, 0, 250.5, 100, 9999999999.99);
        }
    }

    @Test @Needs({"neverBelowZero", "toOneself", "onlyPositiveAmounts"}) @Hint(2) @DisplayName("a hundred transfers at random, one after the other")
    @Promises({"moves", "not-enough", "to-oneself"})
    void oneAfterTheOther(Clone clone) throws SQLException {
        begin(clone);
        Sql.execute(clone.owner(), "insert into app.accounts values (0, 'Fay', 10), (-7, 'Gus', 20), (5000000000, 'Hal', 30)");
        var random = RandomData.create();
        var balances = new TreeMap<Long, BigDecimal>();
        for (var row : Sql.query(clone.owner(), "select id, balance from app.accounts").values()) {
            balances.put(((BigDecimal) row.getFirst()).longValue(), (BigDecimal) row.getLast());
        }
        var accounts = List.copyOf(balances.keySet());
        try (var app = Sql.connect(clone.app())) {
            for (int i = 0; i < 100; i++) {
                long from = random.oneOf(accounts);
                long to = random.oneOf(accounts);
                var amount = random.amount(1, 60);
                var expected = balances.get(from).compareTo(amount) < 0 ? "BK001" : "done";
                Expect.equal(amount + " from " + from + ", who has " + balances.get(from).toPlainString() + ", to " + to, expected, attempt(app, from, to, amount.toString()),
                    "What leaves one account arrives on the other.");
                if (expected.equals("done")) {
                    balances.merge(from, amount.negate(), BigDecimal::add);
                    balances.merge(to, amount, BigDecimal::add);
                }
            }
        }
        var expected = Rows.columns("id", "balance");
        for (var account : balances.entrySet()) {
            expected = expected.row(account.getKey(), account.getValue());
        }
        Expect.table("The accounts, after a hundred transfers", expected, Sql.query(clone.owner(), "select id, balance from app.accounts"),
            "What leaves one account arrives on the other.");
    }

    @Test @Needs("neverBelowZero") @Hint(1) @DisplayName("the second of two transfers sees what the first one left")
    @Promises({"at-once", "not-enough"})
    void theSecondWaits(Clone clone) throws Exception {
        // Of Ann, whose number is the lower one in both transfers, and of Eve, whose number is the higher one.
        for (int payer : List.of(1, 5)) {
            begin(clone);
            try (var first = Sql.connect(clone.app()); var second = Sql.connect(clone.app())) {
                first.setAutoCommit(false);
                attempt(first, payer, 2, "80");
                var late = Task.start(() -> attempt(second, payer, 3, "80"));
                blocked(clone, second, late, "A second transfer of 80 from account " + payer + ", while the first is not committed");
                first.commit();
                Expect.equal("80 more from account " + payer + ", which has 20 when the first transfer is committed", "BK001", ended(late),
                    "Which balance did the second one look at, and when?");
            }
            balances(clone, "After one of the two", payer == 1 ? 20 : 100, 180, 0, 250.5, payer == 5 ? 20 : 100);
        }
    }

    @Test @Needs("moves") @Hint(1) @DisplayName("two who pay the same account both arrive")
    @Promises("at-once")
    void twoPayOne(Clone clone) throws Exception {
        for (int receiver : List.of(1, 5)) {
            begin(clone);
            try (var first = Sql.connect(clone.app()); var second = Sql.connect(clone.app())) {
                first.setAutoCommit(false);
                attempt(first, 2, receiver, "30");
                var late = Task.start(() -> attempt(second, 4, receiver, "40"));
                blocked(clone, second, late, "A second transfer to account " + receiver + ", while the first is not committed");
                first.commit();
                Expect.equal("The second transfer to account " + receiver, "done", ended(late), "The money is there.");
            }
            balances(clone, "After 30 from Bob and 40 from Dan to account " + receiver, receiver == 1 ? 170 : 100, 70, 0, 210.5, receiver == 5 ? 170 : 100);
        }
    }

    @Test @Needs("moves") @Hint(2) @DisplayName("two transfers in opposite directions do not lock each other out")
    @Promises("at-once")
    void noDeadlock(Clone clone) throws Exception {
        begin(clone);
        try (var holder = Sql.connect(clone.app()); var one = Sql.connect(clone.app()); var other = Sql.connect(clone.app())) {
            holder.setAutoCommit(false);
            // The row that is locked, and who pays in the first of the two: all four, because an order of locks may be any.
            for (var play : List.of(List.of(1, 1), List.of(1, 2), List.of(2, 1), List.of(2, 2))) {
                int gate = play.get(0);
                int payer = play.get(1);
                Sql.execute(holder, "select from app.accounts where id = " + gate + " for update");
                var away = Task.start(() -> attempt(one, payer, 3 - payer, "10"));
                blocked(clone, one, away, "A transfer between two accounts of which one is locked");
                var back = Task.start(() -> attempt(other, 3 - payer, payer, "10"));
                blocked(clone, other, back, "The transfer in the other direction");
                holder.commit();
                Expect.equal("Two transfers, one there and one back", "done, done", ended(away) + ", " + ended(back),
                    "40P01 is a deadlock: each holds what the other one needs. In which order do you lock?");
            }
        }
        balances(clone, "After 10 there and back", 100, 100, 0, 250.5, 100);
    }

    @Test @Needs("moves") @Hint(2) @DisplayName("transfers that share no account do not wait for each other")
    @Promises("no-waiting")
    void othersGoOn(Clone clone) throws Exception {
        begin(clone);
        Sql.execute(clone.owner(), "insert into app.accounts select n, 'Zoe', 10 from generate_series(1001, 4000) n "
            + "union all select n, 'Yan', 10 from unnest(array[2147483648, 4294967296, 4294967297, 4294967298, -1, -2, 0, 4119, 209697, 15601, 180514]) n");
        try (var first = Sql.connect(clone.app()); var second = Sql.connect(clone.app())) {
            first.setAutoCommit(false);
            attempt(first, 1, 2, "80");
            attempt(first, 4119, 15601, "5");
            Sql.execute(second, "set lock_timeout = '2s'");
            Expect.equal("A transfer from Dan to Eve, while one from Ann to Bob is not committed", "done", attempt(second, 4, 5, "50"),
                "55P03: it waited for a lock. Which rows does a transfer need for itself, and which not?");
            Expect.works("1500 transfers between 3000 other accounts, while one from Ann to Bob is not committed", () -> Sql.execute(second,
                "select count(app.transfer(n, n + 1, 1)) from generate_series(1001, 3999, 2) n"), "55P03: one of them waited for a lock. What else is locked with an account?");
            for (var pair : List.of(List.of(2147483648L, 4294967297L), List.of(4294967298L, 0L), List.of(-1L, -2L),
                    // hashint8 says the same of 1 and 4294967296, and of 4119 and 209697; hashtext of the digits of 15601 and 180514
                    List.of(4294967296L, 1001L), List.of(209697L, 180514L))) {
                Expect.equal("A transfer from " + pair.getFirst() + " to " + pair.getLast() + ", while one from 1 to 2 is not committed, and one from 4119 to 15601", "done",
                    attempt(second, pair.getFirst(), pair.getLast(), "5"), "55P03: it waited for a lock. What else is locked with an account?");
            }
            first.commit();
        }
    }

    @Test @Needs({"theSecondWaits", "noDeadlock"}) @Hint(2) @DisplayName("twenty callers at once lose no money and make none")
    @Promises("at-once")
    void twentyCallers(Clone clone) throws Exception {
        begin(clone);
        var connections = new ArrayList<Connection>();
        try {
            var callers = new ArrayList<Callable<String>>();
            for (int caller = 0; caller < 20; caller++) {
                var luck = new Random(caller);
                var app = Sql.connect(clone.app());
                connections.add(app);
                callers.add(() -> {
                    for (int i = 0; i < 10; i++) {
                        var outcome = attempt(app, 1 + luck.nextInt(5), 1 + luck.nextInt(5), Integer.toString(10 + luck.nextInt(60)));
                        if (!outcome.equals("done") && !outcome.equals("BK001")) {
                            return outcome;
                        }
                    }
                    return "done";
                });
            }
            for (var outcome : Task.race(PATIENCE, callers)) {
                Expect.equal("What a caller got who transfers ten times", "done", outcome.toString(), "Done, or BK001; anything else should not happen here.");
            }
        } finally {
            for (var connection : connections) {
                connection.close();
            }
        }
        Expect.table("Sum of all balances, and the accounts below zero", Rows.unnamed().row(550.5, 0),
            Sql.query(clone.owner(), "select sum(balance), count(*) filter (where balance < 0) from app.accounts"), "Who read what, and who wrote in between?");
    }

    @Test @Needs({"theSecondWaits", "unknownAccounts"}) @Hint(1) @DisplayName("an account that goes while a transfer waits for it does not exist")
    @Promises({"no-account", "at-once"})
    void goneMeanwhile(Clone clone) throws Exception {
        for (var gone : List.of(6, 7)) {
            begin(clone);
            Sql.execute(clone.owner(), "insert into app.accounts values (6, 'Kim', 100), (7, 'Lee', 100)");
            try (var owner = Sql.connect(clone.owner()); var app = Sql.connect(clone.app())) {
                owner.setAutoCommit(false);
                Sql.execute(owner, "delete from app.accounts where id = " + gone);
                var late = Task.start(() -> attempt(app, 6, 7, "10"));
                blocked(clone, app, late, "A transfer from 6 to 7, while somebody closes account " + gone);
                owner.commit();
                Expect.equal("10 from 6 to 7, after account " + gone + " was closed meanwhile", "BK002", ended(late), "Is it there when you have its lock?");
            }
            Expect.equal("What is on the account that is left", 100L, Sql.number(clone.owner(), "select balance from app.accounts where id = ?", 13 - gone), "No money appears or disappears.");
        }
    }

    private static void refused(Connection app, String sqlState, Long from, Long to, String amount) {
        Expect.sqlState(amount + " from " + from + " to " + to, sqlState, () -> transfer(app, from, to, amount),
            "`raise exception … using errcode = …`, before anything is changed. And what is not true of null?");
    }

    /** Returns when the session waits for a lock; the transfer should not have ended before. */
    private static void blocked(Clone clone, Connection session, Task<String> transfer, String what) throws Exception {
        var waits = transfer.waitsForLock(clone, Sql.pid(session), PATIENCE);
        Expect.that(what, waits, "it waits for a lock", transfer.isDone() ? "it ended without waiting" : "it runs, and waits for none", LOCKS);
    }

    private static String ended(Task<String> transfer) throws InterruptedException {
        return transfer.outcome(PATIENCE).toString();
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

    private static void transfer(Connection app, Long from, Long to, String amount) throws SQLException {
        Rows.query(app, "select app.transfer(p_from => ?::bigint, p_to => ?::bigint, p_amount => ?::numeric)", from, to, amount);
    }

    private static void begin(Clone clone) throws SQLException {
        Sql.execute(clone.owner(), """
            delete from app.accounts where id not between 1 and 5;
            update app.accounts set balance = (array[100, 100, 0, 250.50, 100])[id]""");
    }

    private static void balances(Clone clone, String when, Number... expected) throws SQLException {
        var rows = Rows.columns("id", "balance");
        for (int i = 0; i < expected.length; i++) {
            rows = rows.row(i + 1, expected[i]);
        }
        Expect.table("The accounts. " + when, rows, Sql.query(clone.owner(), "select id, balance from app.accounts"), "What leaves one account arrives on the other.");
    }
}
