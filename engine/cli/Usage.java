package cli;

import java.util.List;
import lesson.UnknownName;
import org.apache.commons.cli.AlreadySelectedException;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** What is wrong with the words after {@code ./jbang}, in one sentence with the nearest that would be right. */
final class Usage {
    private Usage() { }

    static UnknownName explain(Command command, ParseException wrong) {
        return switch (wrong) {
            case UnrecognizedOptionException unknown -> new UnknownName(
                unknown(unknown.getOption().split("=", 2)[0], names(command)) + seeHelp(command));
            case MissingArgumentException missing -> new UnknownName(
                command.name() + " needs a value after " + described(missing.getOption()) + seeHelp(command));
            case AlreadySelectedException second -> new UnknownName("--" + second.getOptionGroup().getSelected() + " and --"
                + second.getOption().getLongOpt() + " do not go together" + seeHelp(command));
            default -> new UnknownName(wrong.getMessage() + seeHelp(command));
        };
    }

    private static String unknown(String name, List<String> known) {
        return known.contains(name) ? name + " takes no value" : UnknownName.of("option", name, known).getMessage();
    }

    /** @throws UnknownName where there are too few words, or too many */
    static void check(Command command, List<String> words) {
        var arguments = command.arguments();
        if (words.size() < arguments.least()) {
            throw new UnknownName(command.name() + " needs " + arguments.label() + ", " + arguments.description() + seeHelp(command));
        }
        if (words.size() > arguments.most()) {
            throw new UnknownName(command.name() + " does not know what to do with " + words.get(arguments.most()) + seeHelp(command));
        }
    }

    /** A sentence about a value that is of the wrong kind. */
    static UnknownName wrongValue(Command command, Option option, String value) {
        return new UnknownName(value + " is no value for " + described(option) + seeHelp(command));
    }

    private static String described(Option option) {
        return "--" + option.getLongOpt() + ", " + option.getDescription().replaceFirst(" \\(default.*", "");
    }

    private static List<String> names(Command command) {
        return command.options().stream().map(option -> "--" + option.getLongOpt()).toList();
    }

    private static String seeHelp(Command command) {
        return " (./jbang " + command.name() + " --help shows what there is)";
    }
}
