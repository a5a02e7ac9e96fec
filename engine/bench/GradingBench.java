package bench;

import grading.gradebook.CountingRule;
import grading.gradebook.GradebookFiles;
import grading.gradebook.GradebookMaker;
import grading.gradebook.GradedSubmission;
import grading.gradebook.GradedSubmission.GradedAnswer;
import grading.gradebook.GradingFolder;
import grading.gradebook.GradingRun;
import grading.gradebook.HandedIn;
import grading.gradebook.Roster;
import grading.host.VerificationService;
import grading.report.Report;
import grading.sandbox.Sandbox;
import grading.sandbox.Sandboxes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import jvm.IsolatedJvm;
import lab.Progress;
import lab.os.Privileges;
import lab.os.TempFolder;
import lesson.Home;

/** The submissions of a class: beside the same answers as one's own, in each sandbox that is here, and two at a time; and its gradebook. */
final class GradingBench {
    private static final int LARGE_CLASS = 2_000;
    private static final int ITS_EXERCISES = 10;
    private final Home home;
    private final int runs;
    private final ClassSize size;
    private final Consumer<String> out;

    GradingBench(Home home, int runs, ClassSize size, Consumer<String> out) {
        this.home = home;
        this.runs = runs;
        this.size = size;
        this.out = out;
    }

    void run() throws Exception {
        try (var folder = TempFolder.of("bench-class")) {
            var handedIn = new HandedInClass(home, folder.folder(), size.exercises());
            var what = size.submissions() + " submissions of " + size.exercises() + " exercises";
            var own = new Row(what + ", one warm worker", new double[] {handedIn.judge(size.submissions())}, "");
            out.accept(own.line());
            var last = Optional.<Graded>empty();
            for (var word : Sandboxes.WORDS) {
                if (Sandboxes.reasonUnavailable(word).isPresent()) {
                    out.accept("– no sandbox " + word + " here");
                    continue;
                }
                var one = new Graded(handedIn, folder.folder().resolve(word), word, 1);
                var row = new Row("the same, graded (--sandbox " + word + ")", new double[] {one.seconds}, "≤ 1.5 ×");
                out.accept(row.beside(own));
                var two = new Graded(handedIn, folder.folder().resolve(word + "-2"), word, 2);
                out.accept(new Row("the same with --jobs 2", new double[] {two.seconds}, "≤ 0.59 ×").beside(row));
                if (ProcessMemory.isCounted() && (word.equals(Sandbox.NONE.name()) || word.equals("bubblewrap") && Privileges.isRoot())) { // others may not look
                    out.accept(one.memory.line("memory: a job's JVM and server", "≤ 350 MB"));
                }
                last = Optional.of(one);
            }
            sandboxes();
            gradebook(last.orElseThrow());
        }
    }

    /** One run over the class, on services that have judged each exercise once. */
    private final class Graded {
        private final GradingFolder kept;
        private final List<GradedSubmission> submissions = new ArrayList<>();
        private double seconds;
        private ProcessMemory memory = new ProcessMemory(0, 0);

        Graded(HandedInClass handedIn, Path folder, String sandbox, int jobs) throws Exception {
            kept = GradingFolder.at(folder);
            var services = new ArrayBlockingQueue<VerificationService>(jobs);
            for (int i = 0; i < jobs; i++) {
                var service = VerificationService.openForOthers("embedded", Progress.SILENT, Sandboxes.of(sandbox));
                services.add(service);
                handedIn.warmUp(service);
                service.nextLearner();
            }
            var start = System.nanoTime();
            new GradingRun(home, kept, "embedded", Optional.empty(), services::remove).grade(HandedIn.in(handedIn.submissions(), folder), jobs, one -> {
                submissions.add(one);
                seconds = (System.nanoTime() - start) / 1e9;
                measure();
            });
            var bad = submissions.stream().filter(one -> !one.isJudged()).findFirst();
            if (bad.isPresent()) {
                throw new IOException(bad.get().file() + " " + bad.get().problem());
            }
        }

        private void measure() {
            var now = ProcessMemory.ofLiving(ProcessHandle.current().descendants().toList());
            memory = now.pssMb() > memory.pssMb() ? now : memory;
        }
    }

    /** What a sandbox costs, for a JVM that ends at once. */
    private void sandboxes() throws Exception {
        var bare = new Row("a JVM for somebody else's code", times(Sandbox.NONE), "");
        out.accept(bare.line());
        for (var word : Sandboxes.WORDS) {
            if (!word.equals(Sandbox.NONE.name()) && Sandboxes.reasonUnavailable(word).isEmpty()) {
                out.accept(new Row("the same, in " + word, times(Sandboxes.of(word)), word.equals("docker") ? "≤ 0.6 s more" : "≤ 0.1 s more").above(bare));
            }
        }
    }

    private double[] times(Sandbox sandbox) throws Exception {
        var times = new double[runs];
        for (int i = -1; i < runs; i++) { // the first warms up
            try (var folder = TempFolder.of("bench-sandbox")) {
                var jvm = IsolatedJvm.running(Probe.class, List.of()).redirectErrorStream(true);
                jvm.command().add("nothing");
                var start = System.nanoTime();
                try (var enclosure = sandbox.enclose(folder.folder())) {
                    var process = enclosure.start(jvm);
                    var said = new String(process.getInputStream().readAllBytes());
                    if (process.waitFor() != 0) {
                        throw new IOException(sandbox.name() + ": " + said);
                    }
                    times[Math.max(i, 0)] = (System.nanoTime() - start) / 1e9;
                }
            }
        }
        return times;
    }

    /** Its verdicts are of these. */
    private void gradebook(Graded graded) throws Exception {
        var one = graded.submissions.getFirst();
        var rule = new CountingRule(CountingRule.Attempt.LATEST, Optional.empty(), Optional.empty());
        var exercises = home.exercises().stream().limit(ITS_EXERCISES).map(Report::id).toList();
        var all = new ArrayList<GradedSubmission>();
        for (int learner = 0; learner < LARGE_CLASS; learner++) {
            var number = learner;
            all.add(new GradedSubmission(one.format(), "learner%04d/2026-11-30-101500.zip".formatted(learner), one.created(), "", one.signature(), List.of(),
                IntStream.range(0, exercises.size()).mapToObj(i -> answer(one.answers().get(i % one.answers().size()), exercises.get(i), number)).toList()));
        }
        var start = System.nanoTime();
        var page = GradebookFiles.write(new GradebookMaker(home, graded.kept, Roster.NONE, rule).of(all), graded.kept);
        out.accept(new Row("a gradebook of " + LARGE_CLASS + " submissions of " + ITS_EXERCISES + ", written", new double[] {(System.nanoTime() - start) / 1e9}, "").line());
        out.accept("%-58s %8.1f MB  ≤ 5 MB".formatted("its page", Files.size(page) / 1e6));
        new PaintTiming(home, runs, out).open(page);
    }

    private static GradedAnswer answer(GradedAnswer one, String exercise, int learner) {
        return new GradedAnswer(exercise, one.verdict(), one.answer(), "like" + learner);
    }
}
