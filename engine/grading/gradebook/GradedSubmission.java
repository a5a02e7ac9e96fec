package grading.gradebook;

import java.util.List;
import java.util.Objects;

/**
 * What came of one file, as it is kept between two runs.
 *
 * @param file    its name below the folder
 * @param created when it was packed, as its report says; empty where it does not say
 * @param problem why it could not be judged, in a sentence; empty where it was
 * @param signature who has signed it, in words
 * @param changed what was changed after packing, in sentences
 * @param answers one for each exercise
 */
public record GradedSubmission(int format, String file, String created, String problem, String signature, List<String> changed, List<GradedAnswer> answers) {
    static final int FORMAT = 1;

    public GradedSubmission {
        Objects.requireNonNull(file, "it does not say which file");
        Objects.requireNonNull(answers, "it has no answers");
    }

    /**
     * An answer in it.
     *
     * @param exercise "pooling/bounded-pool", as a report has it
     * @param verdict  names the verdict, which others with the same answer share
     * @param answer   the hash of its files
     * @param like     the same hash, whatever its blanks and comments are
     */
    public record GradedAnswer(String exercise, String verdict, String answer, String like) { }

    /** One that nothing can be said about. */
    static GradedSubmission bad(String file, String problem) {
        return new GradedSubmission(FORMAT, file, "", problem, "", List.of(), List.of());
    }

    /** Whether all of it was judged. */
    public boolean isJudged() {
        return problem.isEmpty();
    }
}
