package kernel.jshell.snippet;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import kernel.cell.Completion;

/**
 * What could stand at the cursor, and what is documented there. JShell looks at one snippet, so a cell is split first; what
 * the snippets before the cursor declare counts although they may not have run.
 */
public final class JavaCompletion {
    private static final int MAX_OPTIONS = 300;
    private static final Set<String> WORDS = Set.of("abstract", "assert", "boolean", "break", "byte", "case", "catch", "char", "class",
        "continue", "default", "do", "double", "else", "enum", "extends", "false", "final", "finally", "float", "for", "if", "implements",
        "import", "instanceof", "int", "interface", "long", "new", "null", "private", "protected", "public", "record", "return", "short",
        "static", "super", "switch", "synchronized", "this", "throw", "throws", "true", "try", "var", "void", "while", "yield");
    private final JShell shell;
    private final Set<String> evaluated;

    /** @param evaluated sources of snippets that JShell knows already */
    public JavaCompletion(JShell shell, Set<String> evaluated) {
        this.shell = shell;
        this.evaluated = evaluated;
    }

    /** What JShell is asked: the snippet with the cursor, with unknown declarations before it. */
    private record Question(String text, int cursor, int before) { }

    /** The options at the cursor, those whose type fits first. @param cursor offset in the cell */
    public Completion at(String source, int cursor) {
        var question = question(source, cursor);
        var anchor = new int[1];
        var suggestions = shell.sourceCodeAnalysis().completionSuggestions(question.text(), question.cursor(), anchor);
        var options = suggestions.stream().sorted((a, b) -> Boolean.compare(b.matchesType(), a.matchesType()))
            .map(SourceCodeAnalysis.Suggestion::continuation).distinct().limit(MAX_OPTIONS).map(JavaCompletion::option).toList();
        return new Completion(Math.max(0, anchor[0] + question.before()), options);
    }

    /** Signatures and documentation at the cursor as plain text; empty where there is none. */
    public Optional<String> documentation(String source, int cursor) {
        var question = question(source, cursor);
        var found = shell.sourceCodeAnalysis().documentation(question.text(), question.cursor(), true);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.stream().limit(20)
            .map(each -> JavadocText.of(each.signature(), each.javadoc())).distinct().collect(Collectors.joining("\n\n")));
    }

    private static Completion.Option option(String text) {
        var type = text.endsWith("(") || text.endsWith(")") ? "method"
            : WORDS.contains(text.strip()) ? "keyword"
            : Character.isUpperCase(text.charAt(0)) ? "class" : "variable";
        return new Completion.Option(text, type, "");
    }

    private Question question(String source, int cursor) {
        var pieces = SnippetText.of(shell.sourceCodeAnalysis(), source);
        var at = pieces.stream().filter(snippet -> snippet.start() < cursor && cursor <= snippet.end()).findFirst();
        var start = at.map(SnippetText::start).orElseGet(() -> pieces.stream().filter(snippet -> snippet.end() <= cursor).mapToInt(SnippetText::end).max().orElse(0));
        var end = at.map(SnippetText::end).orElse(cursor);
        var before = pieces.stream().filter(snippet -> snippet.end() <= start && !evaluated.contains(snippet.source()) && isStatement(snippet))
            .map(SnippetText::source).collect(Collectors.joining("\n"));
        var prefix = before.isEmpty() ? "" : before + "\n";
        return new Question(prefix + source.substring(start, Math.max(end, cursor)), prefix.length() + cursor - start, start - prefix.length());
    }

    /** Statements and variables can stand in front of a snippet as the lines of one body; methods and imports cannot. */
    private boolean isStatement(SnippetText snippet) {
        try {
            var kinds = shell.sourceCodeAnalysis().sourceToSnippets(snippet.source()).stream().map(Snippet::kind).collect(Collectors.toCollection(HashSet::new));
            return kinds.stream().allMatch(List.of(Snippet.Kind.VAR, Snippet.Kind.STATEMENT, Snippet.Kind.EXPRESSION)::contains);
        } catch (RuntimeException e) {
            return false; // what JShell cannot read now, it cannot complete either
        }
    }
}
