package start;

/** Why the course cannot be found or fetched, and what to do about it. */
final class StartFailed extends Exception {
    StartFailed(String message) {
        super(message);
    }
}
