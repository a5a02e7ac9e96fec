package kernel.jshell.snippet;

import java.util.List;
import jdk.jshell.JShellException;

/** The result of one snippet. */
public sealed interface SnippetResult {
    /** It did what it did and has no value. */
    record Done() implements SnippetResult { }

    /** @param name under which the value stays, "$1" where JShell made it up */
    record Value(String name, String type) implements SnippetResult { }

    /** @param names what it needs and is not declared yet; until then it cannot be called */
    record Waiting(String declared, List<String> names) implements SnippetResult {
        public String sentence() {
            return declared + " can be used once " + listed(names) + (names.size() == 1 ? " is" : " are") + " declared.";
        }
    }

    /**
     * Something was called that waits for a declaration.
     *
     * @param names what is not declared yet, "method g()"
     * @param line  1-based line of the cell, 0 where that is not known
     */
    record Missing(String called, List<String> names, int line) implements SnippetResult {
        public String sentence() {
            return called + " cannot run yet, because " + listed(names) + (names.size() == 1 ? " is" : " are") + " not declared.";
        }
    }

    /** The compiler refuses it; there is at least one problem. */
    record Refused(String source, List<Problem> problems) implements SnippetResult { }

    /** @param line 1-based line of the cell, 0 where that is not known */
    record Threw(JShellException exception, int line) implements SnippetResult { }

    /** @param offset in the cell */
    record Problem(String message, int offset) { }

    private static String listed(List<String> names) {
        var last = names.size() - 1;
        return last < 1 ? String.join("", names) : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    /** Whether the snippets after it are not to run. */
    default boolean isFailure() {
        return this instanceof Refused || this instanceof Threw || this instanceof Missing;
    }
}
