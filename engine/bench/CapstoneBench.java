package bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kernel.output.Output.Comparison;
import kernel.output.Output.Comparison.Bar;
import lab.LabException;
import lab.Progress;
import lesson.Home;
import lesson.Lesson;
import script.Transcript;

/** What the service of the last lesson adds to its query: the figures of the step that measures it, in whole runs of the lesson. */
final class CapstoneBench {
    private static final String STEP = "bare-query";
    private final Lesson lesson;
    private final int runs;
    private final Consumer<String> out;

    CapstoneBench(Home home, int runs, Consumer<String> out) {
        this.lesson = home.lessons().getLast();
        this.runs = runs;
        this.out = out;
    }

    void run() throws Exception {
        var measured = new ArrayList<List<Bar>>();
        for (int i = 0; i < runs; i++) {
            measured.add(bars());
        }
        var floor = row(measured, 0, "");
        out.accept(floor.line());
        out.accept(row(measured, 1, "≤ 2 ×").beside(floor));
        out.accept(row(measured, 2, "").beside(floor));
    }

    /** The bare query, a page from the service, and what HTTP alone takes, in milliseconds. */
    private List<Bar> bars() throws Exception {
        return Transcript.of(lesson, "embedded", Progress.SILENT).steps().get(STEP).stream()
            .filter(Comparison.class::isInstance).map(output -> ((Comparison) output).bars()).findFirst()
            .orElseThrow(() -> new LabException("step " + STEP + " of lesson " + lesson.number() + " compares nothing: the bench reads its figures there"));
    }

    private Row row(List<List<Bar>> measured, int bar, String target) {
        return new Row("lesson " + lesson.number() + ": " + measured.getFirst().get(bar).label(),
            measured.stream().mapToDouble(bars -> bars.get(bar).value() / 1000).toArray(), target);
    }
}
