import grading.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.*;

/** Loads that wait for the verifier's word, so that whoever comes meanwhile comes for certain. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OneFlightTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int CROWD = 100;

    @Test @Order(1) @DisplayName("what was loaded is remembered, each key by itself")
    void remembers() throws Exception {
        var loads = new AtomicInteger();
        var memo = new Memo<String, String>(key -> Optional.of(key + " " + loads.incrementAndGet()));
        for (int i = 0; i < 3; i++) {
            Expect.equal("get(\"tea\")", Optional.of("tea 1"), get(memo, "tea"), "One load, and then from memory.");
        }
        Expect.equal("get(\"rice\")", Optional.of("rice 2"), get(memo, "rice"), "Another key is another value.");
    }

    @Test @Order(2) @Needs("remembers") @Hint(1) @DisplayName("a hundred threads at once are one load")
    void oneLoadForAll() throws Exception {
        var flight = new Flight(key -> Optional.of("loaded"));
        var memo = new Memo<>(flight);
        var crowd = start(CROWD, () -> memo.get("tea"));
        awaitCrowd(crowd, flight);
        flight.land();
        for (var reader : crowd) {
            Expect.equal("What each of them gets", Optional.of("loaded"), outcome(reader), "Those who wait get what the first one loads.");
        }
        Expect.equal("Loads for " + CROWD + " threads", 1, flight.loads.get(), "All of them looked before anything was stored.");
    }

    @Test @Order(3) @Needs("remembers") @Hint(1) @DisplayName("nobody waits for the load of another key")
    void otherKeysFly() throws Exception {
        var flight = new Flight(key -> Optional.of(key));
        Function<String, Optional<String>> loader = key -> key.equals("slow") ? flight.apply(key) : Optional.of(key);
        var memo = new Memo<>(loader);
        var slow = start(1, () -> memo.get("slow"));
        awaitCrowd(slow, flight);
        try {
            Expect.equal("get(\"quick\") while \"slow\" is being loaded", Optional.of("quick"), outcome(start(1, () -> memo.get("quick")).getFirst()),
                "A lock around everything makes one queue of all keys.");
        } finally {
            flight.land();
        }
        Expect.equal("get(\"slow\")", Optional.of("slow"), outcome(slow.getFirst()), "It was only slow.");
    }

    @Test @Order(4) @Needs("remembers") @Hint(2) @DisplayName("a failure reaches who loaded, and is not remembered")
    void failureIsForgotten() throws Exception {
        var down = new IllegalArgumentException("the database is down");
        var loads = new AtomicInteger();
        var memo = new Memo<String, String>(key -> {
            if (loads.incrementAndGet() == 1) {
                throw down;
            }
            return Optional.of("up again");
        });
        Expect.equal("get, while the loader throws", down, outcome(start(1, () -> memo.get("tea")).getFirst()), "The loader's own exception.");
        Expect.equal("get afterwards", Optional.of("up again"), outcome(start(1, () -> memo.get("tea")).getFirst()),
            "What is left in the map after a failure?");
    }

    @Test @Order(5) @Needs({"failureIsForgotten", "oneLoadForAll"}) @Hint(2) @DisplayName("who waited for a load that fails goes on")
    void waitersGoOn() throws Exception {
        var flight = new Flight(key -> {
            throw new IllegalArgumentException("the database is down");
        });
        var memo = new Memo<>(flight);
        var crowd = start(CROWD, () -> memo.get("tea"));
        awaitCrowd(crowd, flight);
        flight.land();
        for (var reader : crowd) {
            var outcome = outcome(reader);
            Expect.that("What each of those who waited gets", outcome instanceof RuntimeException, "an exception", outcome,
                "Who tells them that the load has failed?");
        }
    }

    @Test @Order(6) @Needs("remembers") @Hint(2) @DisplayName("that there is none is not remembered")
    void nothingIsForgotten() throws Exception {
        var loads = new AtomicInteger();
        var memo = new Memo<String, String>(key -> loads.incrementAndGet() == 1 ? Optional.empty() : Optional.of("there now"));
        Expect.equal("get of what is not there", Optional.empty(), get(memo, "tea"), "An empty Optional is an answer.");
        Expect.equal("get when it is there", Optional.of("there now"), get(memo, "tea"), "Bob has signed up since.");
        get(memo, "tea");
        Expect.equal("Loads", 2, loads.get(), "What is there is remembered.");
    }

    @Test @Order(7) @Needs("remembers") @Hint(1) @DisplayName("what is forgotten is loaded again")
    void forgets() throws Exception {
        var loads = new AtomicInteger();
        var memo = new Memo<String, Integer>(key -> Optional.of(loads.incrementAndGet()));
        get(memo, "tea");
        get(memo, "rice");
        memo.forget("tea");
        Expect.equal("get(\"tea\") after forget(\"tea\")", Optional.of(3), get(memo, "tea"), "forget is for this key.");
        Expect.equal("get(\"rice\")", Optional.of(2), get(memo, "rice"), "Nobody said that rice has changed.");
    }

    @Test @Order(8) @Needs({"forgets", "oneLoadForAll", "nothingIsForgotten"}) @Hint(2) @DisplayName("a load from before forget is not remembered after it")
    void lateFlights() throws Exception {
        for (var late : List.of(Optional.of("old"), Optional.<String>empty())) {
            var flight = new Flight(key -> late);
            var loads = new AtomicInteger();
            var memo = new Memo<String, String>(key -> loads.incrementAndGet() == 1 ? flight.apply(key) : Optional.of("new"));
            var slow = start(1, () -> memo.get("tea"));
            awaitCrowd(slow, flight);
            var forget = start(1, () -> {
                memo.forget("tea");
                return Optional.empty();
            }).getFirst();
            until(() -> forget.isDone() || forget.thread.getState() != Thread.State.RUNNABLE);
            if (forget.isDone()) { // it may as well wait until the flight has landed
                Expect.equal("get after forget, while the old value is still being loaded", Optional.of("new"),
                    outcome(start(1, () -> memo.get("tea")).getFirst()), "Who comes after forget must not get into the flight from before it.");
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
            try {
                landing.await(4 * PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return loader.apply(key);
        }

        void land() {
            landing.countDown();
        }
    }

    private static final class Reader extends FutureTask<Object> {
        private Thread thread;

        Reader(Callable<?> work) {
            super(work::call);
        }
    }

    private static List<Reader> start(int many, Callable<?> work) {
        var readers = new ArrayList<Reader>();
        for (int i = 0; i < many; i++) {
            var reader = new Reader(work);
            reader.thread = Thread.ofPlatform().daemon().unstarted(reader);
            reader.thread.start();
            readers.add(reader);
        }
        return readers;
    }

    /** Until all of them wait: one at least in the loader, the others for it. */
    private static void awaitCrowd(List<Reader> crowd, Flight flight) throws InterruptedException {
        until(() -> flight.loads.get() > 0 && crowd.stream().allMatch(r -> r.isDone() || waits(r.thread)));
    }

    private static boolean waits(Thread thread) {
        return switch (thread.getState()) {
            case BLOCKED, WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }

    private static void until(BooleanSupplier reached) throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos() / 2;
        while (!reached.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(1);
        }
    }

    private static <V> Object get(Memo<String, V> memo, String key) throws InterruptedException {
        return outcome(start(1, () -> memo.get(key)).getFirst());
    }

    private static Object outcome(Reader reader) throws InterruptedException {
        try {
            return reader.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return "still waits";
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }
}
