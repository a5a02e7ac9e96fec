package browser.runtime;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kernel.output.Output;
import kernel.sql.syntax.SqlName;

/**
 * What a failure says is not there.
 *
 * @param java names of variables, methods and types
 * @param sql  names of what databases hold
 * @param file the name of a file, without its folder
 */
record MissingNames(Set<String> java, List<SqlName> sql, Optional<String> file) {
    /** undefined_table, _column, _function, invalid_schema_name, undefined_object, _parameter, invalid_sql_statement_name, and so on: appendix A of the documentation. */
    static final Set<String> NOT_THERE = Set.of("42P01", "42703", "42883", "3F000", "42704", "42P02", "26000", "34000", "3B001", "3D000", "28000");
    static final String UNDEFINED_COLUMN = "42703";
    private static final Pattern JAVA = Pattern.compile("cannot find symbol: (?:variable|method|class) ([\\w$]+)|package ([\\w$]+) does not exist|Java variable ([\\w$]+)");
    private static final Pattern NULL = Pattern.compile("because \"(?:[\\w$.]*\\.)?([\\w$]+)\" is null");
    private static final Pattern QUOTED = Pattern.compile("[\"„“«»]([^\"„“”«»]+)[\"“”«»]");
    private static final Pattern IDENTIFIER = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*(?:\\.[\\p{L}_][\\p{L}\\p{N}_$]*)*");

    static MissingNames of(Output.Failure failure) {
        return new MissingNames(java(failure), NOT_THERE.contains(failure.sqlState()) ? sql(failure.message()) : List.of(),
            failure.kind().equals("NoSuchFileException") ? Optional.of(failure.message().lines().findFirst().orElse("").replaceFirst(".*[/\\\\]", "")) : Optional.empty());
    }

    private static Set<String> java(Output.Failure failure) {
        var text = failure.message() + "\n" + failure.detail();
        var names = new LinkedHashSet<String>();
        JAVA.matcher(text).results().forEach(found -> {
            for (int i = 1; i <= found.groupCount(); i++) {
                if (found.group(i) != null) {
                    names.add(found.group(i));
                }
            }
        });
        NULL.matcher(text).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    /** The first name in quotes: of a column "of relation" it is the column's. Where none is in quotes, any word may be one. */
    private static List<SqlName> sql(String message) {
        var quoted = QUOTED.matcher(message);
        return quoted.find() ? List.of(SqlName.of(quoted.group(1)))
            : IDENTIFIER.matcher(message).results().map(found -> SqlName.of(found.group())).collect(Collectors.toList());
    }
}
