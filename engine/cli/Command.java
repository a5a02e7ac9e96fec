package cli;

import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.OptionGroup;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/** A word after {@code ./jbang}: what may follow it, and what it does. */
public abstract class Command {
    static final Option HELP = Option.builder("h").longOpt("help").desc("show this help and stop").get();
    static final Option DATABASE = value("db", "DB", "auto, docker, embedded, local, or the URL of a server, postgresql://… or jdbc:postgresql://… (default: auto)");

    private final String name;
    private final String description;
    private final Arguments arguments;
    private final List<Option> options;

    /**
     * @param name        the word after {@code ./jbang}, as jbang-catalog.json has it
     * @param description a sentence for its help
     * @param arguments   the words that are no options
     * @param options     all but {@code --help}
     */
    public Command(String name, String description, Arguments arguments, Option... options) {
        this.name = name;
        this.description = description;
        this.arguments = arguments;
        this.options = Stream.concat(Stream.of(options), Stream.of(HELP)).toList();
    }

    /**
     * The words of a command that are no options.
     *
     * @param label   how the help names one, "NN.n"; empty where there are none
     * @param least   how many there must be
     * @param most    how many there may be
     */
    public record Arguments(String label, String description, int least, int most) {
        public static final Arguments NONE = new Arguments("", "", 0, 0);

        static Arguments one(String label, String description) {
            return new Arguments(label, description, 1, 1);
        }

        static Arguments oneAtMost(String label, String description) {
            return new Arguments(label, description, 0, 1);
        }

        /** A name and, where it is given, one word more. */
        static Arguments oneAndAnother(String label, String description) {
            return new Arguments(label, description, 1, 2);
        }

        static Arguments any(String label, String description) {
            return new Arguments(label, description, 0, Integer.MAX_VALUE);
        }
    }

    /** @return the exit code */
    protected abstract int run(ParsedArguments arguments) throws Exception;

    /** Options of which each says what is to be done, so that one alone can be given. */
    protected List<Option> alternatives() {
        return List.of();
    }

    /** An option that is there or not. */
    public static Option flag(String name, String description) {
        return Option.builder().longOpt(name).desc(description).get();
    }

    /** An option with a value, {@code --db embedded} or {@code --db=embedded}. */
    protected static Option value(String name, String label, String description) {
        return Option.builder().longOpt(name).hasArg().argName(label).desc(description).get();
    }

    /** The whole number after an option, at least 1. */
    protected final int number(ParsedArguments arguments, Option option, int otherwise) {
        var word = arguments.value(option).orElse(Integer.toString(otherwise));
        if (!word.matches("[1-9]\\d{0,3}")) {
            throw Usage.wrongValue(this, option, word);
        }
        return Integer.parseInt(word);
    }

    String name() {
        return name;
    }

    String description() {
        return description;
    }

    Arguments arguments() {
        return arguments;
    }

    List<Option> options() {
        return options;
    }

    /** @throws lesson.UnknownName with a sentence about the first word that is wrong */
    final int execute(String... words) throws Exception {
        var known = new Options();
        options.forEach(known::addOption);
        var group = new OptionGroup();
        alternatives().forEach(group::addOption);
        known.addOptionGroup(group);
        try {
            var line = DefaultParser.builder().setAllowPartialMatching(false).get().parse(known, words);
            if (line.hasOption(HELP)) {
                Help.print(this, System.out);
                return Main.OK;
            }
            Usage.check(this, line.getArgList());
            return run(new ParsedArguments(line));
        } catch (ParseException wrong) {
            throw Usage.explain(this, wrong);
        }
    }
}
