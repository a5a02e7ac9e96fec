package cli;

import java.util.List;
import java.util.stream.Collectors;
import lesson.UnknownName;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with the words after {@code ./jbang}, in one sentence with the nearest that would be right. */
final class Usage {
    private Usage() { }

    /** @return the exit code of a wrong usage */
    static int explain(ParameterException wrong, String... args) {
        var line = wrong.getCommandLine();
        line.getErr().println(sentence(wrong, line, typed(line, args)));
        return Main.UNUSABLE;
    }

    private static String sentence(ParameterException wrong, CommandLine line, String command) {
        return switch (wrong) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched, line, command);
            case MissingParameterException missing -> missing(missing, command);
            default -> lowerCased(wrong.getMessage()) + seeHelp(command);
        };
    }

    private static String unmatched(UnmatchedArgumentException unmatched, CommandLine line, String command) {
        var word = unmatched.getUnmatched().getFirst();
        if (unmatched.isUnknownOption() || word.startsWith("-")) {
            var name = word.split("=", 2)[0];
            return UnknownName.of("option", name, options(line)).getMessage() + seeHelp(command);
        }
        if (line.getParent() == null) {
            return UnknownName.of("command", word, commands(line)).getMessage();
        }
        return command + " does not know what to do with " + word + seeHelp(command);
    }

    private static String missing(MissingParameterException missing, String command) {
        var needed = missing.getMissing().stream().map(Usage::described).collect(Collectors.joining(" and "));
        return (needed.isEmpty() ? lowerCased(missing.getMessage()) : command + " needs " + needed) + seeHelp(command);
    }

    private static String described(ArgSpec missing) {
        var description = missing.description().length == 0 ? "" : ", " + missing.description()[0].replaceFirst(" \\(default.*", "");
        return switch (missing) {
            case OptionSpec option -> "a value after " + option.longestName() + description;
            default -> missing.paramLabel() + description;
        };
    }

    private static List<String> options(CommandLine line) {
        return line.getCommandSpec().options().stream().filter(option -> !option.hidden()).map(OptionSpec::longestName).toList();
    }

    private static List<String> commands(CommandLine line) {
        return line.getSubcommands().entrySet().stream().filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
            .map(command -> command.getKey().equals("lesson") ? "lesson01" : command.getKey()).toList();
    }

    /** The command as a person types it: {@code lesson02}, not {@code lesson 02}. */
    private static String typed(CommandLine line, String... args) {
        var name = line.getCommandName();
        return name.equals("lesson") && args.length > 1 ? name + args[1] : name;
    }

    private static String seeHelp(String command) {
        return " (./jbang " + command + " --help shows what there is)";
    }

    private static String lowerCased(String sentence) {
        return sentence.lines().findFirst().map(s -> s.substring(0, 1).toLowerCase() + s.substring(1)).orElse("");
    }
}
