package check;

import book.Recording;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import kernel.output.Output;
import lesson.Home;
import lesson.Lesson;

/** What is drawn of a recording can be told apart and read: several plans of a step by their titles, charts by their axes. */
final class RecordingCheck {
    private RecordingCheck() { }

    static List<String> complaints(Home home) {
        return home.lessons().stream().flatMap(RecordingCheck::complaints).toList();
    }

    private static Stream<String> complaints(Lesson lesson) {
        try {
            return Recording.read(lesson.recording()).stream().flatMap(recording -> recording.steps().stream())
                .flatMap(step -> Stream.concat(plans(step), charts(step)))
                .map(complaint -> lesson.recording() + ": " + complaint + ", and record it again with ./jbang record " + lesson.number());
        } catch (IOException broken) {
            return Stream.of(broken.getMessage());
        }
    }

    private static Stream<String> plans(Recording.Step step) {
        var plans = of(Output.Plan.class, step);
        var nameless = plans.stream().filter(plan -> plan.title().isBlank()).count();
        return plans.size() > 1 && nameless > 0 ? Stream.of("step \"" + step.id() + "\" shows " + plans.size() + " plans, " + nameless
            + " without a title; say `; -- without the index` behind the explain, or show(plan.titled(\"…\"))") : Stream.of();
    }

    private static Stream<String> charts(Recording.Step step) {
        return of(Output.Chart.class, step).stream().filter(chart -> chart.unit().isBlank() || chart.axis().isBlank())
            .map(chart -> "the chart \"" + chart.title() + "\" of step \"" + step.id()
                + "\" has an axis without a name; give chart(…) a unit, and say .over(\"connections in the pool\")");
    }

    private static <O extends Output> List<O> of(Class<O> kind, Recording.Step step) {
        return step.outputs().stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
