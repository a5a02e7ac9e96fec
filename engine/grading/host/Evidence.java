package grading.host;

import grading.protocol.CheckSelection;
import grading.protocol.WorkerReport.PlannedCheck;
import grading.protocol.WorkerReport;
import grading.report.Check;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import lesson.VerifierChecks;

/**
 * What the host itself knows of a run, so that it need not believe a worker: which checks the verifier's source has, which has begun,
 * and the word that it gave to that one when it began. A report that does not fit comes from somebody else.
 */
final class Evidence {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;
    private final Set<String> settled = new HashSet<>();
    private List<String> order = List.of();
    private List<String> inSource = List.of();
    private List<String> selected = List.of();
    private String running = "";
    private String last = "";
    private String word = "";
    private boolean hasFailedOutside;

    /** @param check the one whose report does not fit @param why what does not, in words */
    record Objection(String check, String why) { }

    /** What the worker wants to run, and what the source has. */
    void planned(List<PlannedCheck> planned, List<VerifierChecks.Check> source) {
        order = planned.stream().map(PlannedCheck::name).toList();
        inSource = source.stream().map(VerifierChecks.Check::name).toList();
    }

    /** The checks begin. */
    void begin(CheckSelection selection) {
        selected = order.stream().filter(selection::has).toList();
    }

    /** Of the check that has begun. */
    String word() {
        return word;
    }

    /** Takes note of a report. @return why it cannot be the course's own; empty where it may be */
    Optional<Objection> objection(WorkerReport report) {
        return switch (report) {
            case WorkerReport.Started(var check) -> started(check);
            case WorkerReport.Ended ended -> ended(ended);
            case WorkerReport.Skipped(var check, var _) -> skipped(check);
            case WorkerReport.Done _ -> done();
            default -> Optional.empty();
        };
    }

    private Optional<Objection> started(String check) {
        if (!order.contains(check)) {
            return Optional.of(new Objection(check, "the verifier has no such check"));
        }
        if (!running.isEmpty()) {
            return Optional.of(new Objection(check, "it began before " + running + " had ended"));
        }
        if (order.indexOf(check) < order.indexOf(last)) {
            return Optional.of(new Objection(check, "it began after " + last + ", which comes after it"));
        }
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        word = HexFormat.of().formatHex(bytes);
        running = check;
        last = check;
        return Optional.empty();
    }

    /** A failure needs no evidence: what belongs to the whole class, as its {@code @BeforeAll}, fails without a beginning. */
    private Optional<Objection> ended(WorkerReport.Ended ended) {
        var check = ended.check();
        if (ended.word().isEmpty() && ended.status() != Check.Status.PASSED) {
            hasFailedOutside = true;
            return Optional.empty();
        }
        if (!check.equals(running)) {
            return Optional.of(new Objection(check, settled.contains(check) ? "it had ended before" : "it had not begun"));
        }
        if (!ended.word().equals(word)) {
            return Optional.of(new Objection(check, "it ended without the word that the check was given when it began"));
        }
        running = "";
        settled.add(check);
        return Optional.empty();
    }

    private Optional<Objection> skipped(String check) {
        settled.add(check);
        return check.equals(running) ? Optional.of(new Objection(check, "it was skipped after it had begun")) : Optional.empty();
    }

    private Optional<Objection> done() {
        if (!running.isEmpty()) {
            return Optional.of(new Objection(running, "all was said to be done before it had ended"));
        }
        var unknown = inSource.stream().filter(check -> !order.contains(check)).findFirst();
        if (unknown.isPresent()) {
            return Optional.of(new Objection(unknown.get(), "it was left out, though the verifier has it"));
        }
        return hasFailedOutside ? Optional.empty() : selected.stream().filter(check -> !settled.contains(check)).findFirst()
            .map(check -> new Objection(check, "all was said to be done before it had ended"));
    }
}
