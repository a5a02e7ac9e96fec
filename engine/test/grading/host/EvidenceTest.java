package grading.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import grading.protocol.CheckSelection;
import grading.protocol.WorkerReport;
import grading.protocol.WorkerReport.PlannedCheck;
import grading.report.Check;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import lesson.VerifierChecks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The host believes a report only where it fits what it knows itself:")
class EvidenceTest {
    private Evidence evidence = new Evidence();

    @BeforeEach void begin() {
        begin(CheckSelection.ALL, "sums", "ignoresNull", "leavesNoLock");
    }

    @Test @DisplayName("all checks, one after the other, each with its word")
    void honest() {
        passes("sums");
        passes("ignoresNull");
        passes("leavesNoLock");
        assertEquals("", said(new WorkerReport.Done(List.of())));
    }

    @Test @DisplayName("no check ends that has not begun")
    void withoutBeginning() {
        assertEquals("sums: it had not begun", said(ended("sums", "0af3")));
        assertEquals("sums: it had not begun", said(ended("sums", "")));
    }

    @Test @DisplayName("none ends twice")
    void twice() {
        passes("sums");
        assertEquals("sums: it had ended before", said(ended("sums", evidence.word())));
    }

    @Test @DisplayName("none ends without its word, or with that of another")
    void withoutWord() {
        passes("sums");
        var old = evidence.word();
        assertEquals("", said(new WorkerReport.Started("ignoresNull")));
        assertEquals("ignoresNull: it ended without the word that the check was given when it began", said(ended("ignoresNull", old)));
        assertEquals("ignoresNull: it ended without the word that the check was given when it began", said(ended("ignoresNull", "")));
    }

    @Test @DisplayName("none begins before the one before has ended, or after one that comes later")
    void otherOrder() {
        assertEquals("", said(new WorkerReport.Started("ignoresNull")));
        assertEquals("leavesNoLock: it began before ignoresNull had ended", said(new WorkerReport.Started("leavesNoLock")));
        assertEquals("", said(ended("ignoresNull", evidence.word())));
        assertEquals("sums: it began after ignoresNull, which comes after it", said(new WorkerReport.Started("sums")));
    }

    @Test @DisplayName("none is there that the verifier does not have")
    void unknown() {
        assertEquals("wins: the verifier has no such check", said(new WorkerReport.Started("wins")));
        assertEquals("wins: it had not begun", said(ended("wins", "")));
    }

    @Test @DisplayName("none is left out that the source has, or that was asked for")
    void leftOut() {
        passes("sums");
        assertEquals("ignoresNull: all was said to be done before it had ended", said(new WorkerReport.Done(List.of())));
        assertEquals("", said(new WorkerReport.Skipped("ignoresNull", "sums")));
        assertEquals("", said(new WorkerReport.Started("leavesNoLock")));
        assertEquals("leavesNoLock: all was said to be done before it had ended", said(new WorkerReport.Done(List.of())));
        begin(CheckSelection.ALL, "sums", "leavesNoLock");
        passes("sums");
        passes("leavesNoLock");
        assertEquals("ignoresNull: it was left out, though the verifier has it", said(new WorkerReport.Done(List.of())));
    }

    @Test @DisplayName("what was not asked for may be missing, and a failure of the class needs no beginning")
    void mayBeMissing() {
        begin(CheckSelection.only(List.of("sums")), "sums", "ignoresNull", "leavesNoLock");
        passes("sums");
        assertEquals("", said(new WorkerReport.Done(List.of())));
        begin();
        assertEquals("", said(new WorkerReport.Ended("", Check.Status.FAILED, Check.Cause.NONE, "", Duration.ZERO, "")));
        assertEquals("", said(new WorkerReport.Done(List.of())));
    }

    private void begin(CheckSelection selection, String... planned) {
        evidence = new Evidence();
        evidence.planned(Stream.of(planned).map(name -> new PlannedCheck(name, "", 0, "")).toList(),
            Stream.of("sums", "ignoresNull", "leavesNoLock").map(name -> new VerifierChecks.Check(name, "", 0, List.of(), List.of())).toList());
        evidence.begin(selection);
    }

    private void passes(String check) {
        assertEquals("", said(new WorkerReport.Started(check)));
        assertEquals("", said(ended(check, evidence.word())));
    }

    private static WorkerReport.Ended ended(String check, String word) {
        return new WorkerReport.Ended(check, Check.Status.PASSED, Check.Cause.NONE, "", Duration.ZERO, word);
    }

    private String said(WorkerReport report) {
        return evidence.objection(report).map(objection -> objection.check() + ": " + objection.why()).orElse("");
    }
}
