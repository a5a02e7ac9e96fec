package grading.submission;

import kernel.output.VisibleText;
import lesson.UnknownName;

/** A file that is no submission, or one that nobody should unpack: what is wrong, and with which file. */
public final class BadSubmission extends UnknownName {
    BadSubmission(String message) {
        super(VisibleText.of(message));
    }
}
