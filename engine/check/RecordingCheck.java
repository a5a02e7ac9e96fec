package check;

import book.Recording;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kernel.output.Output;
import lesson.Home;
import lesson.Lesson;
import lesson.MalformedProgram;
import lesson.Program;
import lesson.Region;

/** What is drawn of a recording can be told apart and read: several plans of a step by their titles, charts by their axes. */
final class RecordingCheck {
    private RecordingCheck() { }

    static List<String> complaints(Home home) {
        return home.lessons().stream().flatMap(RecordingCheck::complaints).toList();
    }

    private static Stream<String> complaints(Lesson lesson) {
        try {
            var sql = Program.regions(lesson.program()).stream().filter(region -> region.language().equals("sql"))
                .collect(Collectors.toMap(Region::id, Region::source));
            return Recording.read(lesson.recording()).stream().flatMap(recording -> recording.steps().stream())
                .flatMap(step -> complaints(step.id(), sql.containsKey(step.id()) ? step.titled(sql.get(step.id())) : step.outputs()))
                .map(complaint -> lesson.recording() + ": " + complaint + ", and record it again with ./jbang record " + lesson.number());
        } catch (IOException broken) {
            return Stream.of(broken.getMessage());
        } catch (MalformedProgram saidElsewhere) {
            return Stream.of();
        }
    }

    private static Stream<String> complaints(String step, List<Output> outputs) {
        return Stream.concat(plans(step, of(Output.Plan.class, outputs)), charts(step, of(Output.Chart.class, outputs)));
    }

    private static Stream<String> plans(String step, List<Output.Plan> plans) {
        var nameless = plans.stream().filter(plan -> plan.title().isBlank()).count();
        return plans.size() > 1 && nameless > 0 ? Stream.of("step \"" + step + "\" shows " + plans.size() + " plans, " + nameless
            + " without a title; say `; -- without the index` behind the explain, or show(plan.titled(\"…\"))") : Stream.of();
    }

    private static Stream<String> charts(String step, List<Output.Chart> charts) {
        return charts.stream().filter(chart -> chart.unit().isBlank() || chart.axis().isBlank())
            .map(chart -> "the chart \"" + chart.title() + "\" of step \"" + step
                + "\" has an axis without a name; give chart(…) a unit, and say .over(\"connections in the pool\")");
    }

    private static <O extends Output> List<O> of(Class<O> kind, List<Output> outputs) {
        return outputs.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
