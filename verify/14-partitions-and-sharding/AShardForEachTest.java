import grading.*;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.ToIntBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.*;

/** Where ids go: counted, asked twice, and asked again with a shard more. */
class AShardForEachTest {
    private static final long NOW = 1_764_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final long YEAR = 365L * 24 * 60 * MINUTE;

    /** Ids that a hash or a sign trips over. */
    private static final List<UUID> EDGES = List.of(new UUID(0, 0), new UUID(-1, -1), new UUID(Long.MIN_VALUE, 0), new UUID(0, Long.MIN_VALUE),
        new UUID(Long.MIN_VALUE, Long.MIN_VALUE), new UUID(Long.MAX_VALUE, Long.MAX_VALUE), new UUID(0, 0x80000000L), new UUID(0x80000000L, 0),
        new UUID(0, 0x7fffffffL), new UUID(0x8000000000000000L, 0x7fffffffffffffffL), UUID.fromString("00000000-0000-4000-8000-000000000000"));

    private final RandomData random = RandomData.create();

    @Test @Hint(2) @Promises("in-range") @DisplayName("every id has a shard from 0 to shards − 1")
    void isInRange() {
        var ids = Stream.concat(EDGES.stream(), Stream.concat(ids(200, 4, 0).stream(), ids(200, 7, YEAR).stream())).toList();
        for (var shards : List.of(1, 2, 3, 4, 5, 7, 8, 12, 16, 31, 64, 100, 257, 1000)) {
            for (var id : shards > 100 ? ids.subList(0, 30) : ids) {
                var shard = Shards.shardFor(id, shards);
                Expect.that("shardFor(" + id + ", " + shards + ")", shard >= 0 && shard < shards, "0 to " + (shards - 1), shard,
                    "Where can a number become negative, or be one too large?");
            }
        }
    }

    /** Asks the answer of another instance. */
    static final class Instance implements ToIntBiFunction<UUID, Integer> {
        @Override public int applyAsInt(UUID id, Integer shards) {
            return Shards.shardFor(id, shards);
        }
    }

    @Test @Needs("isInRange") @Promises("the-same") @DisplayName("asked the same, it says the same: again, in another order, in another instance")
    @SuppressWarnings("unchecked")
    void saysTheSame() throws Exception {
        var ids = Stream.concat(EDGES.stream(), Stream.concat(ids(60, 4, 0).stream(), ids(60, 7, MINUTE).stream())).toList();
        var counts = List.of(2, 3, 5, 8, 16, 100);
        var first = asked(Shards::shardFor, ids, counts);
        same("Asked again", first, asked(Shards::shardFor, ids, counts));
        ToIntBiFunction<UUID, Integer> other = OtherProcess.start(Instance.class, ToIntBiFunction.class);
        var backwards = asked(other, reversed(ids), reversed(counts));
        same("Asked in another instance, in another order", first, reversed(backwards));
        same("Asked by another thread", first, Expect.within("another thread", Duration.ofSeconds(5), () -> asked(Shards::shardFor, ids, counts)));
    }

    @Test @Needs("saysTheSame") @Hint(1) @Promises("even") @DisplayName("ids of version 4 and 7 are spread as evenly as dice would")
    void isEven() {
        for (var shards : List.of(2, 5, 8, 16)) {
            even("version 4", ids(3_000, 4, 0), shards);
            even("version 7, of a year", ids(3_000, 7, YEAR), shards);
            even("version 7, of a minute", ids(3_000, 7, MINUTE), shards);
            even("version 7, of one millisecond", ids(3_000, 7, 1), shards);
            even("version 7, of one moment, whose first halves are the same", sameMoment(ids(3_000, 7, 1)), shards);
        }
    }

    @Test @Needs("saysTheSame") @Hint(2) @Promises("few-move") @DisplayName("with a shard more, an id stays or goes to the new one")
    void movesFew() {
        var ids = Stream.concat(EDGES.stream(), Stream.concat(ids(150, 4, 0).stream(), ids(150, 7, YEAR).stream())).toList();
        var counts = Stream.concat(IntStream.rangeClosed(1, 12).boxed(), Stream.of(15, 16, 31, 64, 99)).toList();
        for (var shards : counts) {
            for (var id : shards > 24 ? ids.subList(0, 60) : ids) {
                var before = Shards.shardFor(id, shards);
                var after = Shards.shardFor(id, shards + 1);
                Expect.that("The shard of " + id + " when " + shards + " shards become " + (shards + 1), after == before || after == shards,
                    before + " as before, or " + shards + ", the new one", after, "Does the number of shards change what an old shard gets?");
            }
        }
    }

    @Test @Needs({"movesFew", "isEven"}) @Hint(2) @Promises("few-move") @DisplayName("however many there are, up to a thousand")
    void movesFewOfMany() {
        var ids = ids(3, 7, YEAR);
        for (var id : ids) {
            var before = Shards.shardFor(id, 24);
            for (int shards = 24; shards < (id == ids.getFirst() ? 1000 : 200); shards++) {
                var after = Shards.shardFor(id, shards + 1);
                Expect.that("The shard of " + id + " when " + shards + " shards become " + (shards + 1), after == before || after == shards,
                    before + " as before, or " + shards + ", the new one", after, "Does the number of shards change what an old shard gets?");
                before = after;
            }
        }
    }

    @Test @Needs("saysTheSame") @Promises("the-same") @SuppressWarnings("unchecked") @DisplayName("nor does the language of the machine change it")
    void saysTheSameInEveryLanguage() throws Exception {
        var ids = ids(60, 4, 0);
        var counts = List.of(2, 10, 100);
        var first = asked(Shards::shardFor, ids, counts);
        Environments.inEveryLocale(where -> {
            same("Asked " + where + ", where another language is spoken", first, asked(Shards::shardFor, ids, counts));
            ToIntBiFunction<UUID, Integer> other = OtherProcess.start(Instance.class, ToIntBiFunction.class);
            same("Asked in an instance that was started " + where, first, asked(other, ids, counts));
        });
    }

    @Test @Needs("isInRange") @Promises("refused") @DisplayName("no shard at all is refused")
    void refusesNone() {
        for (var shards : List.of(0, -1, -8, Integer.MIN_VALUE)) {
            for (var id : List.of(EDGES.getFirst(), ids(1, 4, 0).getFirst())) {
                var said = "a shard";
                try {
                    Shards.shardFor(id, shards);
                } catch (RuntimeException | Error e) {
                    said = e.getClass().getSimpleName();
                }
                Expect.equal("What comes of shardFor(id, " + shards + ")", "IllegalArgumentException", said, "There is no shard from 0 to " + (shards - 1L) + ".");
            }
        }
    }

    private static List<Integer> asked(ToIntBiFunction<UUID, Integer> answer, List<UUID> ids, List<Integer> counts) {
        var shards = new ArrayList<Integer>();
        for (var count : counts) {
            for (var id : ids) {
                shards.add(answer.applyAsInt(new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits()), count));
            }
        }
        return shards;
    }

    @Test @Needs("saysTheSame") @Promises("the-same") @DisplayName("asked by many threads at once, it says the same to each")
    void saysTheSameToMany() throws Exception {
        var ids = ids(200, 7, MINUTE);
        var first = asked(Shards::shardFor, ids, List.of(7));
        var racers = Collections.nCopies(8, (Callable<Long>) () -> {
            long different = 0;
            for (int round = 0; round < 100; round++) {
                different += asked(Shards::shardFor, ids, List.of(7)).equals(first) ? 0 : 1;
            }
            return different;
        });
        for (var outcome : Task.race(Duration.ofSeconds(15), racers)) {
            Expect.equal("Rounds of 200 ids in which one of eight threads heard something else, of 100", new Task.Outcome.Value<>(0L), outcome, "What do two threads share that ask at once?");
        }
    }

    private static <T> List<T> reversed(List<T> list) {
        var turned = new ArrayList<>(list);
        Collections.reverse(turned);
        return turned;
    }

    private static void same(String how, List<Integer> first, List<Integer> then) {
        var different = IntStream.range(0, first.size()).filter(i -> !first.get(i).equals(then.get(i))).count();
        Expect.equal(how + ", answers that were different, of " + first.size(), 0L, different, "What does it depend on, other than the id and the number?");
    }

    private static void even(String which, List<UUID> ids, int shards) {
        var on = new int[shards];
        ids.forEach(id -> on[Shards.shardFor(id, shards)]++);
        even(which, ids.size(), on);
    }

    private static void even(String which, int ids, int[] on) {
        var shards = on.length;
        var wanted = (double) ids / shards;
        var chi = IntStream.of(on).mapToDouble(n -> (n - wanted) * (n - wanted) / wanted).sum();
        var most = shards - 1 + 6 * Math.sqrt(2.0 * (shards - 1)) + 20; // dice exceed it once in ten million times
        Expect.that("Ids of " + which + ", on " + shards + " shards", chi <= most, "about " + Math.round(wanted) + " on each",
            shards > 16 ? "from %d to %d, further apart than dice would".formatted(IntStream.of(on).min().orElseThrow(), IntStream.of(on).max().orElseThrow()) : IntStream.of(on).boxed().toList(), "Does every bit of the id count?");
    }

    /** As ids of a generator that writes parts of a millisecond into the twelve bits behind it. */
    private static List<UUID> sameMoment(List<UUID> ids) {
        return ids.stream().map(id -> new UUID(ids.getFirst().getMostSignificantBits(), id.getLeastSignificantBits())).toList();
    }

    /** Ids of version 4 or 7; those of version 7 were made within so many milliseconds. */
    private List<UUID> ids(int n, int version, long milliseconds) {
        var bits = new java.util.Random(random.number(0, Integer.MAX_VALUE - 1));
        var ids = new ArrayList<UUID>();
        for (int i = 0; i < n; i++) {
            var start = version == 4 ? bits.nextLong() : NOW + milliseconds * i / n << 16 | bits.nextLong() & 0xffff;
            ids.add(new UUID(start & ~0xf000L | (long) version << 12, bits.nextLong() >>> 2 | Long.MIN_VALUE));
        }
        return ids;
    }

    /** What deals buckets to shards is even for few of them. Who takes long for each id is judged by fewer ids. */
    @Test @Needs({"movesFewOfMany", "isEven"}) @Hint(2) @Promises("even") @DisplayName("and so they are on a thousand")
    void isEvenForMany() {
        var on = new int[1000];
        int asked = 0;
        var end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        for (var id : ids(60_000, 4, 0)) {
            on[Shards.shardFor(id, on.length)]++;
            asked++;
            if (System.nanoTime() > end) {
                break;
            }
        }
        even("version 4", asked, on);
    }
}
