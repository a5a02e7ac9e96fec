package book;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import lesson.Lesson;
import lesson.Program;
import lesson.Region;

/** Program, prose and recording of a lesson have the same steps in the same order. */
public final class StepCheck {
    private final Lesson lesson;
    private final String program;
    private final String prose;
    private final List<String> shown;
    private final List<Finding> findings = new ArrayList<>();

    private StepCheck(Lesson lesson, BookPage page) {
        this.lesson = lesson;
        program = ClonePaths.of(lesson.home(), lesson.program());
        prose = ClonePaths.of(lesson.home(), lesson.prose());
        shown = page.main().select("> section.step").eachAttr("id");
    }

    /** Where program, prose, page and recording do not have the same steps; empty where they do. */
    public static List<Finding> of(Lesson lesson, BookPage page, Optional<Recording> recording) {
        var check = new StepCheck(lesson, page);
        if (Files.exists(lesson.program())) {
            check.program(steps(lesson));
        } else {
            check.findings.add(new Finding(check.program, "is missing", "Add the program that the prose shows."));
        }
        check.recording(recording);
        return check.findings;
    }

    private void program(List<Region> steps) {
        for (var step : steps) {
            if (!shown.contains(step.id())) {
                findings.add(new Finding(program, step.line() - 1, "step \"" + step.id() + "\" is not in " + prose,
                    "Give it a section [#" + step.id() + "] with its question and its cell."));
            }
        }
        var ids = steps.stream().map(Region::id).toList();
        shown.stream().filter(id -> !ids.contains(id)).forEach(id -> findings.add(new Finding(prose,
            "step \"" + id + "\" is not in " + program, "Give the section the id of the region that it includes.")));
        if (findings.isEmpty() && !ids.equals(shown)) {
            findings.add(new Finding(prose, "has " + difference(shown, ids, program), "Put the sections in the order of the program."));
        }
    }

    private void recording(Optional<Recording> recording) {
        var record = "Run ./jbang record " + lesson.number() + " and commit the result.";
        var file = ClonePaths.of(lesson.home(), lesson.recording());
        if (recording.isEmpty()) {
            findings.add(new Finding(file, "the lesson has not been recorded yet", record));
        } else {
            var recorded = recording.get().steps().stream().map(Recording.Step::id).toList();
            if (!recorded.equals(shown)) {
                findings.add(new Finding(file, "has " + difference(recorded, shown, prose), record));
            }
            regions().stream().filter(step -> isStale(step, recording.get())).forEach(step -> findings.add(new Finding(file,
                "step \"" + step.id() + "\" was recorded with other code than " + program + " has now", record)));
        }
    }

    private List<Region> regions() {
        return Files.exists(lesson.program()) ? steps(lesson) : List.of();
    }

    private static boolean isStale(Region step, Recording recording) {
        return recording.step(step.id()).map(recorded -> !step.fingerprint().equals(recorded.source())).orElse(false);
    }

    /** The regions that the program announces; others are only shown, as a listing without a result. */
    private static List<Region> steps(Lesson lesson) {
        String source;
        try {
            source = Files.readString(lesson.program());
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException("cannot read " + lesson.program(), unreadable);
        }
        return Program.regions(lesson.program()).stream().filter(region -> Pattern
            .compile("\\b(step|sql|sqlFails|shell)\\(\\s*\"" + Pattern.quote(region.id()) + "\"").matcher(source).find()).toList();
    }

    private static String difference(List<String> these, List<String> those, String where) {
        int at = 0;
        while (at < these.size() && at < those.size() && these.get(at).equals(those.get(at))) {
            at++;
        }
        return name(these, at) + " as step " + (at + 1) + " where " + where + " has " + name(those, at);
    }

    private static String name(List<String> steps, int at) {
        return at < steps.size() ? "\"" + steps.get(at) + "\"" : "nothing";
    }
}
