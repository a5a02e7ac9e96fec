package bench;

import grading.host.AnswerWatch;
import grading.host.VerificationService;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lab.Progress;
import lab.os.Folders;
import lab.os.TempFolder;
import lesson.Exercise;
import lesson.Home;
import lesson.Lesson;

/** From a saved file to a verdict: in watch mode, in a new process, and with Maven instead of the course. */
final class VerdictBench {
    private final Home home;
    private final int runs;
    private final Consumer<String> out;

    VerdictBench(Home home, int runs, Consumer<String> out) {
        this.home = home;
        this.runs = runs;
        this.out = out;
    }

    void run() throws Exception {
        var exercise = home.exercises().getFirst();
        var floor = VerdictFloor.measure(runs);
        var warm = new Row("javac and JUnit alone, warm", floor.warm(), "");
        out.accept(warm.line());
        out.accept(new Row("save → verdict, watching (" + exercise.id() + ")", watched(exercise), "≤ 0.2 s").beside(warm));
        var first = new Row("javac and JUnit alone, a new JVM", floor.first(), "");
        out.accept(first.line());
        var cold = new Row("./jbang verify " + exercise.id() + ", new process", cold(exercise), "≤ 0.9 s");
        if (!mavenIsHere()) {
            out.accept(cold.beside(first));
            out.accept("– no Maven on PATH, so Surefire is not measured beside it");
            return;
        }
        var peer = new Row("mvn test, one JUnit test on EmbeddedPostgres", SurefirePeer.run(home, runs), "");
        out.accept(peer.line());
        out.accept(cold.beside(first, peer));
    }

    private static boolean mavenIsHere() {
        return List.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "mvn")));
    }

    private double[] cold(Exercise exercise) throws IOException, InterruptedException {
        var command = List.of(home.root().resolve("jbang").toString(), "verify", exercise.id(), "--db", "embedded",
            "--answer", exercise.solution().toString());
        var commands = new Commands(home.root());
        commands.time(command, Map.of());
        return commands.times(command, runs);
    }

    /** Watches a copy of the exercise, so that the learner's files stay as they are. */
    private double[] watched(Exercise original) throws Exception {
        try (var tempFolder = TempFolder.of("bench"); var service = VerificationService.open("embedded", Progress.SILENT)) {
            var exercise = copyOf(original, tempFolder.folder());
            var verdicts = new LinkedBlockingQueue<Long>();
            var answerWatch = new AnswerWatch(service, exercise, new PrintStream(OutputStream.nullOutputStream()),
                verdict -> verdicts.add(System.nanoTime()), () -> { }, "");
            var watching = Thread.ofPlatform().daemon().start(() -> run(answerWatch));
            var times = saveAndWait(Exercise.answerFiles(exercise.folder()).getFirst(), verdicts);
            answerWatch.pressed('q');
            watching.join(10_000);
            return times;
        }
    }

    private static void run(AnswerWatch answerWatch) {
        try {
            answerWatch.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private double[] saveAndWait(Path file, LinkedBlockingQueue<Long> verdicts) throws Exception {
        var source = Files.readString(file);
        var times = new double[runs];
        await(verdicts);
        for (int i = -3; i < runs; i++) { // the first three warm up
            Thread.sleep(500); // a person does not save twice in the same moment; a clone is made meanwhile
            var start = System.nanoTime();
            Files.writeString(file, source + "\n// saved " + i + "\n");
            var verdict = await(verdicts);
            if (i >= 0) {
                times[i] = (verdict - start) / 1e9;
            }
        }
        return times;
    }

    private static long await(LinkedBlockingQueue<Long> verdicts) throws Exception {
        var verdict = verdicts.poll(60, TimeUnit.SECONDS);
        if (verdict == null) {
            throw new IOException("no verdict within 60 s after a save");
        }
        return verdict;
    }

    private static Exercise copyOf(Exercise exercise, Path root) throws IOException {
        var lesson = new Lesson(new Home(root), exercise.lesson().number(), exercise.lesson().topic());
        var copy = new Exercise(lesson, exercise.number(), exercise.topic());
        Files.createDirectories(copy.folder().getParent());
        Files.createDirectories(copy.verifierFolder().getParent());
        Folders.copy(exercise.solution(), copy.folder());
        Folders.copy(exercise.verifierFolder(), copy.verifierFolder());
        return copy;
    }
}
