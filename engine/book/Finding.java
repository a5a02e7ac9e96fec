package book;

/**
 * Something wrong with the book, addressed to its author.
 *
 * @param file what to open, relative to the clone
 * @param line 1-based, or 0 where the whole file is meant
 * @param what what is wrong, with the value
 * @param todo what to do about it
 */
public record Finding(String file, int line, String what, String todo) {
    public Finding(String file, String what, String todo) {
        this(file, 0, what, todo);
    }

    @Override public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + what + "\n    " + todo;
    }
}
