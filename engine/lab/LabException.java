package lab;

/** The lab could not do its part: what, which value, what to do next. The learner's code is not to blame. */
public class LabException extends RuntimeException {
    public LabException(String message) {
        super(message);
    }

    public LabException(String message, Throwable cause) {
        super(message, cause);
    }
}
