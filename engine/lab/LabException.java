package lab;

/** The lab could not do its part: what, which value, what to do next. The learner's code is not to blame. */
public class LabException extends RuntimeException {
    /** @param message one or several sentences for the learner */
    public LabException(String message) {
        super(message);
    }

    /** @param cause what a developer of the course needs to know besides */
    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
