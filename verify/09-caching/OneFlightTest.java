import grading.*;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.*;

/** Loads that wait for the verifier's word, so that whoever comes meanwhile comes for certain. */
class OneFlightTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** More than any limit that seems generous. */
    private static final int KEYS = 400;
    private static final int OTHERS = 60_000;
    private static final int CROWD = 100;
    /** Fewer than the least limit that the task allows. */
    private static final int MANY = 9_000;

    @Test @Promises("remembered") @DisplayName("what was loaded is remembered, each key by itself")
    void remembers() throws Exception {
        var loads = new AtomicInteger();
        var memo = new Memo<String, String>(key -> Optional.of(key + " " + loads.incrementAndGet()));
        for (int i = 0; i < 3; i++) {
            Expect.equal("get(\"tea\")", Optional.of("tea 1"), get(memo, "tea"), "One load, and then from memory.");
        }
        Expect.equal("get(\"rice\")", Optional.of("rice 2"), get(memo, "rice"), "Another key is another value.");
        Expect.equal("get(\"Rice\")", Optional.of("Rice 3"), get(memo, "Rice"), "Another key is another value.");
        var many = new Memo<Integer, Integer>(key -> Optional.of(loads.incrementAndGet()));
        loads.set(0);
        for (int times = 0; times < 2; times++) {
            for (int key = 0; key < MANY; key++) {
                many.get(key);
            }
            if (times == 0) {
                System.gc(); // nobody else has these keys and values
            }
        }
        Expect.equal("Loads for " + MANY + " keys, asked for twice each, the garbage collector in between", MANY, loads.get(), "Nobody said that they have changed. Who holds them?");
    }

    /** Makes a memo, in whichever time. */
    static final class Maker implements UnaryOperator<Function<String, Optional<String>>> {
        @Override public Function<String, Optional<String>> apply(Function<String, Optional<String>> loader) {
            return new Memo<>(loader)::get;
        }
    }

    @Test @Needs("remembers") @Promises("remembered") @SuppressWarnings("unchecked") @DisplayName("until it is forgotten, whenever that is")
    void remembersForHours() throws Exception {
        var loads = new AtomicInteger();
        UnaryOperator<Function<String, Optional<String>>> hasty = OtherProcess.startInFastTime(Maker.class, UnaryOperator.class);
        var get = hasty.apply(key -> Optional.of(key + " " + loads.incrementAndGet()));
        Expect.equal("get(\"tea\")", Optional.of("tea 1"), Expect.within("get", PATIENCE, () -> get.apply("tea")), "One load, and then from memory.");
        Thread.sleep(50);
        Expect.equal("get(\"tea\"), when an hour has passed", Optional.of("tea 1"), Expect.within("get", PATIENCE, () -> get.apply("tea")), "It is remembered until it is forgotten.");
    }

    @Test @Needs("remembers") @Hint(1) @Promises("one-load") @DisplayName("a hundred threads at once are one load")
    void oneLoadForAll() throws Exception {
        for (var result : List.of(Optional.of("loaded"), Optional.<String>empty())) {
            var flight = new Flight(key -> result);
            var memo = new Memo<>(flight);
            var crowd = start(CROWD, () -> memo.get("tea"));
            awaitCrowd(crowd, flight);
            flight.land();
            for (var reader : crowd) {
                Expect.equal("What each of them gets", result, outcome(reader), "Those who wait get what the first one loads.");
            }
            Expect.equal("Loads for " + CROWD + " threads" + (result.isEmpty() ? ", if there is none" : ""), 1, flight.loads.get(),
                result.isEmpty() ? "That there is none is a result as well, for all who wait for it." : "All of them looked before anything was stored.");
        }
    }

    @Test @Needs("remembers") @Hint(1) @Promises("other-keys") @DisplayName("nobody waits for the load of another key")
    void otherKeysFly() throws Exception {
        var flight = new Flight(key -> Optional.of(key));
        Function<String, Optional<String>> loader = key -> key.equals("slow") ? flight.apply(key) : Optional.of(key);
        var memo = new Memo<>(loader);
        var slow = start(1, () -> memo.get("slow"));
        awaitCrowd(slow, flight);
        try {
            Expect.equal("get(\"quick\") while \"slow\" is being loaded", Optional.of("quick"), get(memo, "quick"), "A lock around everything makes one queue of all keys.");
        } finally {
            flight.land();
        }
        Expect.equal("get(\"slow\")", Optional.of("slow"), outcome(slow.getFirst()), "It was only slow.");
    }

    @Test @Needs("otherKeysFly") @Hint(1) @Promises("other-keys") @DisplayName("however many are being loaded, and whatever their hash codes are")
    void manyKeysFly() throws Exception {
        for (var step : List.of(1, 1 << 16)) { // the second are neighbours in every hash table
            var landing = new CountDownLatch(1);
            var loads = new AtomicInteger();
            var memo = new Memo<Integer, Integer>(key -> {
                loads.incrementAndGet();
                await(landing);
                return Optional.of(key);
            });
            var readers = IntStream.range(0, KEYS).mapToObj(n -> Task.start(() -> memo.get(n * step))).toList();
            try {
                Task.until(PATIENCE.dividedBy(2), () -> loads.get() == KEYS);
                Expect.equal("Keys of " + KEYS + " that are being loaded at once, by as many threads" + (step == 1 ? "" : "; their hash codes differ in their upper bits"),
                    KEYS, loads.get(), "What do they share: a limit, a lock, a place in a map?");
            } finally {
                landing.countDown();
            }
            for (int n = 0; n < KEYS; n++) {
                Expect.equal("get(" + n * step + ")", Optional.of(n * step), outcome(readers.get(n)), "It was only slow.");
            }
        }
    }

    @Test @Needs({"oneLoadForAll", "otherKeysFly"}) @Hint(1) @Promises("one-load") @DisplayName("whatever has been loaded in the meantime, there is one load")
    void fullMemory() throws Exception {
        var flight = new Flight(Optional::of);
        var memo = new Memo<String, String>(key -> key.length() > 1 ? flight.apply(key) : Optional.of(key));
        var first = start(1, () -> memo.get("tea"));
        awaitCrowd(first, flight);
        for (int key = 0; key < OTHERS; key++) {
            memo.get(String.valueOf((char) key));
        }
        var second = start(1, () -> memo.get("tea"));
        awaitCrowd(second, flight);
        flight.land();
        for (var reader : List.of(first.getFirst(), second.getFirst())) {
            Expect.equal("get(\"tea\")", Optional.of("tea"), outcome(reader), "It was only slow.");
        }
        Expect.equal("Loads of \"tea\" for two threads, between which " + OTHERS + " other keys were loaded", 1, flight.loads.get(),
            "You may throw away what is remembered, but not a load for which somebody may wait.");
    }

    @Test @Needs("remembers") @Hint(2) @Promises({"failure-forgotten", "as-it-is"}) @DisplayName("a failure reaches who loaded, and is not remembered")
    void failureIsForgotten() throws Exception {
        var wrapping = List.of(new CompletionException(new IOException("the loader has joined a future")), new ExecutionException(new IOException("it has got one")),
            new RuntimeException(new IOException("it has wrapped what it got")));
        for (var failure : Stream.concat(Faults.ofEveryKind().stream(), wrapping.stream()).toList()) {
            var loads = new AtomicInteger();
            var memo = new Memo<String, String>(key -> {
                if (loads.incrementAndGet() == 1) {
                    throw Faults.sneak(failure);
                }
                return Optional.of("up again");
            });
            var first = Task.start(() -> memo.get("tea")).outcome(PATIENCE);
            Expect.passesOn("get, while the loader throws", failure, () -> {
                switch (first) {
                    case Task.Outcome.Failed<Optional<String>>(var thrown) -> throw Faults.sneak(thrown);
                    case Task.Outcome.StillRunning<Optional<String>> running -> throw new IllegalStateException(running.toString());
                    default -> { }
                }
            }, "What the loader has thrown, itself.");
            Expect.equal("get, after the loader has thrown " + failure.getClass().getSimpleName(), Optional.of("up again"), get(memo, "tea"), "What is left in the map after a failure?");
        }
    }

    @Test @Needs({"failureIsForgotten", "oneLoadForAll"}) @Hint(2) @Promises("nobody-hangs") @DisplayName("who waited for a load that fails goes on")
    void waitersGoOn() throws Exception {
        for (var failure : List.of(new IllegalArgumentException("the database is down"), new StackOverflowError("an error"), new IOException("a checked one, sneaked out"))) {
            var flight = new Flight(key -> {
                throw Faults.sneak(failure);
            });
            var memo = new Memo<>(flight);
            var crowd = start(CROWD / 4, () -> memo.get("tea"));
            awaitCrowd(crowd, flight);
            flight.land();
            for (var reader : crowd) {
                var outcome = reader.outcome(PATIENCE);
                Expect.that("What each of those gets who waited for a load that has thrown " + failure.getClass().getSimpleName(), outcome instanceof Task.Outcome.Failed, "an exception", outcome,
                    "Who tells them that the load has failed?");
            }
        }
    }

    @Test @Needs("oneLoadForAll") @Hint(1) @Promises("one-load") @DisplayName("also if one who waits is interrupted")
    void interrupted() throws Exception {
        var flight = new Flight(Optional::of);
        var memo = new Memo<>(flight);
        var crowd = start(2, () -> memo.get("tea"));
        awaitCrowd(crowd, flight);
        var before = start(1, () -> {
            Thread.currentThread().interrupt();
            return memo.get("tea");
        });
        awaitCrowd(before, flight);
        flight.land();
        for (var reader : crowd) {
            Expect.equal("What those get who wait beside one who is interrupted", Optional.of("tea"), outcome(reader), "Those who wait get what the first one loads.");
        }
        outcome(before.getFirst()); // the value, or an exception
        Expect.equal("Loads for three threads, one of which is interrupted", 1, flight.loads.get(), "Who does not wait any longer gets an exception, but no load of its own.");
    }

    @Test @Needs("remembers") @Hint(2) @Promises("none-forgotten") @DisplayName("that there is none is not remembered")
    void nothingIsForgotten() throws Exception {
        var loads = new AtomicInteger();
        var memo = new Memo<String, String>(key -> loads.incrementAndGet() <= 2 ? Optional.empty() : Optional.of("there now"));
        for (int i = 0; i < 2; i++) {
            Expect.equal("get of what is not there", Optional.empty(), get(memo, "tea"), "An empty Optional is an answer.");
        }
        Expect.equal("get when it is there", Optional.of("there now"), get(memo, "tea"), "Bob has signed up since.");
        get(memo, "tea");
        Expect.equal("Loads", 3, loads.get(), "What is there is remembered.");
    }

    @Test @Needs("remembers") @Hint(1) @Promises({"forgets", "remembered"}) @DisplayName("what is forgotten is loaded again")
    void forgets() throws Exception {
        var loads = new AtomicInteger();
        var memo = new Memo<String, Integer>(key -> Optional.of(loads.incrementAndGet()));
        memo.forget("tea"); // which nobody has loaded
        get(memo, "tea");
        get(memo, "rice");
        for (int times = 0; times < 2; times++) {
            memo.forget("tea");
            Expect.equal("get(\"tea\") after forget(\"tea\")", Optional.of(3 + times), get(memo, "tea"), "The value has changed.");
            Expect.equal("get(\"rice\")", Optional.of(2), get(memo, "rice"), "Nobody said that rice has changed.");
        }
    }

    @Test @Needs({"forgets", "otherKeysFly"}) @Hint(2) @Promises("remembered") @DisplayName("also while another key is being loaded, which is remembered all the same")
    void forgetsAnother() throws Exception {
        var flight = new Flight(Optional::of);
        var memo = new Memo<>(flight);
        var slow = start(1, () -> memo.get("tea"));
        awaitCrowd(slow, flight);
        var forget = Task.start(() -> {
            memo.forget("rice");
            return Optional.empty();
        });
        Task.until(PATIENCE.dividedBy(2), () -> forget.isDone() || forget.isWaiting());
        flight.land();
        outcome(slow.getFirst());
        outcome(forget);
        Expect.equal("get(\"tea\")", Optional.of("tea"), get(memo, "tea"), "It was only slow.");
        Expect.equal("Loads of \"tea\", when forget(\"rice\") came in the middle of the first one", 1, flight.loads.get(), "Nobody said that tea has changed.");
    }

    @Test @Needs({"forgets", "oneLoadForAll", "nothingIsForgotten"}) @Hint(2) @Promises({"forgets", "one-load"}) @DisplayName("a load from before forget is not remembered after it")
    void lateFlights() throws Exception {
        for (var late : List.<Callable<Optional<String>>>of(() -> Optional.of("old"), Optional::empty, () -> {
            throw new IllegalArgumentException("the database was down");
        })) {
            var flight = new Flight(key -> unchecked(late));
            var loads = new AtomicInteger();
            var memo = new Memo<String, String>(key -> loads.incrementAndGet() == 1 ? flight.apply(key) : Optional.of("new"));
            var slow = start(1, () -> memo.get("tea"));
            awaitCrowd(slow, flight);
            var forget = Task.start(() -> {
                memo.forget("tea");
                return Optional.empty();
            });
            Task.until(PATIENCE.dividedBy(2), () -> forget.isDone() || forget.isWaiting());
            if (forget.isDone()) { // it may as well wait until the flight has landed
                Expect.equal("get after forget, while the old value is still being loaded", Optional.of("new"), get(memo, "tea"),
                    "Who comes after forget must not get into the flight from before it.");
            }
            flight.land();
            outcome(slow.getFirst());
            outcome(forget);
            for (int i = 0; i < 2; i++) {
                Expect.equal("get, when the old flight has landed as well", Optional.of("new"), get(memo, "tea"), "The old flight came late. What did it store, or take away?");
            }
            Expect.equal("Loads", 2, loads.get(), "The old flight came late. What did it store, or take away?");
        }
    }

    @Test @Needs("lateFlights") @Hint(2) @Promises("one-load") @DisplayName("nor does it disturb the one that is up by then")
    void twoFlights() throws Exception {
        for (var late : List.<Callable<Optional<String>>>of(() -> Optional.of("old"), Optional::empty, () -> {
            throw new IllegalArgumentException("the database was down");
        })) {
            var first = new Flight(key -> unchecked(late));
            var second = new Flight(key -> Optional.of("new"));
            var loads = new AtomicInteger();
            var memo = new Memo<String, String>(key -> (loads.incrementAndGet() == 1 ? first : second).apply(key));
            var old = start(1, () -> memo.get("tea"));
            awaitCrowd(old, first);
            var forget = Task.start(() -> {
                memo.forget("tea");
                return Optional.empty();
            });
            Task.until(PATIENCE.dividedBy(2), () -> forget.isDone() || forget.isWaiting());
            if (!forget.isDone()) { // it waits until the flight has landed, so there are never two
                first.land();
                second.land();
                continue;
            }
            var crowd = start(2, () -> memo.get("tea"));
            awaitCrowd(crowd, second);
            first.land();
            // It gives up, or goes for the new value as well.
            Task.until(PATIENCE.dividedBy(2), () -> old.getFirst().isDone() || old.getFirst().isWaiting());
            var more = start(2, () -> memo.get("tea"));
            awaitCrowd(more, second);
            second.land();
            for (var reader : List.of(crowd.getFirst(), crowd.getLast(), more.getFirst(), more.getLast())) {
                Expect.equal("What those get who ask after forget", Optional.of("new"), outcome(reader), "They wait for the load that began after forget.");
            }
            outcome(old.getFirst());
            Expect.equal("Loads, one before forget and one after it", 2, loads.get(), "The old flight has landed. What did it take away?");
        }
    }

    private static Optional<String> unchecked(Callable<Optional<String>> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw Faults.sneak(e);
        }
    }

    private static void await(CountDownLatch landing) {
        try {
            landing.await(4 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A load that lands when it is told to. */
    private static final class Flight implements Function<String, Optional<String>> {
        private final AtomicInteger loads = new AtomicInteger();
        private final CountDownLatch landing = new CountDownLatch(1);
        private final Function<String, Optional<String>> loader;

        Flight(Function<String, Optional<String>> loader) {
            this.loader = loader;
        }

        @Override public Optional<String> apply(String key) {
            loads.incrementAndGet();
            await(landing);
            return loader.apply(key);
        }

        void land() {
            landing.countDown();
        }
    }

    private static <T> List<Task<T>> start(int many, Callable<T> work) {
        var readers = new ArrayList<Task<T>>();
        for (int i = 0; i < many; i++) {
            readers.add(Task.start(work));
        }
        return readers;
    }

    /** Until all of them wait: one at least in the loader, the others for it. */
    private static void awaitCrowd(List<? extends Task<?>> crowd, Flight flight) throws Exception {
        Task.until(PATIENCE.dividedBy(2), () -> flight.loads.get() > 0 && crowd.stream().allMatch(reader -> reader.isDone() || reader.isWaiting()));
    }

    private static <V> Object get(Memo<String, V> memo, String key) throws InterruptedException {
        return outcome(Task.start(() -> memo.get(key)));
    }

    /** The value, or in words what else came of it. */
    private static Object outcome(Task<?> reader) throws InterruptedException {
        var outcome = reader.outcome(PATIENCE);
        return outcome instanceof Task.Outcome.Value<?>(var value) ? value : outcome.toString();
    }
}
