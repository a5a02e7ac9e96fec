package cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lesson.Home;
import lesson.UnknownName;
import scaffold.ExerciseSkeleton;
import scaffold.LessonSkeleton;

/** {@code new lesson 10-replication}, {@code new exercise 10.1 open-tasks}: files to begin with, which pass every check. */
final class NewCommand extends Command {
    NewCommand() {
        super("new", "Make the files of a new lesson or exercise, to be changed.",
            new Arguments("lesson NN-topic or exercise NN.n name", "what to make", 2, 3));
    }

    @Override protected int run(ParsedArguments arguments) throws IOException {
        var home = Home.here();
        var words = arguments.words();
        switch (words.getFirst()) {
            case "lesson" -> lesson(home, String.join("-", words.subList(1, words.size())));
            case "exercise" -> exercise(home, words.get(1), words.size() > 2 ? words.get(2) : "");
            default -> throw UnknownName.of("kind of files", words.getFirst(), List.of("lesson", "exercise"));
        }
        return Main.OK;
    }

    private static void lesson(Home home, String id) throws IOException {
        print(home, LessonSkeleton.write(home, id));
        var number = id.substring(0, 2);
        System.out.println("Change them until ./jbang lesson" + number + " says what you mean; then ./jbang record " + number
            + ", ./jbang docs and ./jbang test --lesson " + number);
    }

    private static void exercise(Home home, String id, String name) throws IOException {
        print(home, ExerciseSkeleton.write(home, id, name));
        var lesson = id.substring(0, 2);
        System.out.println("Change them until ./jbang verify " + id + " --author and ./jbang verify " + id + " --mutants pass; then ./jbang record --answers "
            + lesson + ", ./jbang record --mutants " + lesson + ", ./jbang docs and ./jbang test --lesson " + lesson);
    }

    private static void print(Home home, List<Path> files) {
        files.forEach(file -> System.out.println("Wrote " + home.root().relativize(file)));
    }
}
