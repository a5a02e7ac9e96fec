package check;

/** One thing that was checked: its name as a sentence, and, where it failed, what is wrong and what to do. */
public record Result(String name, boolean passed, String message) {

    /** @param name a sentence that is true now */
    public static Result passed(String name) {
        return new Result(name, true, "");
    }

    /** @param message what is wrong, which value, what to do */
    public static Result failed(String name, String message) {
        return new Result(name, false, message);
    }

    /** Passed when there is nothing to say. */
    public static Result of(String name, java.util.List<String> complaints) {
        return complaints.isEmpty() ? passed(name) : failed(name, String.join("\n", complaints));
    }
}
