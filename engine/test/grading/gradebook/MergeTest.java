package grading.gradebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import grading.gradebook.CountingRule.Attempt;
import grading.host.SampleCourse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Shards")
class MergeTest {
    @TempDir Path temporary;

    @Test @DisplayName("judged by several processes give the same gradebook as one, byte for byte; one that is missing is missed")
    void sameGradebook() throws Exception {
        try (var course = new HandedInCourse()) {
            var folder = Files.createDirectory(temporary.resolve("handed in"));
            course.handIn(folder, "anna.zip", SampleCourse.GOOD);
            course.handIn(folder, "ben.zip", HandedInCourse.FORMATTED);
            course.handIn(folder, "carl.zip", SampleCourse.STARTER);
            course.handIn(folder, "carl/1.zip", SampleCourse.GOOD);
            course.handIn(folder, "dora.zip", SampleCourse.body("return 5050;"));
            Files.writeString(folder.resolve("eve.zip"), "no zip");
            var one = GradingFolder.at(temporary.resolve("one"));
            var whole = written(course, one, course.grade(folder, one.root(), 1));
            var shards = new ArrayList<GradingFolder>();
            for (int i = 1; i <= 2; i++) {
                var shard = Shard.of(i + "/2");
                shards.add(GradingFolder.at(temporary.resolve("shard" + i)));
                course.grade(HandedIn.in(folder, one.root()).stream().filter(shard::holds).toList(), shards.getLast().root(), 1);
                shards.getLast().keepOnly(HandedIn.in(folder, one.root()));
                shards.getLast().ended(shard);
            }
            var together = GradingFolder.at(temporary.resolve("together"));
            var merge = Merge.into(together, shards);
            assertEquals(List.of(), merge.missing());
            assertEquals(whole, written(course, together, merge.submissions()));
            assertEquals(List.of("2/2"), Merge.into(GradingFolder.at(temporary.resolve("part")), shards.subList(0, 1)).missing());
        }
    }

    private static String written(HandedInCourse course, GradingFolder kept, List<GradedSubmission> submissions) throws Exception {
        var rule = new CountingRule(Attempt.LATEST, Optional.empty(), Optional.empty());
        GradebookFiles.write(new GradebookMaker(course.course().home(), kept, Roster.NONE, rule).of(submissions), kept);
        var all = new StringBuilder();
        for (var name : GradebookFiles.names()) {
            all.append(Files.readString(kept.root().resolve(name)));
        }
        try (var learners = Files.list(kept.root().resolve("learners"))) {
            for (var page : learners.sorted().toList()) {
                all.append(page.getFileName()).append(Files.readString(page));
            }
        }
        return all.toString();
    }

    @Test @DisplayName("share the files among them: each file belongs to one, by its name alone")
    void disjoint() {
        var counts = new int[8];
        for (int file = 0; file < 800; file++) {
            var name = new HandedIn(Path.of("anywhere"), "learner" + file + ".zip");
            var holders = new ArrayList<Integer>();
            for (int i = 1; i <= 8; i++) {
                if (new Shard(i, 8).holds(name)) {
                    holders.add(i);
                }
            }
            assertEquals(1, holders.size());
            counts[holders.getFirst() - 1]++;
        }
        for (int count : counts) {
            assertTrue(count > 50, () -> "one of them has " + count + " of 800");
        }
    }
}
