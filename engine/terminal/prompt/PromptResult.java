package terminal.prompt;

import java.util.List;

/** The result of one snippet of Java. */
sealed interface PromptResult {
    /** A value, and the name under which it stays. */
    record Value(String name, String type, Object value) implements PromptResult { }

    record Refused(String source, List<String> problems) implements PromptResult { }

    /** @param where "line 2" of what was typed, or empty */
    record Threw(Throwable failure, String where) implements PromptResult { }

    /** Something was called that waits for what is not declared yet; the sentence says for what. */
    record Missing(String sentence) implements PromptResult { }

    /** Declared, and there is something to know about it. */
    record Noted(String text) implements PromptResult { }

    /** The learner stopped it. */
    record Stopped() implements PromptResult { }

    /** It did what it did and has no value. */
    record Done() implements PromptResult { }

    /** Whether the snippets after it are not to run. */
    default boolean isFailure() {
        return this instanceof Refused || this instanceof Threw || this instanceof Missing || this instanceof Stopped;
    }
}
