package grading.mutation;

import grading.host.VerificationService;
import grading.report.Check;
import grading.report.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lab.LabException;
import lab.os.TempFolder;
import lesson.Exercise;

/** Verifies the mutants of one exercise, one after the other. */
final class MutantVerifications {
    private static final String SYNTAX_ERROR = "42601";
    /** Names that are not there: what a text says that lacks a part of itself. */
    private static final Set<String> UNDEFINED = Set.of("42P01", "42703", "42883", "42704", "3F000");
    /** A mutant that is listed as equivalent is tried more than once: a busy machine must not make the list stale. */
    private static final int ATTEMPTS = 3;
    private final Exercise exercise;
    private final VerificationService service;
    private final int most;
    private final Equivalents equivalents;

    /** @param most how many mutants to verify */
    MutantVerifications(Exercise exercise, VerificationService service, int most) {
        this.exercise = exercise;
        this.service = service;
        this.most = most;
        equivalents = Equivalents.of(exercise);
    }

    Score score() throws InterruptedException {
        var start = System.nanoTime();
        try {
            var bad = service.refute(exercise, exercise.solution()).firstBad();
            if (bad.isPresent()) {
                return score(List.of(), List.of(), "the solution does not pass: " + described(bad.get()), start);
            }
            var mutants = Mutants.of(exercise, most);
            var outcomes = new ArrayList<MutantResult>();
            try (var tempFolder = TempFolder.of("mutant")) {
                for (var mutant : mutants.chosen()) {
                    outcomes.add(outcome(mutant, tempFolder.folder()));
                }
            }
            return score(outcomes, mutants.leftOut(), "", start);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the mutants of " + exercise.id(), e);
        } catch (LabException e) {
            return score(List.of(), List.of(), String.valueOf(e.getMessage()), start);
        }
    }

    private Score score(List<MutantResult> outcomes, List<Mutant> leftOut, String trouble, long start) {
        var notStale = new HashSet<String>();
        outcomes.stream().filter(result -> result.kind() == MutantResult.Kind.EQUIVALENT).forEach(result -> notStale.add(result.mutant().id()));
        leftOut.forEach(mutant -> notStale.add(mutant.id()));
        var stale = new ArrayList<>(equivalents.malformed());
        equivalents.reasons().keySet().stream().filter(id -> trouble.isEmpty() && !notStale.contains(id)).forEach(stale::add);
        return new Score(exercise, List.copyOf(outcomes), leftOut.size(), List.copyOf(stale), trouble, Duration.ofNanos(System.nanoTime() - start));
    }

    private MutantResult outcome(Mutant mutant, Path folder) throws IOException, InterruptedException {
        for (var file : Exercise.answerFiles(exercise.solution())) {
            var name = file.getFileName().toString();
            Files.writeString(folder.resolve(name), name.equals(mutant.file()) ? mutant.text() : Files.readString(file));
        }
        var listed = equivalents.reasons().containsKey(mutant.id());
        var result = outcome(mutant, service.refute(exercise, folder));
        for (int attempt = 1; listed && attempt < ATTEMPTS && result.kind() == MutantResult.Kind.KILLED; attempt++) {
            result = outcome(mutant, service.refute(exercise, folder));
        }
        return listed && result.kind() == MutantResult.Kind.SURVIVED ? new MutantResult(mutant, MutantResult.Kind.EQUIVALENT, "", result.took()) : result;
    }

    private static MutantResult outcome(Mutant mutant, Verdict verdict) {
        if (verdict.passed()) {
            return new MutantResult(mutant, MutantResult.Kind.SURVIVED, "", verdict.took());
        }
        var bad = verdict.firstBad();
        if (verdict.broken() || bad.isEmpty()) {
            return new MutantResult(mutant, MutantResult.Kind.BROKEN, bad.map(MutantVerifications::described).orElse("all checks were skipped"), verdict.took());
        }
        return new MutantResult(mutant, isStillborn(verdict, bad.get()) ? MutantResult.Kind.STILLBORN : MutantResult.Kind.KILLED, bad.get().name(), verdict.took());
    }

    /**
     * Refused by the compiler, or by the server as a text that is no SQL. A name that is not there counts as such only
     * in the first check, where the answer is read; further on it is behaviour.
     */
    private static boolean isStillborn(Verdict verdict, Check bad) {
        var state = bad.cause().sqlState();
        var checks = verdict.checks().stream().filter(check -> !isCompiler(check)).toList();
        return isCompiler(bad) || SYNTAX_ERROR.equals(state)
            || !checks.isEmpty() && checks.getFirst().name().equals(bad.name()) && UNDEFINED.contains(state);
    }

    private static boolean isCompiler(Check check) {
        return check.name().equals("compiles") || check.name().equals("shape");
    }

    private static String described(Check check) {
        return check.name() + ": " + check.cause().message();
    }
}
