import grading.*;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.*;

/** Judges 10.3 by what it plans, on archives that are named and on random ones. */
class WhichBackupTest {
    private static final long SEGMENT = 1L << 24;

    private static String text(long position) {
        return "%X/%X".formatted(position >>> 32, position & 0xFFFFFFFFL);
    }

    private static RestorePlan.Backup backup(String name, int timeline, long start, long stop) {
        return new RestorePlan.Backup(name, timeline, text(start), text(stop));
    }

    private static String file(int timeline, long number) {
        return "%08X%08X%08X".formatted(timeline, number >>> 8, number & 0xFF);
    }

    private static List<String> files(int timeline, long from, long to) {
        var files = new ArrayList<String>();
        for (long number = from; number <= to; number++) {
            files.add(file(timeline, number));
        }
        return files;
    }

    private static void plans(String what, String name, List<String> segments, List<RestorePlan.Backup> backups, List<String> archive, long target, String lookAt)
            throws Exception {
        var plan = asked(backups, archive, target);
        Expect.that(what + ": the plan", plan != null && plan.isPresent(), "one with the backup " + name, plan == null ? "null" : "none", lookAt);
        Expect.equal(what + ": the backup", name, plan.get().backup().name(), lookAt);
        Expect.equal(what + ": the segments", segments, plan.get().segments(), lookAt);
    }

    private static void plansNothing(String what, List<RestorePlan.Backup> backups, List<String> archive, long target, String lookAt) throws Exception {
        var plan = asked(backups, archive, target);
        Expect.that(what + ": the plan", plan != null && plan.isEmpty(), "none, Optional.empty()",
            plan == null ? "null" : plan.map(made -> made.backup().name() + " with " + made.segments().size() + " segments").orElse("none"), lookAt);
    }

    private static Optional<RestorePlan.Plan> asked(List<RestorePlan.Backup> backups, List<String> archive, long target) throws Exception {
        return Expect.within("A plan with " + backups.size() + " backups and " + archive.size() + " files", java.time.Duration.ofSeconds(5),
            () -> RestorePlan.plan(Collections.unmodifiableList(backups), Collections.unmodifiableList(archive), text(target)));
    }

    @Test @Promises("segments") @DisplayName("one backup: the segments from its start to the target")
    void segments() throws Exception {
        var only = List.of(backup("sunday", 1, 5 * SEGMENT + 40, 5 * SEGMENT + 300));
        plans("Start 0/5000028, target 0/7000100", "sunday", files(1, 5, 7), only, files(1, 0, 20), 7 * SEGMENT + 256, "From where to where does it replay?");
        plans("Start and target in one segment", "sunday", files(1, 5, 5), only, files(1, 0, 20), 5 * SEGMENT + 400, "From where to where does it replay?");
        plans("The target is the first byte of a segment", "sunday", files(1, 5, 6), only, files(1, 0, 20), 6 * SEGMENT, "In which segment does it lie?");
        plans("The target is the last byte of a segment", "sunday", files(1, 5, 6), only, files(1, 0, 20), 7 * SEGMENT - 1, "In which segment does it lie?");
    }

    @Test @Needs("segments") @Hint(1) @Promises("segments") @DisplayName("after …FF the part before the stroke goes on")
    void overTheStroke() throws Exception {
        var only = List.of(backup("sunday", 1, 254 * SEGMENT + 40, 254 * SEGMENT + 300));
        plans("Start 0/FE000028, target 1/1000100", "sunday",
            List.of("0000000100000000000000FE", "0000000100000000000000FF", "000000010000000100000000", "000000010000000100000001"),
            only, files(1, 240, 280), 257 * SEGMENT + 256, "Which three numbers is a name made of?");
    }

    @Test @Needs("segments") @Promises("whole-by-then") @DisplayName("a backup that is not whole at the target cannot be used")
    void wholeByThen() throws Exception {
        var backups = List.of(backup("saturday", 1, 3 * SEGMENT, 3 * SEGMENT + 100), backup("sunday", 1, 5 * SEGMENT, 7 * SEGMENT + 100));
        plans("The target lies between the start and the stop of the second", "saturday", files(1, 3, 6), backups, files(1, 0, 20), 6 * SEGMENT + 5,
            "The copy is torn until its stop is replayed.");
        plans("The target is one byte before the stop of the second", "saturday", files(1, 3, 7), backups, files(1, 0, 20), 7 * SEGMENT + 99,
            "The copy is torn until its stop is replayed.");
        plans("The target is the stop of the second, which is all there is", "sunday", files(1, 5, 7), backups.subList(1, 2), files(1, 0, 20), 7 * SEGMENT + 100, "It is whole right there.");
    }

    @Test @Needs("wholeByThen") @Promises("newest") @DisplayName("of several it takes the one that stopped last, in any order")
    void newest() throws Exception {
        var long1 = backup("a long one", 1, 4 * SEGMENT, 9 * SEGMENT);
        var backups = new ArrayList<>(List.of(backup("monday", 1, 2 * SEGMENT, 2 * SEGMENT + 9), long1,
            backup("z short one", 1, 6 * SEGMENT, 6 * SEGMENT + 9), backup("later", 1, 15 * SEGMENT, 15 * SEGMENT + 9)));
        for (int i = 0; i < backups.size(); i++) {
            plans("Backups in the order " + backups.stream().map(RestorePlan.Backup::name).toList(), "a long one", files(1, 4, 10), backups, files(1, 0, 20),
                10 * SEGMENT, "Which of them stopped last, before the target?");
            Collections.rotate(backups, 1);
        }
    }

    @Test @Needs("segments") @Promises("nothing") @DisplayName("where no backup can be used, the result is empty")
    void nothing() throws Exception {
        plansNothing("No backup", List.of(), files(1, 0, 20), 5 * SEGMENT, "What is there to restore?");
        plansNothing("All backups are younger than the target", List.of(backup("monday", 1, 6 * SEGMENT, 6 * SEGMENT + 9)), files(1, 0, 20), 5 * SEGMENT,
            "The way leads forward only.");
        plansNothing("An empty archive", List.of(backup("monday", 1, 2 * SEGMENT, 2 * SEGMENT + 9)), List.of(), 5 * SEGMENT, "Without its WAL a copy is worthless.");
    }

    @Test @Needs("newest") @Promises({"timelines", "no-hole"}) @DisplayName("it takes the segments of the backup's timeline")
    void timelines() throws Exception {
        for (int timeline : List.of(2, 10, 255)) {
            var archive = new ArrayList<>(files(1, 0, 20));
            archive.addAll(files(timeline, 5, 20));
            plans("A backup of timeline " + timeline, "after the move", files(timeline, 6, 8),
                List.of(backup("after the move", timeline, 6 * SEGMENT, 6 * SEGMENT + 9)), archive, 8 * SEGMENT, "What are the first eight digits of a name?");
        }
        plansNothing("A backup of timeline 3, of which the archive has nothing", List.of(backup("after the move", 3, 6 * SEGMENT, 6 * SEGMENT + 9)),
            files(1, 0, 20), 8 * SEGMENT, "Segments of another timeline tell another story.");
        var torn = List.of(backup("monday", 1, 2 * SEGMENT, 2 * SEGMENT + 9), backup("friday", 2, 6 * SEGMENT, 6 * SEGMENT + 9));
        plans("The newer backup has lost its segments", "monday", files(1, 2, 10), torn, files(1, 0, 20), 10 * SEGMENT + 3, "There is another one.");
    }

    @Test @Needs({"newest", "nothing", "timelines"}) @Hint(2) @Promises("no-hole") @DisplayName("a backup with a hole behind it is none, and the others are looked at")
    void holes() throws Exception {
        var backups = List.of(backup("monday", 1, 2 * SEGMENT, 2 * SEGMENT + 9), backup("friday", 1, 6 * SEGMENT, 6 * SEGMENT + 9));
        for (var lost : List.of(6L, 7L, 10L)) {
            var archive = new ArrayList<>(files(1, 0, 20));
            archive.remove(file(1, lost));
            archive.addAll(List.of(file(1, lost) + ".partial", file(1, lost) + ".gz", file(1, lost).toLowerCase() + ".backup"));
            plansNothing("Segment " + lost + " is lost, which both backups need", backups, archive, 10 * SEGMENT + 3, "Is each segment there, under exactly its name?");
        }
        for (var lost : List.of(2L, 5L, 11L)) {
            var archive = new ArrayList<>(files(1, 0, 20));
            archive.remove(file(1, lost));
            plans("Segment " + lost + " is lost, which the newer backup does not need", "friday", files(1, 6, 10), backups, archive, 10 * SEGMENT + 3,
                "Which segments does it need?");
        }
        var moved = List.of(backup("before the move", 1, 6 * SEGMENT, 8 * SEGMENT + 9), backup("after the move", 2, 7 * SEGMENT, 8 * SEGMENT + 9));
        for (int timeline = 1; timeline <= 2; timeline++) {
            for (var order : List.of(moved, moved.reversed())) {
                plans("Two backups that stopped at the same position, and segments of timeline " + timeline + " alone", moved.get(timeline - 1).name(),
                    files(timeline, 5 + timeline, 9), order, files(timeline, 0, 20), 9 * SEGMENT, "There is another one.");
            }
        }
    }

    @Test @Needs("newest") @Hint(1) @Promises({"positions", "newest"}) @DisplayName("positions are hexadecimal, and large")
    void positions() throws Exception {
        for (long at : List.of(0x9_FE00_0028L, 0xF_0000_0000L, 0x7FFF_FFFF_0000_0000L, 0x7FFF_FFFF_FE00_0000L, 0x8000_0000_0000_0000L, 0xFFFF_FFFE_0000_0000L)) {
            var first = at >>> 24;
            plans("A start at " + text(at), "second", files(1, first + 3, first + 5),
                List.of(backup("first", 1, at, at + 9), backup("second", 1, at + 3 * SEGMENT, at + 3 * SEGMENT + 0x28), backup("third", 1, at + 8 * SEGMENT, at + 9 * SEGMENT)),
                files(1, first, first + 20), at + 5 * SEGMENT, "Which number is " + text(at) + "?");
        }
        plans("Backups on both sides of 10/0", "second", files(1, 0x1001, 0x1003),
            List.of(backup("first", 1, 0xF_FF00_0000L, 0xF_FF00_0009L), backup("second", 1, 0x10_0100_0000L, 0x10_0100_0009L)), files(1, 0xFFF, 0x1010),
            0x10_0300_0000L, "Which is greater, F/FF000009 or 10/1000009?");
    }

    @Test @Needs({"holes", "positions"}) @Hint(2) @Promises({"positions", "no-hole"}) @DisplayName("a target far behind all that is there")
    void farAway() throws Exception {
        var backups = List.of(backup("monday", 1, 2 * SEGMENT + 0x28, 2 * SEGMENT + 0x130), backup("friday", 1, 6 * SEGMENT, 6 * SEGMENT + 9));
        plansNothing("An archive of 20 segments, and the greatest of all positions", backups, files(1, 0, 20), 0xFFFF_FFFF_FFFF_FFFFL, "How many names are there up to the first that is missing?");
        var last = 0xFFFF_FFFF_FFL;
        var far = new ArrayList<>(backups);
        far.add(backup("last", 1, (last - 2) << 24, ((last - 2) << 24) + 9));
        var archive = new ArrayList<>(files(1, 0, 20));
        archive.addAll(files(1, last - 2, last));
        plans("The same with a backup near the target", "last", files(1, last - 2, last), far, archive, 0xFFFF_FFFF_FFFF_FFFFL, "How many names are there up to the first that is missing?");
    }

    @Test @Needs({"overTheStroke", "holes", "timelines", "positions", "nothing"}) @Promises({"segments", "newest", "whole-by-then", "no-hole"})
    @DisplayName("on random archives it plans what can be worked out")
    void random() throws Exception {
        var random = RandomData.create();
        for (int round = 0; round < 200; round++) {
            long first = random.number(0, 600);
            var backups = new ArrayList<RestorePlan.Backup>();
            var stops = new ArrayList<Long>();
            for (int i = 0; i < 4; i++) {
                long start = (first + random.number(0, 12)) * SEGMENT + random.number(0, 16_000_000);
                long stop = start + (i + 1) * 16_777L * random.number(1, 2_000) + i;
                backups.add(backup("backup " + i, 1 + random.number(0, 1), start, stop));
                stops.add(stop);
            }
            var archive = new TreeSet<String>();
            archive.addAll(files(1, first, first + 30));
            archive.addAll(files(2, first, first + 30));
            archive.remove(file(1, first + random.number(0, 20)));
            archive.remove(file(2, first + random.number(0, 20)));
            long target = (first + random.number(3, 18)) * SEGMENT + random.number(0, 16_000_000);
            var best = -1;
            for (int i = 0; i < 4; i++) {
                if (stops.get(i) <= target && archive.containsAll(needed(backups.get(i), target)) && (best < 0 || stops.get(i) > stops.get(best))) {
                    best = i;
                }
            }
            var what = "Backups " + backups + ", target " + text(target);
            if (best < 0) {
                plansNothing(what, backups, List.copyOf(archive), target, "None of them can be used.");
            } else {
                plans(what, "backup " + best, needed(backups.get(best), target), backups, List.copyOf(archive), target, "Work out each of them by itself.");
            }
        }
    }

    private static List<String> needed(RestorePlan.Backup backup, long target) {
        var parts = backup.start().split("/");
        var start = Long.parseLong(parts[0], 16) << 32 | Long.parseLong(parts[1], 16);
        return files(backup.timeline(), start / SEGMENT, target / SEGMENT);
    }
}
