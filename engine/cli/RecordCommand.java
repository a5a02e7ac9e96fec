package cli;

import book.Recorder;
import java.util.List;
import java.util.concurrent.Callable;
import lesson.Home;
import lesson.Lesson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code record}: runs lessons and writes down what they show. */
@Command(name = "record", description = "Run lessons and record what they show.", mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NN", arity = "0..*", description = "the lessons (default: all)") List<String> numbers = List.of();
    @Mixin DatabaseOption db;

    @Override public Integer call() throws Exception {
        var home = Home.here();
        var lessons = numbers.isEmpty() ? home.lessons() : numbers.stream().map(home::lesson).toList();
        for (var lesson : lessons) {
            record(lesson);
        }
        return Main.OK;
    }

    private void record(Lesson lesson) throws Exception {
        Recorder.record(lesson, db.checked(), System.out::println).write(lesson.recording());
        System.out.println("Recorded " + lesson.recording() + "; `./jbang docs` puts it into the book");
    }
}
