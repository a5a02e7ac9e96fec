package lesson;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the source of a verifier says of its checks: which promises of the task each of them looks at. */
public final class VerifierChecks {
    private static final Pattern CHECK = Pattern.compile("@Test\\b((?:(?!\\bvoid ).)*)\\bvoid (\\w+)\\(", Pattern.DOTALL);
    private static final Pattern PROMISES = Pattern.compile("@Promises\\(([^)]*)\\)");
    private static final Pattern NEEDS = Pattern.compile("@Needs\\(([^)]*)\\)");
    private static final Pattern HINT = Pattern.compile("@Hint\\((\\d+)\\)");
    private static final Pattern SENTENCE = Pattern.compile("@DisplayName\\(\"((?:[^\"\\\\]|\\\\.)*)\"\\)");
    private static final Pattern TEXT = Pattern.compile("\"([^\"]*)\"");

    private VerifierChecks() { }

    /**
     * @param name     of the method
     * @param sentence what a learner reads; the method's name where it has none
     * @param hint     the number of the hint that helps, 0 for none in particular
     * @param promises ids of bullets in {@code exercise.adoc}
     * @param needs    names of checks without which it says nothing
     */
    public record Check(String name, String sentence, int hint, List<String> promises, List<String> needs) { }

    /** In the order of the file; none where there is no verifier yet. */
    public static List<Check> of(Exercise exercise) {
        if (!Files.exists(exercise.verifier())) {
            return List.of();
        }
        try {
            return in(Files.readString(exercise.verifier()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + exercise.verifier(), e);
        }
    }

    /** The names of a check and of all that it needs, directly or not; none where the verifier has no such check. */
    public static List<String> withNeeds(List<Check> checks, String check) {
        var needs = checks.stream().collect(Collectors.toMap(Check::name, Check::needs));
        var found = new LinkedHashSet<String>();
        var open = new ArrayDeque<>(List.of(check));
        while (!open.isEmpty()) {
            var name = open.remove();
            if (needs.containsKey(name) && found.add(name)) {
                open.addAll(needs.get(name));
            }
        }
        return List.copyOf(found);
    }

    static List<Check> in(String source) {
        return CHECK.matcher(source).results().map(check -> new Check(check.group(2),
            first(SENTENCE, check.group(1)).map(sentence -> sentence.translateEscapes()).orElse(check.group(2)),
            first(HINT, check.group(1)).map(Integer::parseInt).orElse(0),
            first(PROMISES, check.group(1)).map(VerifierChecks::texts).orElse(List.of()),
            first(NEEDS, check.group(1)).map(VerifierChecks::texts).orElse(List.of()))).toList();
    }

    private static List<String> texts(String list) {
        return TEXT.matcher(list).results().map(text -> text.group(1)).toList();
    }

    private static java.util.Optional<String> first(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).findFirst();
    }
}
