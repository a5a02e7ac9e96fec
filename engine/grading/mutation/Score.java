package grading.mutation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lesson.Exercise;
import lesson.MutantScores;

/**
 * How a verifier did against the mutants of its solution.
 *
 * @param outcomes         in the order of the mutants
 * @param leftOut          mutants that were not verified, because there are so many
 * @param staleEntries     entries of the list of equivalent mutants that name no mutant which passes
 * @param reasonUnverified why nothing could be verified; empty usually
 */
public record Score(Exercise exercise, List<MutantResult> outcomes, int leftOut, List<String> staleEntries, String reasonUnverified, Duration took) {

    /** Those that the verifier refused. */
    public int killed() {
        return count(MutantResult.Kind.KILLED);
    }

    /** Those that are code, and not equivalent to the solution. */
    public int total() {
        return killed() + count(MutantResult.Kind.SURVIVED);
    }

    /** Those that pass, as their author says they may. */
    public int equivalent() {
        return count(MutantResult.Kind.EQUIVALENT);
    }

    /** What its author has to do; empty where there is nothing. */
    public String problems() {
        var lines = new ArrayList<String>();
        for (var result : outcomes) {
            switch (result.kind()) {
                case SURVIVED -> lines.add("passes: " + result.mutant().id());
                case BROKEN -> lines.add("cannot be verified: " + result.mutant().id() + ": " + result.by());
                default -> { }
            }
        }
        lines.addAll(advice());
        return String.join("\n", lines);
    }

    /** Whether its author has nothing to do. */
    public boolean passed() {
        return problems().isEmpty();
    }

    private List<String> advice() {
        var lines = new ArrayList<String>();
        if (!reasonUnverified.isEmpty()) {
            lines.add(reasonUnverified);
        }
        staleEntries.forEach(entry -> lines.add("listed as equivalent, but no mutant of this name passes: " + entry));
        if (count(MutantResult.Kind.SURVIVED) > 0) {
            lines.add("Refuse what passes by a check, or list it as `id | reason` in " + exercise.lesson().home().root().relativize(Equivalents.file(exercise))
                + "; `./jbang verify " + exercise.id() + " --mutants` shows the lines");
        }
        return lines;
    }

    /** As it is written down. */
    public MutantScores.Score recorded() {
        return new MutantScores.Score(exercise.folderName(), killed(), total(), equivalent(), MutantScores.fingerprint(exercise));
    }

    /** {@code 31 killed of 31, 2 equivalent}: all of them together. */
    public static String sum(List<Score> scores) {
        return "%d killed of %d, %d equivalent".formatted(scores.stream().mapToInt(Score::killed).sum(),
            scores.stream().mapToInt(Score::total).sum(), scores.stream().mapToInt(Score::equivalent).sum());
    }

    /** {@code 02.3 tenant-context       31 of 31   2 equivalent   4.1 s}. */
    public String line() {
        return "%-36s %3d of %-3d%s%s  %.1f s".formatted(exercise.id() + " " + exercise.topic(), killed(), total(),
            equivalent() == 0 ? "" : "  %d equivalent".formatted(equivalent()),
            leftOut == 0 ? "" : "  %d left out".formatted(leftOut), took.toMillis() / 1000.0);
    }

    /** The line, and the survivors with their lines, with {@code all} what became of each of the others; then what to do. */
    public String report(boolean all) {
        return (passed() ? "✓ " : "✗ ") + line() + "\n" + details(all).indent(4);
    }

    String details(boolean all) {
        var text = new StringBuilder();
        for (var result : outcomes) {
            var shown = result.kind() == MutantResult.Kind.SURVIVED || result.kind() == MutantResult.Kind.BROKEN;
            if (shown || all) {
                text.append("%-10s %5.1f s  %s%s%n".formatted(result.kind().name().toLowerCase(java.util.Locale.ROOT), result.took().toMillis() / 1000.0, result.mutant().id(),
                    result.by().isEmpty() ? "" : "  (" + result.by() + ")"));
            }
            if (shown) {
                text.append(result.mutant().difference(solution(result.mutant())).indent(6));
            }
        }
        advice().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private String solution(Mutant mutant) {
        try {
            return java.nio.file.Files.readString(exercise.solution().resolve(mutant.file()));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("cannot read the solution of " + exercise.id(), e);
        }
    }

    private int count(MutantResult.Kind kind) {
        return (int) outcomes.stream().filter(result -> result.kind() == kind).count();
    }
}
