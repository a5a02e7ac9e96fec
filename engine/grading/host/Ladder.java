package grading.host;

import grading.protocol.WorkerReport.PlannedCheck;
import grading.protocol.WorkerReport.Stage;
import grading.protocol.WorkerReport;
import grading.report.Check.Cause;
import grading.report.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lesson.Exercise;

/** The checks of one verification in their order, filled in as the worker reports them. */
public final class Ladder {
    public static final String COMPILES = "compiles";
    public static final String SHAPE = "shape";
    private final Map<String, Check> checks = new LinkedHashMap<>();
    private String running = "";

    List<Check> checks() {
        return List.copyOf(checks.values());
    }

    void beginWith(boolean java) {
        if (java) {
            add(Check.rung(COMPILES, "The answer compiles"));
            add(Check.rung(SHAPE, "The verifier can call it"));
            running = COMPILES;
        }
    }

    /** The answer has compiled; these are the checks to come. */
    void compiled(List<PlannedCheck> planned, Duration took) {
        checks.replaceAll((name, rung) -> rung.passed("", took));
        planned.forEach(check -> add(Check.planned(check.name(), check.sentence(), check.hint(), check.needs())));
        running = "";
    }

    void refused(Stage stage, List<String> problems, Exercise exercise) {
        var all = String.join("\n", problems);
        switch (stage) {
            case ANSWER -> bad(COMPILES, Check.Status.FAILED, new Cause("", "", all, "", ""), "", Duration.ZERO);
            case VERIFIER -> {
                checks.compute(COMPILES, (name, check) -> check.passed("", Duration.ZERO));
                bad(SHAPE, Check.Status.FAILED, new Cause("The verifier cannot call the answer: a name, a type or a parameter is not the one that the task gives",
                    "the classes and methods as the task gives them", all,
                    "Put the signatures back; `reset " + exercise.id() + "` shows them as they were.", ""), "", Duration.ZERO);
            }
        }
        skipRest();
    }

    /** The verifier does not compile, whatever the answer. */
    void verifierRefused(List<String> problems) {
        checks.computeIfPresent(COMPILES, (name, check) -> check.passed("", Duration.ZERO));
        broken("the verifier itself does not compile:\n" + String.join("\n", problems));
        skipRest();
    }

    /** Files of the answer that nobody can read as text. */
    void notText(List<String> problems) {
        add(Check.rung("encoding", "The files are text in UTF-8"));
        bad("encoding", Check.Status.FAILED, new Cause("", "", String.join("\n", problems), "", ""), "", Duration.ZERO);
    }

    void started(String name) {
        running = name;
    }

    void skipped(String name, String missing) {
        checks.computeIfPresent(name, (n, check) -> check.skipped(checks.containsKey(missing)
            ? "needs: " + checks.get(missing).sentence() : missing));
    }

    void ended(WorkerReport.Ended report) {
        var name = report.check().isEmpty() ? firstOpen() : report.check();
        running = "";
        checks.computeIfPresent(name, (n, check) -> switch (report.status()) {
            case SKIPPED -> check.skipped(report.cause().actual());
            case PASSED -> check.isBad() ? check : check.passed(report.output(), report.took());
            default -> check.isBad() ? check : check.ended(Check.Status.FAILED, report.cause(), report.output(), report.took());
        });
    }

    /** All checks have run; one without a result is no pass. */
    void done() {
        checks.replaceAll((name, check) -> isOpen(check) ? check.ended(Check.Status.FAILED,
            new Cause("The check did not report a result", "a result", "none", "What the answer writes past System.out", ""), "", Duration.ZERO) : check);
    }

    /** The verification ended in the middle of a check. Of several reasons, the first stays. */
    void stopped(Check.Status how, Cause why, String output, Duration took) {
        var name = running.isEmpty() ? firstOpen() : running;
        if (checks.isEmpty()) {
            add(Check.rung(COMPILES, "The verifier starts"));
        }
        bad(checks.containsKey(name) ? name : checks.keySet().iterator().next(), how, why, output, took);
        skipRest();
    }

    /** Somebody else has reported; what was reported of this check holds no more. */
    void disbelieved(String name, Cause why, Duration took) {
        bad(checks.containsKey(name) ? name : firstOpen(), Check.Status.FAILED, why, "", took);
        skipRest();
    }

    /** Nothing can be said about the answer; it is a mistake of the course. */
    void broken(String why) {
        add(Check.rung("lab", "The exercise can be judged"));
        bad("lab", Check.Status.BROKEN, new Cause("", "", why, "This is not your mistake; please report it.", ""), "", Duration.ZERO);
    }

    private void bad(String name, Check.Status how, Cause why, String output, Duration took) {
        checks.compute(name, (n, check) -> check.isBad() ? check : check.ended(how, why, output, took));
    }

    private void skipRest() {
        checks.replaceAll((name, check) -> isOpen(check)
            ? check.skipped("not run, because a check before it did not pass") : check);
    }

    private String firstOpen() {
        return checks.values().stream().filter(Ladder::isOpen)
            .map(Check::name).findFirst().orElseGet(() -> new ArrayList<>(checks.keySet()).getLast());
    }

    private static boolean isOpen(Check check) {
        return check.status() == Check.Status.SKIPPED && check.cause().equals(Cause.NONE);
    }

    private void add(Check check) {
        checks.put(check.name(), check);
    }
}
