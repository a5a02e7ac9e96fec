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
    record Waiting(String declared, List<String> names) implements SnippetResult { }

    /** The compiler refuses it; there is at least one problem. */
    record Refused(String source, List<Problem> problems) implements SnippetResult { }

    /** @param line 1-based line of the cell, 0 where that is not known */
    record Threw(JShellException exception, int line) implements SnippetResult { }

    /** @param offset in the cell */
    record Problem(String message, int offset) { }

    /** Whether the snippets after it are not to run. */
    default boolean isFailure() {
        return this instanceof Refused || this instanceof Threw;
    }
}
