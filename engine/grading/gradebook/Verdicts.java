package grading.gradebook;

import grading.report.CourseVersion;
import grading.report.Report;
import grading.report.Reports;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import lab.LabException;
import lesson.Exercise;
import lesson.Hashes;
import lesson.Home;

/** The same answer is judged once: by whoever has it first, in this run or in one before, as long as nothing has changed that judges. */
final class Verdicts {
    private final GradingFolder kept;
    private final String judge;
    private final ConcurrentHashMap<String, CompletableFuture<Report>> underWay = new ConcurrentHashMap<>();

    /** @param database which PostgreSQL judges: a verdict of another one is none */
    Verdicts(GradingFolder kept, Home home, String database) {
        this.kept = kept;
        judge = CourseVersion.of(home) + "\n" + database;
    }

    /** Judges an answer. */
    interface Work {
        Report run() throws InterruptedException;
    }

    /** The name of the verdict on an answer. */
    String name(Exercise exercise, String answer) {
        return Hashes.of(String.join("\n", Report.id(exercise), answer, Hashes.ofVerifier(exercise), judge).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The verdict that is there, else the one that the work comes to. One that says nothing about the answer is not kept. */
    Report of(String name, Work work) throws InterruptedException {
        var mine = new CompletableFuture<Report>();
        var first = underWay.putIfAbsent(name, mine);
        if (first != null) {
            return await(first);
        }
        try {
            var there = kept.verdict(name);
            var report = there.isPresent() ? there.get() : judged(name, work);
            mine.complete(report);
            return report;
        } catch (RuntimeException | InterruptedException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(name);
        }
    }

    private Report judged(String name, Work work) throws InterruptedException {
        var report = work.run();
        if (!report.status().equals(Reports.ERROR)) {
            kept.keep(name, report);
        }
        return report;
    }

    private static Report await(CompletableFuture<Report> first) throws InterruptedException {
        try {
            return first.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof LabException lab ? lab : new LabException("the same answer could not be judged elsewhere: " + e.getCause(), e.getCause());
        }
    }
}
