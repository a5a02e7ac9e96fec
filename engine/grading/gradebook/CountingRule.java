package grading.gradebook;

import grading.gradebook.Gradebook.Cell;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Optional;
import lesson.UnknownName;

/**
 * Which of a learner's attempts counts.
 *
 * @param since what was packed before does not count at all
 * @param until what was packed after is late, and counts where nothing else was in time
 */
public record CountingRule(Attempt attempt, Optional<OffsetDateTime> since, Optional<OffsetDateTime> until) {
    /** The last one, or the one with the most checks passed. */
    public enum Attempt { LATEST, BEST }

    /** "2026-11-30", "2026-11-30T18:00", both in the zone of this machine, or with an offset. @param end whether a day alone means its end */
    public static OffsetDateTime time(String word, boolean end) {
        try {
            if (!word.contains("T")) {
                return LocalDate.parse(word).plusDays(end ? 1 : 0).atStartOfDay(ZoneId.systemDefault()).toOffsetDateTime();
            }
            return word.matches(".*(Z|[+-]\\d\\d:\\d\\d)") ? OffsetDateTime.parse(word) : LocalDateTime.parse(word).atZone(ZoneId.systemDefault()).toOffsetDateTime();
        } catch (DateTimeException e) {
            throw new UnknownName(word + " is no time; say 2026-11-30, 2026-11-30T18:00 or 2026-11-30T18:00+01:00");
        }
    }

    static Optional<OffsetDateTime> created(GradedSubmission submission) {
        return submission.created().isEmpty() ? Optional.empty() : Optional.of(OffsetDateTime.parse(submission.created()));
    }

    boolean isTooEarly(GradedSubmission submission) {
        return since.isPresent() && created(submission).filter(time -> time.isBefore(since.get())).isPresent();
    }

    boolean isLate(GradedSubmission submission) {
        return until.isPresent() && created(submission).filter(time -> time.isAfter(until.get())).isPresent();
    }

    /** The greatest one counts. Where two say the same time, the name of the file decides, so that every run says the same. */
    Comparator<Cell> order() {
        var byTime = Comparator.<Cell, java.time.Instant>comparing(cell -> created(cell.submission()).map(OffsetDateTime::toInstant).orElse(java.time.Instant.MIN))
            .thenComparing(cell -> cell.submission().file());
        var rest = attempt == Attempt.BEST ? Comparator.<Cell>comparingLong(cell -> cell.report().score()).thenComparing(byTime) : byTime;
        return Comparator.<Cell, Boolean>comparing(cell -> !cell.late()).thenComparing(rest);
    }
}
