package script;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import kernel.output.Output;
import kernel.shell.PracticeShell;
import lab.Database;
import lab.Lab;
import lab.Progress;
import lab.LabException;
import lab.Login;
import lab.SqlErrors;
import lab.cluster.OwnClusters;
import lab.net.LostServer;
import lab.provider.Providers;
import lesson.Lesson;

/** A lesson that is running: its lab, its step, its variables, and the view that shows it. */
public final class LessonRun implements AutoCloseable {
    private static volatile LessonRun current;

    private static final Duration BETWEEN_UPDATES = Duration.ofSeconds(10);
    private final Lesson lesson;
    private final LessonView view;
    private final StepSelection selection;
    private final CompletableFuture<Lab> lab;
    private final CompletableFuture<ServerWatch> watch;
    private final OpenResources opened = new OpenResources();
    private final Map<String, Session> sessions = new HashMap<>();
    private final Map<String, JavaProcess> programs = new HashMap<>();
    private final Map<String, Variable> variables = new LinkedHashMap<>();
    private final StepProgress stepProgress;
    private Optional<OwnClusters> clusters = Optional.empty();
    private Optional<PracticeShell> practiceShell = Optional.empty();
    private volatile Optional<String> step = Optional.empty();
    private boolean connected;

    /** The server starts while the first lines are read. */
    public LessonRun(Lesson lesson, String db, StepSelection selection, LessonView view) {
        this.lesson = lesson;
        this.view = view;
        this.selection = selection;
        this.lab = CompletableFuture.supplyAsync(() -> open(lesson, db, view), Thread.ofVirtual()::start);
        this.watch = lab.thenApply(ready -> new ServerWatch(ready.server(), view::running));
        this.stepProgress = closing(new StepProgress(this::stillRunning, BETWEEN_UPDATES));
        current = this;
    }

    /** On a lab that is there already, and shows every step. */
    LessonRun(Lesson lesson, Lab lab, LessonView view) {
        this.lesson = lesson;
        this.view = view;
        this.selection = StepSelection.all(List.of());
        this.lab = CompletableFuture.completedFuture(lab);
        this.watch = CompletableFuture.completedFuture(new ServerWatch(lab.server(), view::running));
        this.stepProgress = new StepProgress(this::stillRunning, BETWEEN_UPDATES);
        current = this;
    }

    /** The first connection of a JVM takes many times longer than the next; it is made while the learner reads. */
    private static Lab open(Lesson lesson, String db, LessonView view) {
        Progress lines = view::progress;
        var lab = Providers.open(db, Migrations.before(lesson), lines.sparing(BETWEEN_UPDATES));
        try (var first = lab.server().admin().connect()) {
            return lab;
        } catch (SQLException e) {
            lab.close();
            throw new LabException("the server started and does not let the lab in: " + SqlErrors.describe(e), e);
        }
    }

    static LessonRun current() {
        if (current == null) {
            throw new IllegalStateException("begin(\"NN-topic\", args) must be the first statement of a lesson");
        }
        return current;
    }

    static boolean isRunning() {
        return current != null;
    }

    /** The lesson that runs. */
    public Lesson lesson() {
        return lesson;
    }

    /** The step that runs now, shown or not; none before the first and after the last. */
    public Optional<String> step() {
        return step;
    }

    /** Waits for the server if it is not ready yet. */
    public Lab lab() {
        try {
            var ready = lab.join();
            if (!connected) {
                connected = true;
                view.connected(ready.server().describe());
            }
            return ready;
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** What to do about it, where the server is gone or says nothing any more: then it is not the lesson's claims that failed. */
    public Optional<String> serverLost() {
        return lab.isDone() && !lab.isCompletedExceptionally() ? LostServer.sentence(lab.join().server(), "run the lesson again") : Optional.empty();
    }

    /** The lesson's database; waits for the server like {@link #lab}. */
    public Database database() {
        return lab().lessonDatabase();
    }

    /** The lesson's local variables at the last step, for the Java prompt. */
    public Map<String, Variable> variables() {
        return variables;
    }

    /** @param type as it stands in source code */
    public record Variable(String type, Object value) { }

    void enter(String id) {
        leave();
        if (selection.isOver(id)) {
            throw new EndOfLesson();
        }
        step = Optional.of(id);
        if (selection.shows(id)) {
            view.entered(this, id);
        }
        stepProgress.begin(selection.position(id));
    }

    /** While the lab is made ready, that is said. */
    private void stillRunning(String line) {
        if (lab.isDone() && !lab.isCompletedExceptionally()) {
            view.running(line);
            watch.join().look();
        }
    }

    /** The program has come to its end: the last step is over. */
    public void finish() {
        leave();
    }

    private void leave() {
        stepProgress.end();
        try {
            step.filter(selection::shows).ifPresent(id -> view.left(this, id)); // may show more, when the step runs again
        } finally {
            step = Optional.empty();
        }
    }

    void show(Output output) {
        if (step.map(selection::shows).orElse(false)) {
            stepProgress.shown();
            view.shown(output);
        }
    }

    /** Closed when the lesson ends, the last first. */
    <T extends AutoCloseable> T closing(T resource) {
        opened.add(resource);
        return resource;
    }

    /** Made at the first call. */
    OwnClusters clusters() {
        if (clusters.isEmpty()) {
            clusters = Optional.of(closing(OwnClusters.beside(lab().server(), view::progress)));
        }
        return clusters.get();
    }

    /** Made at the first call. */
    PracticeShell practiceShell() {
        if (practiceShell.isEmpty()) {
            practiceShell = Optional.of(closing(PracticeShell.beside(lab().server(), view::progress)));
        }
        return practiceShell.get();
    }

    /** Takes the place of an earlier session with this name, which is closed first. */
    Session session(String name, Login login) throws SQLException {
        var earlier = sessions.remove(name);
        if (earlier != null) {
            earlier.close();
        }
        var session = closing(new Session(name, login, database().admin()));
        sessions.put(name, session);
        return session;
    }

    /** Takes the place of an earlier program with this name, which is killed first. */
    JavaProcess program(String name, String main, Map<String, String> environment) {
        var earlier = programs.remove(name);
        if (earlier != null) {
            earlier.close();
        }
        var program = closing(JavaProcess.start(lesson.home().root(), lesson.folder().resolve(main),
            Resources.folder("program"), environment));
        programs.put(name, program);
        return program;
    }

    @Override public void close() throws Exception {
        current = null;
        var first = opened.end();
        lab.handle((ready, failure) -> ready).thenAccept(ready -> {
            if (ready != null) {
                ready.close();
            }
        }).join();
        view.closed();
        if (first.isPresent()) {
            throw first.get();
        }
    }
}
