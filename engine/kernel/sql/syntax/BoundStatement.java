package kernel.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import kernel.sql.syntax.SqlToken.Kind;

/**
 * A statement as the driver gets it: each {@code {{name}}} is a parameter, and where there are any, each question mark that
 * is an operator is doubled, as JDBC asks.
 *
 * @param sql       for {@code prepareStatement} where there are variables, else as it was written
 * @param variables in the order of the parameters
 */
public record BoundStatement(String sql, List<Variable> variables) {

    /**
     * A variable of Java in a statement.
     *
     * @param start  offset in what was written
     * @param end    the same of its end
     * @param server offset of the end of {@code $1} in what the server reads
     */
    public record Variable(String name, int start, int end, int server) { }

    /** Puts the parameters in; what stands in quotes and comments is left alone. */
    public static BoundStatement of(String text) {
        var sql = new StringBuilder();
        var variables = new ArrayList<Variable>();
        var added = 0; // how much longer the server's text is than the driver's: $1 for ?, and ? for ??
        var copied = 0;
        for (var token : SqlScanner.tokens(text)) {
            if (token.kind() == Kind.VARIABLE) {
                sql.append(text, copied, token.start()).append('?');
                added += String.valueOf(variables.size() + 1).length();
                variables.add(new Variable(token.text(), token.start(), token.end(), sql.length() + added));
                copied = token.end();
            } else if (token.is("?")) {
                sql.append(text, copied, token.end()).append('?');
                added--;
                copied = token.end();
            }
        }
        return variables.isEmpty() ? new BoundStatement(text, List.of()) : new BoundStatement(sql.append(text.substring(copied)).toString(), List.copyOf(variables));
    }

    /** The names of its variables, in the order of the parameters. */
    public List<String> names() {
        return variables.stream().map(Variable::name).toList();
    }

    /** The 1-based position in what was written, of one that the server gave; 0 stays 0. */
    public int written(int position) {
        var by = 0;
        for (var variable : variables) {
            by = position > variable.server() ? variable.end() - variable.server() : by;
        }
        return position < 1 ? 0 : Math.max(1, position + by);
    }
}
