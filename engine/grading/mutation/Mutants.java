package grading.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lesson.Exercise;

/**
 * The mutants of a solution, in the order of its files and lines: the same for the same solution, everywhere.
 *
 * @param chosen  those to be verified
 * @param leftOut the others, where there are so many
 */
record Mutants(List<Mutant> chosen, List<Mutant> leftOut) {

    /** @param most how many to choose; each rule gives one in turn, so that none is left out for another's many */
    static Mutants of(Exercise exercise, int most) {
        var all = Exercise.answerFiles(exercise.solution()).stream().flatMap(file -> of(file).stream()).toList();
        if (all.size() <= most) {
            return new Mutants(all, List.of());
        }
        var chosen = spread(all, most);
        var byChoice = all.stream().collect(Collectors.partitioningBy(chosen::contains));
        return new Mutants(byChoice.get(true), byChoice.get(false));
    }

    private static List<Mutant> of(Path file) {
        try {
            return of(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** All mutants of a file; none of a file that is neither Java nor SQL. */
    static List<Mutant> of(String file, String text) {
        var changes = file.endsWith(".java") ? JavaMutants.of(text) : file.endsWith(".sql") ? SqlMutants.of(text) : List.<Change>of();
        var byText = new LinkedHashMap<String, Mutant>();
        var ids = new HashMap<String, Integer>();
        changes.stream().sorted(Comparator.comparingInt(Change::start).thenComparingInt(Change::end).thenComparing(Change::description))
            .forEach(change -> {
                var mutated = change.applied(text);
                if (!normal(file, mutated).equals(normal(file, text)) && !byText.containsKey(normal(file, mutated))) {
                    var mutant = new Mutant(file, line(text, change), change.description(), change.rule(), mutated);
                    int nth = ids.merge(mutant.id(), 1, Integer::sum);
                    byText.put(normal(file, mutated), nth == 1 ? mutant
                        : new Mutant(file, mutant.line(), change.description() + " (" + nth + ")", change.rule(), mutated));
                }
            });
        return List.copyOf(byText.values());
    }

    private static int line(String text, Change change) {
        int at = change.start();
        return (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    }

    /** Space and comments of SQL make no difference; in Java, space at the ends of lines makes none. */
    private static String normal(String file, String text) {
        if (!file.endsWith(".sql")) {
            return text.lines().map(String::strip).filter(line -> !line.isEmpty()).reduce("", (a, b) -> a + "\n" + b);
        }
        var words = new StringBuilder();
        SqlText.of(text).tokens().forEach(token -> words.append(token.text()).append(' '));
        return words.toString();
    }

    private static List<Mutant> spread(List<Mutant> all, int most) {
        Map<String, List<Mutant>> byKind = new TreeMap<>();
        all.forEach(mutant -> byKind.computeIfAbsent(mutant.rule(), kind -> new ArrayList<>()).add(mutant));
        var chosen = new ArrayList<Mutant>();
        for (int round = 0; chosen.size() < most; round++) {
            for (var ofKind : byKind.values()) {
                if (round < ofKind.size() && chosen.size() < most) {
                    chosen.add(ofKind.get(round));
                }
            }
        }
        return chosen;
    }
}
