package grading.submission;

import grading.report.Report;
import java.util.List;
import java.util.SortedMap;

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
    static final String ANSWERS = "answers/";
}
