package cli;

import java.util.List;
import java.util.Optional;
import lab.provider.Providers;
import lesson.UnknownName;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;

/** What somebody typed after a command. */
public record ParsedArguments(CommandLine line) {

    /** The words that are no options. */
    public List<String> words() {
        return line.getArgList();
    }

    /** Whether the option was given, with a value or without. */
    public boolean has(Option option) {
        return line.hasOption(option);
    }

    /** The value of an option; empty where it was not given, or without one. */
    public Optional<String> value(Option option) {
        return Optional.ofNullable(line.getOptionValue(option));
    }

    /**
     * The word after {@code --db}.
     *
     * @throws UnknownName if it names no database
     */
    String database() {
        var word = value(Command.DATABASE).orElse("auto");
        if (!Providers.isKnown(word)) {
            throw UnknownName.of("database", word, Providers.WORDS);
        }
        return word;
    }
}
