/** The client's mistake, or what cannot be now; nothing of it is stored. */
final class Refusal extends RuntimeException {
    private final int status;

    Refusal(int status, String message) {
        super(message, null, false, false); // no stack trace: it is an answer
        this.status = status;
    }

    int status() {
        return status;
    }
}
