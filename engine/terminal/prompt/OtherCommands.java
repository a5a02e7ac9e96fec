package terminal.prompt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The commands of psql that the prompt has not, and what does the same here. */
final class OtherCommands {
    private static final Map<String, String> INSTEAD = new HashMap<>();

    static {
        instead("\\i FILE runs the statements of a file", "\\ir", "\\include", "\\include_relative");
        instead("\\app, \\owner and \\admin change the role; the database is the lesson's", "\\c", "\\connect");
        instead("copy … from stdin; takes the lines below it, up to one with \\. alone, and copy … to stdout; shows rows", "\\copy");
        instead("write the value into the statement, or select set_config('my.name', 'value', false)", "\\set", "\\unset", "\\prompt", "\\getenv", "\\setenv");
        instead("the rows are shown, and not kept under names", "\\gset");
        instead("the rows are shown, and not run as statements; paste those that you want to run", "\\gexec");
        instead("the statement ran once; the arrow up brings it back", "\\watch");
        instead("the rows are shown as they are", "\\crosstabview");
        instead("the statement was not run; \\d NAME says the types of a table or a view", "\\gdesc");
        instead("another terminal has a shell", "\\!", "\\cd");
        instead("edit the statement here; the arrow up brings back the last one", "\\e", "\\edit", "\\p", "\\print", "\\s", "\\w", "\\write");
        instead("results are shown here and written to no file", "\\o", "\\out");
        instead("results are drawn to fit the terminal; \\x puts values below each other", "\\pset", "\\a", "\\t", "\\H", "\\html", "\\f", "\\C", "\\T");
        instead("send the statements that you want to run", "\\if", "\\elif", "\\else", "\\endif");
        instead("\\d lists views, sequences and tables", "\\dv", "\\dm", "\\ds", "\\dE");
        instead("select nspname from pg_namespace;", "\\dn");
        instead("select datname from pg_database;", "\\l", "\\list");
        instead("select oid::regprocedure from pg_proc where proname = 'NAME';", "\\df", "\\da");
        instead("select pg_get_functiondef('NAME'::regproc);", "\\sf", "\\ef");
        instead("select pg_get_viewdef('NAME'::regclass);", "\\sv", "\\ev");
        instead("select relname, relacl from pg_class where relacl is not null;", "\\dp", "\\z");
        instead("select extname, extversion from pg_extension;", "\\dx");
        instead("select name, setting from pg_settings where setting is distinct from boot_val;", "\\dconfig");
        instead("alter role NAME password '…';", "\\password");
        instead("an error is always shown with all that PostgreSQL said", "\\errverbose");
    }

    private OtherCommands() { }

    private static void instead(String sentence, String... commands) {
        List.of(commands).forEach(command -> INSTEAD.put(command, sentence));
    }

    /** Whether psql has it, and the prompt has not. */
    static boolean isOther(String command) {
        return INSTEAD.containsKey(plain(command));
    }

    /** What to tell whoever has typed a command that is not here. */
    static String sentence(String command) {
        return Optional.ofNullable(INSTEAD.get(plain(command))).map(instead -> "There is no " + command + " here: " + instead)
            .map(sentence -> sentence.endsWith(";") ? sentence : sentence + ".").orElse("There is no " + command + " here; \\? lists what there is.");
    }

    /** More details, and the objects of the system, are the same command. */
    private static String plain(String command) {
        return command.replaceAll("[S+]+$", "");
    }

    /** Whether it sends the last statement again, where none is being typed. */
    static boolean isRepetition(String line) {
        return line.matches("\\\\gx?");
    }

    /** Whether it asks for results in a file, or for a program that reads them. */
    static boolean namesFile(String line) {
        return line.strip().matches("\\\\gx?\\s+[^\\s(].*");
    }

    /** The words of an {@code \echo}, without their quotes. */
    static String echoed(String argument) {
        return argument.replaceAll("'((?:[^']|'')*)'", "$1").replace("''", "'");
    }
}
