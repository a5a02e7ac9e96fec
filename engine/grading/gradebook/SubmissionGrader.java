package grading.gradebook;

import grading.host.VerificationService;
import grading.report.Report;
import grading.report.Reports;
import grading.submission.BadSubmission;
import grading.submission.OpenSubmission;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Supplier;
import kernel.output.VisibleText;
import lesson.Hashes;
import lesson.Home;

/** Judges one submission; whatever is wrong with it is a sentence about it, and stops nobody. */
final class SubmissionGrader {
    private final Home home;
    private final GradingFolder kept;
    private final Verdicts verdicts;
    private final Optional<Path> signers;

    SubmissionGrader(Home home, GradingFolder kept, Verdicts verdicts, Optional<Path> signers) {
        this.home = home;
        this.kept = kept;
        this.verdicts = verdicts;
        this.signers = signers;
    }

    /**
     * @param service asked for where something is to be judged
     * @throws lab.LabException where the database fails, which is not the submission's fault
     */
    GradedSubmission grade(HandedIn file, Supplier<VerificationService> service) throws InterruptedException {
        try (var open = OpenSubmission.of(file.path(), home)) {
            return judged(file, open, service);
        } catch (BadSubmission e) {
            return GradedSubmission.bad(file.name(), withoutPath(e.getMessage(), file));
        } catch (UncheckedIOException e) {
            return GradedSubmission.bad(file.name(), VisibleText.of(e.getMessage() + ": " + lab.os.IoErrors.describe(e.getCause())));
        }
    }

    /** Which file it is stands before the sentence; where it lies here is nobody's business elsewhere. */
    private static String withoutPath(String message, HandedIn file) {
        var visible = VisibleText.of(message);
        var path = VisibleText.of(file.path().toString());
        return visible.startsWith(path + ": ") ? visible.substring(path.length() + 2) : visible.startsWith(path) ? "it" + visible.substring(path.length()) : visible.replace(" " + path, "");
    }

    private GradedSubmission judged(HandedIn file, OpenSubmission open, Supplier<VerificationService> service) throws InterruptedException {
        var answers = new ArrayList<GradedSubmission.GradedAnswer>();
        var problem = "";
        for (var part : open.parts()) {
            var hash = Hashes.ofAnswer(part.folder());
            var name = verdicts.name(part.exercise(), hash);
            var report = verdicts.of(name, () -> Report.of(service.get().verify(part.exercise(), part.folder())));
            kept.keepAnswer(hash, part.folder());
            answers.add(new GradedSubmission.GradedAnswer(Report.id(part.exercise()), name, hash, Likeness.of(part.folder())));
            if (report.status().equals(Reports.ERROR)) {
                problem = part.exercise().id() + " could not be judged: " + report.message().lines().findFirst().orElse("");
            }
        }
        var created = open.created().map(OffsetDateTime::toString).orElse("");
        return new GradedSubmission(GradedSubmission.FORMAT, file.name(), created, problem, open.signature(signers), open.changed(), answers);
    }
}
