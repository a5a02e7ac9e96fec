package browser.export;

import browser.runtime.Kernels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis;
import kernel.cell.Cell;
import kernel.compile.Members;
import lesson.Program;

/**
 * Writes a notebook as a program that {@code jbang FILE} runs: the cells one after the other, on a fresh database. What cells
 * may do and a method may not is written differently: methods are written after {@code main}, a variable that is declared
 * again is assigned.
 */
final class JbangScript {
    private static final Pattern NOTHING_TO_SHOW = Pattern.compile("(?s)(show|showLog|expect|execute|await|System|Thread)\\b.*");
    /** {@code var x =}, {@code List<String> x =}: JShell itself does not know a variable by its source where a name in it is unknown. */
    private static final Pattern DECLARATION = Pattern.compile("\\s*(?:final\\s+)?(?!return\\b|throw\\b|yield\\b)[A-Za-z_][\\w.]*(?:<[^=;(]*>)?(?:\\[])*\\s+([A-Za-z_]\\w*)\\s*=(?!=)");
    private final ExportedDocument document;
    private final Set<String> imports = new LinkedHashSet<>();
    private final List<String> members;
    private final Set<String> declared = new HashSet<>();
    /** Names that only the notebook gives a meaning: rows of SQL for Java, and what comes of them. */
    private final Set<String> missing = new HashSet<>();
    private final StringBuilder body = new StringBuilder();

    private JbangScript(ExportedDocument document) {
        this.document = document;
        this.imports.addAll(Program.imports(document.lesson().program()));
        this.imports.add("import static script.Script.*;");
        this.members = new ArrayList<>(Members.besidesMain(document.lesson().program()));
    }

    static String of(ExportedDocument document) {
        var script = new JbangScript(document);
        try (var shell = JShell.builder().executionEngine("local").build()) {
            for (var part : document.parts()) {
                if (part instanceof ExportedDocument.Part.Code code) {
                    script.add(code.cell(), shell.sourceCodeAnalysis());
                }
            }
        }
        return script.text();
    }

    private String text() {
        var root = document.lesson().home().root();
        return """
            ///usr/bin/env jbang "$0" "$@" ; exit $?
            //JAVA 25+
            //DEPS %s
            %s

            /** Taken from the notebook of "%s", a lesson of Postgres by Experiment. Runs on a fresh database of its own. */
            void main(String... args) throws Exception {
                try (var courseRun = cli.ExportedNotebook.begin(%s, "%s", %s, args)) {
            %s    }
            }
            """.formatted(asOneWord(root.resolve("engine/Course.java")), String.join("\n", imports), document.title(), quoted(root), document.lesson().id(),
                "java.util.List.of(" + document.steps().stream().map(step -> '"' + step + '"').collect(Collectors.joining(", ")) + ")", body)
            + members.stream().map(member -> "\n" + member.stripTrailing() + "\n").collect(Collectors.joining());
    }

    /** jbang splits dependencies at blanks outside of quotes. */
    private static String asOneWord(Path path) {
        return path.toString().matches(".*\\s.*") ? '"' + path.toString() + '"' : path.toString();
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private void add(Cell cell, SourceCodeAnalysis analysis) {
        switch (cell.language()) {
            case JAVA -> {
                if (lacksRows(cell)) {
                    write("// a cell that needs rows of a SQL cell, which the notebook alone hands to Java:\n" + commented(cell));
                    break;
                }
                write("step(\"" + cell.id() + "\");");
                java(cell.source(), analysis);
            }
            case SQL -> {
                missing.addAll(JbangSql.results(cell));
                write(JbangSql.of(cell));
            }
            case SHELL -> write("// a shell cell, which runs in the notebook alone:\n" + commented(cell));
        }
        body.append('\n');
    }

    private boolean lacksRows(Cell cell) {
        if (missing.isEmpty()) {
            return false;
        }
        var names = Kernels.names(cell.source());
        var lacks = names.uses().stream().anyMatch(missing::contains);
        if (lacks) {
            missing.addAll(names.defines());
        }
        return lacks;
    }

    private static String commented(Cell cell) {
        return cell.source().indent(0).replaceAll("(?m)^", "// ").replaceFirst("// \\z", "");
    }

    private void write(String code) {
        body.append(code.indent(8));
    }

    private void java(String source, SourceCodeAnalysis analysis) {
        var rest = source;
        while (!rest.isBlank()) {
            var next = analysis.analyzeCompletion(rest);
            var piece = next.source() == null || next.source().isBlank() ? rest : next.source();
            // The source that comes back may have a semicolon that the learner did not type.
            var typed = rest.substring(0, Math.max(0, rest.length() - (next.remaining() == null || piece.equals(rest) ? 0 : next.remaining().length())));
            piece(typed, analysis.sourceToSnippets(piece));
            rest = piece.equals(rest) || next.remaining() == null ? "" : next.remaining();
        }
    }

    private void piece(String typed, List<Snippet> snippets) {
        var snippet = snippets.isEmpty() ? null : snippets.getFirst();
        var code = typed.replaceFirst("^\\n+", "").stripTrailing();
        var declaration = DECLARATION.matcher(code);
        if (declaration.lookingAt()) {
            var name = declaration.group(1);
            write(ended(declared.add(name) ? code : code.substring(declaration.start(1))));
            return;
        }
        switch (snippet) {
            case null -> write(ended(code));
            case jdk.jshell.ImportSnippet imported -> imports.add(imported.source().strip());
            case MethodSnippet method -> {
                members.removeIf(member -> Pattern.compile("\\b" + method.name() + "\\s*\\(").matcher(member.lines().findFirst().orElse("")).find());
                members.add(code.stripIndent());
            }
            default -> write(code.endsWith(";") || code.endsWith("}") ? code
                : NOTHING_TO_SHOW.matcher(code.strip()).matches() ? code + ";" : "show(" + code.strip() + ");");
        }
    }

    private static String ended(String code) {
        return code.endsWith(";") ? code : code + ";";
    }
}
