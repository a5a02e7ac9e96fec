package cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.cli.Option;
import terminal.drawing.Grid;
import terminal.drawing.Wrap;
import terminal.screen.TerminalEnvironment;

/** The page of {@code --help}. */
final class Help {
    private static final int NARROWEST = 30;

    private Help() { }

    static void print(Command command, PrintStream out) {
        print(command, TerminalEnvironment.here().width(), out);
    }

    static void print(Command command, int columns, PrintStream out) {
        Wrap.lines(("Usage: ./jbang " + command.name() + " " + synopsis(command)).strip(), columns).forEach(out::println);
        Wrap.lines(command.description() + "\n", columns).forEach(out::println);
        var rows = rows(command);
        var left = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        var right = columns - left - 5;
        rows.forEach((word, says) -> (right < NARROWEST ? below(word, says, columns) : Grid.row(List.of("\u00a0" + word, says), List.of(left + 1, right)))
            .forEach(line -> out.println((" " + line).replace('\u00a0', ' '))));
    }

    /** Where columns find no room. */
    private static List<String> below(String word, String says, int columns) {
        return Stream.concat(Stream.of(" " + word), Wrap.lines(says, columns - 6).stream().map(line -> "     " + line)).toList();
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
