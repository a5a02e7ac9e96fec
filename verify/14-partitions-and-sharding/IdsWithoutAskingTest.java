import grading.*;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.*;

/** Ids at moments that the verifier says, by one instance and by many. */
class IdsWithoutAskingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final Duration LONG = Duration.ofSeconds(15);
    private static final int THREADS = 8;
    private static final List<Integer> INSTANCES = List.of(0, 1, 2, 3, 255, 256, 511, 512, 768, 1022, 1023);

    private final AtomicLong clock = new AtomicLong(at("2026-11-29T20:00:00Z"));

    @Test @Hint(1) @Promises("unique") @DisplayName("no id is given twice, in one millisecond and by many threads")
    void isUnique() throws Exception {
        for (var step : List.of(0, 1)) {
            var ids = new Ids(5, () -> step == 0 ? clock.get() : clock.getAndIncrement());
            different("Different ids of 20000" + (step == 0 ? ", of one millisecond" : ", of 20000 milliseconds"), 20_000, make(ids, 20_000),
                "What does the counter do when it is full?");
        }
        byThreads(60, new Ids(6, () -> { // while the clock is asked, others have time to come in
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return clock.get();
        }));
        byThreads(20_000, new Ids(7, clock::get));
    }

    private static void byThreads(int n, Ids ids) throws Exception {
        var racers = Stream.generate(() -> (Callable<List<Long>>) () -> made(ids, n)).limit(THREADS).toList();
        var all = new ArrayList<Long>();
        for (var outcome : Task.race(PATIENCE, racers)) {
            if (outcome instanceof Task.Outcome.Value<List<Long>>(var made)) {
                all.addAll(made);
            } else {
                Expect.equal(n + " ids, asked for by each of " + THREADS + " threads", "ids", outcome.toString(), "They may wait for each other, but not for long.");
            }
        }
        different("Different ids, of " + THREADS + " threads that ask for " + n + " each", THREADS * n, all, "Between reading and writing a field there is room for another thread.");
    }

    @Test @Needs("isUnique") @Hint(1) @Promises("apart") @DisplayName("two instances give no id both")
    void areApart() throws Exception {
        var all = new ArrayList<Long>();
        for (var instance : INSTANCES) {
            all.addAll(make(new Ids(instance, clock::get), 6_000));
        }
        different("Different ids of " + INSTANCES.size() + " instances, 6000 of each, in the same millisecond", INSTANCES.size() * 6_000, all,
            "Which bits does each of 1024 instances have to itself?");
    }

    @Test @Needs("isUnique") @Hint(1) @Promises("positive") @DisplayName("ids are above 0 until the end of 2080")
    void arePositive() throws Exception {
        for (var moment : List.of("2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "2038-01-19T03:14:08Z", "2039-09-08T00:00:00Z", "2050-06-01T00:00:00Z", "2061-01-01T00:00:00Z", "2073-01-01T00:00:00Z", "2080-12-31T23:59:58Z")) {
            for (var instance : List.of(0, 1, 1023)) {
                var id = make(new Ids(instance, () -> at(moment)), 1).getFirst();
                Expect.that("The first id of instance " + instance + " at " + moment, id > 0, "above 0", id, "From which day are milliseconds counted, and in how many bits?");
            }
        }
    }

    @Test @Needs({"areApart", "arePositive"}) @Hint(1) @Promises("sorted") @DisplayName("a later id is greater")
    void areSorted() throws Exception {
        for (var moment : List.of("2026-01-01T00:00:01Z", "2031-05-05T05:05:05Z", "2080-12-31T23:59:50Z")) {
            clock.set(at(moment));
            var before = new ArrayList<Long>();
            for (var instance : INSTANCES) {
                var ids = new Ids(instance, clock::get);
                for (int n = 0; n < 3; n++) {
                    before.addAll(increasing(ids, 1_000));
                    clock.incrementAndGet();
                }
                clock.set(at(moment));
            }
            clock.addAndGet(1_003);
            var greatest = before.stream().mapToLong(Long::longValue).max().orElseThrow();
            for (var instance : INSTANCES) {
                later("An id of instance " + instance + ", a second later than those of all instances", greatest, new Ids(instance, clock::get));
            }
        }
    }

    @Test @Needs("areSorted") @Hint(1) @Promises("sorted") @DisplayName("a later id is greater, in whichever millisecond it is made")
    void areSortedInEachMillisecond() throws Exception {
        long start = at("2029-09-09T09:09:09Z");
        for (int millisecond = 0; millisecond < 3_000; millisecond++) {
            clock.set(start + millisecond);
            var before = new Ids(1023, clock::get).next();
            clock.addAndGet(1_000);
            var later = new Ids(0, clock::get).next();
            Expect.that("An id of instance 0, 1000 milliseconds after one that instance 1023 made at " + Instant.ofEpochMilli(start + millisecond), later > before,
                "greater than " + before, later, "What do the first bits of an id say, and whose time is it?");
        }
    }

    @Test @Needs("areSorted") @Hint(1) @Promises("sorted") @DisplayName("also after hours, and when the clock was put forward")
    void areSortedAfterHours() throws Exception {
        clock.set(at("2028-02-02T02:02:02Z"));
        var old = INSTANCES.stream().map(instance -> new Ids(instance, clock::get)).toList();
        for (var minutes : List.of(0, 60, 24 * 60)) {
            clock.addAndGet(minutes * 60_000L);
            var greatest = make(new Ids(77, clock::get), 1_000).stream().mapToLong(Long::longValue).max().orElseThrow();
            clock.addAndGet(1_001);
            for (var ids : old) {
                later("An id of an instance that has run for " + minutes + " minutes, by its clock", greatest, ids);
            }
        }
    }

    @Test @Needs("areSorted") @Hint(1) @Promises("sorted") @DisplayName("also where an instance makes a thousand in each millisecond, for seconds")
    void areSortedUnderLoad() throws Exception {
        clock.set(at("2027-03-03T03:03:03Z"));
        var busy = new Ids(3, clock::get);
        var greatest = Expect.within("1000 ids in each of 4000 milliseconds", LONG, () -> {
            long last = 0;
            for (int millisecond = 0; millisecond < 4_000; millisecond++) {
                for (int n = 0; n < 1_000; n++) {
                    last = Math.max(last, busy.next());
                }
                clock.incrementAndGet();
            }
            return last;
        }, "How long does it take to make one?");
        clock.addAndGet(1_000);
        for (var instance : INSTANCES) {
            later("An id of instance " + instance + ", a second after another one has made 1000 in each millisecond", greatest, new Ids(instance, clock::get));
        }
    }

    private static void later(String what, long greatest, Ids ids) throws Exception {
        var id = make(ids, 1).getFirst();
        Expect.that(what, id > greatest, "greater than " + greatest, id, "What do the first bits of an id say, and whose time is it?");
    }

    @Test @Needs("areSorted") @Hint(2) @Promises("clock-back") @DisplayName("a clock that stands still or goes back does no harm")
    void clockGoesBack() throws Exception {
        clock.set(at("2026-11-29T20:00:00Z"));
        var ids = new Ids(7, clock::get);
        var all = new ArrayList<>(increasing(ids, 500));
        for (var step : List.of(0L, -1L, -60_000L, 3L, 0L, -59_000L, 119_500L, 1L)) {
            clock.addAndGet(step);
            all.addAll(increasing(ids, 500));
        }
        different("Different ids, while the clock was set back and forth", 4_500, all, "Which time has an id been given for already?");
        for (int n = 1; n < all.size(); n++) {
            Expect.that("An id after " + all.get(n - 1) + ", while the clock was set back and forth", all.get(n) > all.get(n - 1), "greater", all.get(n),
                "Which time has an id been given for already?");
        }
        var soon = new Ids(8, clock::get);
        clock.set(at("2026-01-01T00:02:00Z"));
        make(soon, 1);
        clock.addAndGet(-60_000);
        Expect.that("An id of the first minutes of 2026, when the clock has been set back", make(soon, 1).getFirst() > 0, "above 0", "not above 0", "Nothing is special about that day.");
    }

    @Test @Needs({"clockGoesBack", "areSorted"}) @Hint(2) @Promises({"sorted", "clock-back"}) @DisplayName("an instance whose clock was set back keeps time with the others again")
    void keepsTimeAgain() throws Exception {
        clock.set(at("2026-11-29T21:00:00Z"));
        var setBack = new Ids(9, clock::get);
        make(setBack, 1);
        for (var step : List.of(-60_000L, 30_000L, -45_000L, 80_000L)) { // in the end five seconds later than at first
            clock.addAndGet(step);
            make(setBack, 10);
        }
        var greatest = make(setBack, 1).getFirst();
        clock.addAndGet(1_000);
        later("An id of another instance, a second after one whose clock was set back twice, and is right again", greatest, new Ids(3, clock::get));
    }

    @Test @Needs("isUnique") @Promises("refused") @DisplayName("another number of an instance is refused")
    void refusesOthers() {
        for (var instance : List.of(-1, 1024, 1025, Integer.MAX_VALUE, Integer.MIN_VALUE)) {
            var said = "an instance";
            try {
                new Ids(instance, clock::get);
            } catch (RuntimeException | Error e) {
                said = e.getClass().getSimpleName();
            }
            Expect.equal("What comes of new Ids(" + instance + ", clock)", "IllegalArgumentException", said, "There are 1024 instances, from 0 to 1023.");
        }
    }

    private static long at(String moment) {
        return Instant.parse(moment).toEpochMilli();
    }

    private static List<Long> made(Ids ids, int n) {
        var made = new ArrayList<Long>();
        for (int i = 0; i < n; i++) {
            made.add(ids.next());
        }
        return made;
    }

    private static List<Long> make(Ids ids, int n) throws Exception {
        return Expect.within(n + (n == 1 ? " id" : " ids"), PATIENCE, () -> made(ids, n), "The clock may stand still. Who waits for it?");
    }

    private static List<Long> increasing(Ids ids, int n) throws Exception {
        var made = make(ids, n);
        for (int i = 1; i < n; i++) {
            Expect.that("An id after " + made.get(i - 1), made.get(i) > made.get(i - 1), "greater", made.get(i), "What do the first bits of an id say, and the last?");
        }
        return made;
    }

    private static void different(String what, int expected, Collection<Long> ids, String lookAt) {
        Expect.equal(what, expected, new HashSet<>(ids).size(), lookAt);
    }
}
