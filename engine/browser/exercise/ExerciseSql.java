package browser.exercise;

import browser.http.Refusal;
import com.fasterxml.jackson.annotation.JsonValue;
import grading.host.ExerciseDatabase;
import grading.host.VerificationService;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import kernel.cell.Cell;
import kernel.cell.CellResult;
import kernel.cell.CellVariables;
import kernel.sql.SqlKernel;
import lab.LabException;
import lab.Role;
import lesson.Exercise;

/** SQL of the learner's on a database of an exercise. Each has one, made when it is first asked for, on the server that judges. */
public final class ExerciseSql implements AutoCloseable {
    private static final String SESSION = "exercise";
    private final Supplier<VerificationService> service;
    private final Map<String, Opened> opened = new HashMap<>();
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    /** A database and what runs SQL on it. */
    private record Opened(ExerciseDatabase database, SqlKernel kernel) implements AutoCloseable {
        @Override public void close() {
            kernel.close();
            database.close();
        }
    }

    /**
     * What is asked for.
     *
     * @param isFresh    whether on a new database
     * @param withAnswer whether what the answer makes is to be in it; then it is a new one, too
     */
    public record Request(String source, Role role, boolean isFresh, boolean withAnswer) { }

    /** How it goes. */
    public enum State {
        RUNNING, DONE, FAILED, STOPPED;

        /** As the page knows it. */
        @JsonValue String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What windows are told. @param html what it has shown, in the end */
    public record News(String id, State state, String html) { }

    ExerciseSql(Supplier<VerificationService> service) {
        this.service = service;
    }

    /**
     * Runs SQL. Returns at once.
     *
     * @param listener is told that it has begun, and then what it gave
     * @throws Refusal where SQL of this exercise runs already
     */
    public void run(Exercise exercise, Request request, Consumer<News> listener) {
        if (!running.add(exercise.id())) {
            throw new Refusal(409, "SQL of exercise " + exercise.id() + " runs already; stop it first");
        }
        Thread.ofVirtual().name("sql " + exercise.id()).start(() -> {
            var shown = new ShownHtml();
            var state = State.FAILED;
            try {
                listener.accept(new News(exercise.id(), State.RUNNING, ""));
                state = run(exercise, request, shown);
            } catch (LabException e) {
                shown.say(e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                shown.say("this should not have happened, and is the course's fault: " + e);
            } finally {
                running.remove(exercise.id());
                listener.accept(new News(exercise.id(), state, shown.html()));
            }
        });
    }

    private State run(Exercise exercise, Request request, ShownHtml shown) throws InterruptedException {
        var one = request.isFresh() || request.withAnswer() ? renew(exercise) : open(exercise);
        if (request.withAnswer()) {
            one.database().apply(exercise.folder()).forEach(shown::say);
        } else if (request.isFresh()) {
            shown.say("A fresh database.");
        }
        if (request.source().isBlank()) {
            return State.DONE;
        }
        return switch (one.kernel().run(new Cell("sql", Cell.Language.SQL, request.source(), request.role(), SESSION, ""), shown)) {
            case CellResult.Done _ -> State.DONE;
            case CellResult.Stopped _ -> State.STOPPED;
            case CellResult.Failed _ -> State.FAILED;
            case CellResult.Lost(String why) -> {
                shown.say(why);
                yield State.FAILED;
            }
        };
    }

    private Opened renew(Exercise exercise) throws InterruptedException {
        Optional<Opened> old;
        synchronized (opened) {
            old = Optional.ofNullable(opened.remove(exercise.id()));
        }
        old.ifPresent(Opened::close);
        return open(exercise);
    }

    private Opened open(Exercise exercise) throws InterruptedException {
        synchronized (opened) {
            if (opened.containsKey(exercise.id())) {
                return opened.get(exercise.id());
            }
        }
        var database = service.get().database(exercise); // may take long, and others need not wait for it: of one exercise only one runs
        var made = new Opened(database, new SqlKernel(database.database(), CellVariables.NONE));
        synchronized (opened) {
            opened.put(exercise.id(), made);
        }
        return made;
    }

    /** Stops what runs. */
    public void stop(Exercise exercise) {
        Optional<Opened> one;
        synchronized (opened) {
            one = Optional.ofNullable(opened.get(exercise.id()));
        }
        one.ifPresent(current -> current.kernel().cancelAll());
    }

    @Override public void close() {
        List<Opened> all;
        synchronized (opened) {
            all = List.copyOf(opened.values());
            opened.clear();
        }
        all.forEach(Opened::close);
    }
}
