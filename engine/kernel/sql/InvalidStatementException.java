package kernel.sql;

/** A statement was not sent, because of what stands in it. */
final class InvalidStatementException extends Exception {
    private final int position;

    InvalidStatementException(String sentence, int position) {
        super(sentence);
        this.position = position;
    }

    /** Offset into the statement. */
    int position() {
        return position;
    }
}
