package cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.cli.Option;

/** The page of {@code --help}. */
final class Help {
    private Help() { }

    static void print(Command command, PrintStream out) {
        out.println(("Usage: ./jbang " + command.name() + " " + synopsis(command)).strip());
        out.println(command.description() + "\n");
        var rows = rows(command);
        var width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        rows.forEach((left, right) -> out.println("  " + left + " ".repeat(width + 3 - left.length()) + right));
    }

    private static String synopsis(Command command) {
        var options = command.options().stream().filter(option -> option != Command.HELP)
            .map(option -> "[" + left(option) + "]").collect(Collectors.joining(" "));
        var arguments = command.arguments();
        var words = arguments.label().isEmpty() ? ""
            : arguments.least() > 0 ? arguments.label() + " "
            : "[" + arguments.label() + (arguments.most() > 1 ? " …" : "") + "] ";
        return words + options;
    }

    private static Map<String, String> rows(Command command) {
        var rows = new LinkedHashMap<String, String>();
        if (!command.arguments().label().isEmpty()) {
            rows.put(command.arguments().label(), command.arguments().description());
        }
        command.options().forEach(option -> rows.put(left(option), option.getDescription()));
        return rows;
    }

    private static String left(Option option) {
        return (option == Command.HELP ? "-h, " : "") + "--" + option.getLongOpt() + (option.hasArg() ? " " + option.getArgName() : "");
    }
}
