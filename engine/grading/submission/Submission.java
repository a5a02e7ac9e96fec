package grading.submission;

import grading.report.Report;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What {@code report.json} of a submission says.
 *
 * @param format  1
 * @param created when, with the offset from UTC
 * @param files   SHA-256 of each answer by its name in the archive
 * @param reports a verdict for each exercise, made on a fresh database when it was packed
 */
record Submission(int format, String created, SortedMap<String, String> files, List<Report> reports) {
    static final int FORMAT = 1;
    static final String REPORT = "report.json";
    static final String SUMS = "SHA256SUMS";
    /** Of the sums. */
    static final String SIGNATURE = "SHA256SUMS.sig";
    static final String ANSWERS = "answers/";

    /** What somebody else's file says that this course cannot read, as the end of a sentence; empty where all is as it must be. */
    Optional<String> problem() {
        if (format != FORMAT) {
            return Optional.of("has the format " + format + ", and this course reads " + FORMAT + ": take the course's version that made it");
        }
        if (files == null || files.containsValue(null)) {
            return Optional.of("does not say which files it is about");
        }
        if (reports == null || reports.isEmpty()) {
            return Optional.of("reports nothing: there is no exercise in it");
        }
        if (reports.stream().anyMatch(Submission::isIncomplete)) {
            return Optional.of("has a report without id, exercise, status, verifier_hash or course_version");
        }
        var seen = new HashSet<String>();
        return reports.stream().map(Report::id).filter(id -> !seen.add(id)).findFirst().map(id -> "reports " + id + " more than once");
    }

    private static boolean isIncomplete(Report report) {
        return report == null || Stream.of(report.id(), report.exercise(), report.status(), report.verifierHash(), report.courseVersion()).anyMatch(Objects::isNull);
    }
}
