package cli;

import lab.Choice;
import lesson.UnknownName;
import picocli.CommandLine.Option;

/** {@code --db}, the same on every command that needs a database. */
final class DatabaseOption {
    @Option(names = "--db", paramLabel = "DB", defaultValue = "auto",
        description = "auto, docker, embedded, local, or jdbc:postgresql://… (default: ${DEFAULT-VALUE})")
    String word;

    /** The word, if it is one. */
    String checked() {
        if (!Choice.isKnown(word)) {
            throw UnknownName.of("database", word, Choice.WORDS);
        }
        return word;
    }
}
