package grading.gradebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grading.report.Check;
import grading.report.Verdict;
import grading.sandbox.Sandboxes;
import grading.submission.SubmissionWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lesson.Exercise;
import lesson.Home;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The batch script of docs/grading, on a real Slurm, with real exercises. */
@EnabledOnOs(OS.LINUX)
@EnabledIf("isPossible")
@DisplayName("On Slurm")
class SlurmTest {
    private static final List<String> EXERCISES = List.of("04.2", "06.5"); // quick ones, in SQL and with both kinds of files
    private static final int SUBMISSIONS = 40;
    private static final int TASKS = 8;
    private static final String[] OPTIONS = { "--db", "embedded", "--sandbox", "bubblewrap" };
    @TempDir Path temporary;
    private Path handedIn;

    static boolean isPossible() {
        return SlurmNode.isPossible() && Sandboxes.reasonUnavailable("bubblewrap").isEmpty();
    }

    @Test @Timeout(value = 20, unit = TimeUnit.MINUTES)
    @DisplayName("an array of 8 tasks, one killed in the middle and requeued, gives the gradebook of one process, byte for byte")
    void sameGradebook() throws Exception {
        handIn();
        var graded = temporary.resolve("graded");
        try (var slurm = new SlurmNode(temporary.resolve("slurm"))) {
            var job = slurm.run(with("sbatch", "--parsable", "--array=1-" + TASKS, "--output=" + temporary.resolve("task-%a.log"),
                "docs/grading/grade.sbatch", handedIn.toString(), graded.toString()));
            int fullest = IntStream.rangeClosed(1, TASKS).boxed().max(Comparator.comparing(this::files)).orElseThrow();
            var known = judgedUntilKilled(slurm, job + "_" + fullest, graded.resolve("" + fullest), files(fullest));
            slurm.awaitEnd(job);
            known.forEach((verdict, time) -> assertEquals(time, written(verdict), () -> verdict + " was judged again"));
            slurm.run(with("./jbang", "grade", handedIn.toString(), "--out", temporary.resolve("one").toString(), "--jobs", "2"));
            var log = temporary.resolve("merge.log");
            slurm.run("sbatch", "--wait", "--output=" + log, "--dependency=afterany:" + job,
                "--wrap=./jbang grade --merge " + graded + "/* --out " + temporary.resolve("merged"));
            var said = Files.readString(log);
            assertTrue(said.contains(SUBMISSIONS + " of " + SUBMISSIONS + " submissions judged"), said);
        }
        var one = gradebook(temporary.resolve("one"));
        var merged = gradebook(temporary.resolve("merged"));
        assertEquals(one.keySet(), merged.keySet());
        one.forEach((file, text) -> assertEquals(text, merged.get(file), file));
        assertEquals(SUBMISSIONS + 1, one.get("moodle.csv").lines().count());
    }

    /** Right, wrong and unfinished answers, no two the same. */
    private void handIn() throws Exception {
        handedIn = Files.createDirectory(temporary.resolve("handed in"));
        for (int i = 0; i < SUBMISSIONS; i++) {
            var exercise = Home.here().exercise(EXERCISES.get(i % EXERCISES.size()));
            var answers = answers(exercise);
            Files.move(packed(exercise, answers.get(i / EXERCISES.size() % answers.size()), i), handedIn.resolve("learner%02d.zip".formatted(i)));
        }
    }

    private static List<Path> answers(Exercise exercise) throws IOException {
        var all = new ArrayList<>(List.of(exercise.solution(), exercise.starter()));
        for (var kind : List.of("right", "wrong")) {
            try (var folders = Files.list(exercise.verifier().resolveSibling(kind).resolve(exercise.folderName()))) {
                folders.sorted().forEach(all::add);
            }
        }
        return all;
    }

    /** Not judged here: whoever grades judges again. */
    private Path packed(Exercise exercise, Path answer, int number) throws IOException {
        var copy = Files.createDirectory(temporary.resolve("answer" + number));
        for (var file : Exercise.answerFiles(answer)) {
            var comment = (file.toString().endsWith(".sql") ? "-- " : "// ") + "learner " + number + "\n";
            Files.writeString(copy.resolve(file.getFileName()), comment + Files.readString(file));
        }
        var compiles = Check.rung("compiles", "The answer compiles").passed("", Duration.ZERO);
        return SubmissionWriter.write(List.of(new Verdict(exercise, copy, "hash", List.of(compiles), List.of(), "", Duration.ZERO)), temporary.resolve("packed"));
    }

    private long files(int task) {
        return HandedIn.in(handedIn, temporary.resolve("none")).stream().filter(new Shard(task, TASKS)::holds).count();
    }

    /** Kills a task that has judged something and not all. @return the verdicts that it had */
    private static TreeMap<Path, FileTime> judgedUntilKilled(SlurmNode slurm, String task, Path out, long files) throws Exception {
        for (var end = System.nanoTime() + SlurmNode.LIMIT.toNanos(); verdicts(out).isEmpty(); TimeUnit.MILLISECONDS.sleep(50)) {
            assertTrue(System.nanoTime() < end, () -> "task " + task + " judges nothing");
        }
        slurm.run("scancel", "--signal=KILL", "--full", task);
        slurm.run("scontrol", "requeue", task);
        var known = verdicts(out);
        assertTrue(known.size() < files, () -> "task " + task + " had judged all");
        return known;
    }

    private static TreeMap<Path, FileTime> verdicts(Path out) throws IOException {
        var verdicts = new TreeMap<Path, FileTime>();
        if (Files.isDirectory(out.resolve("verdicts"))) {
            try (var files = Files.walk(out.resolve("verdicts"))) {
                files.filter(file -> file.toString().endsWith(".json")).forEach(file -> verdicts.put(file, written(file)));
            }
        }
        return verdicts;
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String[] with(String... command) {
        return Stream.concat(Stream.of(command), Stream.of(OPTIONS)).toArray(String[]::new);
    }

    private static TreeMap<String, String> gradebook(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        for (var name : GradebookFiles.names()) {
            files.put(name, Files.readString(folder.resolve(name)));
        }
        try (var learners = Files.list(folder.resolve("learners"))) {
            for (var page : learners.toList()) {
                files.put(page.getFileName().toString(), Files.readString(page));
            }
        }
        return files;
    }
}
