package browser.runtime;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kernel.cell.Cell;
import kernel.jshell.snippet.SqlLiterals;
import kernel.sql.syntax.CreatedNames;
import kernel.sql.syntax.SqlName;

/** What a cell leaves for others and takes from them: names of Java, of what its SQL creates and mentions, and of files in its strings. */
record CellContent(CellNames java, Set<SqlName> creates, Set<String> columns, Set<SqlName> mentions, Set<String> files) {
    private static final Pattern FILE = Pattern.compile("[\\w.-]+\\.(?:sql|txt|csv|tsv|json|xml|sh|conf|log|dump|properties)");

    static CellContent of(Cell cell) {
        var creates = new LinkedHashSet<SqlName>();
        var columns = new LinkedHashSet<String>();
        var mentions = new LinkedHashSet<SqlName>();
        for (var sql : sql(cell)) {
            var created = CreatedNames.of(sql);
            creates.addAll(created.objects());
            columns.addAll(created.columns());
            mentions.addAll(CreatedNames.mentioned(sql));
        }
        var files = cell.language() != Cell.Language.JAVA ? Set.<String>of()
            : sql(cell).stream().filter(text -> FILE.matcher(text).matches()).collect(Collectors.toSet());
        return new CellContent(CellNames.by(cell, Kernels::names), creates, columns, mentions, files);
    }

    private static List<String> sql(Cell cell) {
        return switch (cell.language()) {
            case SQL -> List.of(cell.source());
            case JAVA -> cell.source().contains("\"") ? SqlLiterals.texts(cell.source()) : List.of();
            case SHELL -> List.of(cell.source().replaceAll("['\"`]", " ")); // psql gets its statements in quotes of the shell
        };
    }

    /** Whether this cell needs what the other one leaves. */
    boolean takesFrom(CellContent other) {
        return java.uses().stream().anyMatch(name -> other.java.defines().contains(name))
            || files.stream().anyMatch(other.files::contains)
            || mentions.stream().anyMatch(name -> other.creates.stream().anyMatch(name::mayBe) || isWithin(name, other));
    }

    /** Of "lab.users" only the schema may be the other cell's. */
    private static boolean isWithin(SqlName name, CellContent other) {
        return name.parts().size() > 1 && other.creates.contains(new SqlName(List.of(name.parts().getFirst())));
    }
}
