package cli;

import grading.host.ExerciseDatabase;
import java.util.ArrayList;
import java.util.List;
import lab.Role;
import lesson.Exercise;
import lesson.Home;
import lesson.UnknownName;
import org.apache.commons.cli.Option;
import terminal.SqlView;
import terminal.prompt.PromptText;
import terminal.prompt.Prompts;

/** {@code sql 05.2}: a prompt on a database of the exercise, to look around in and to try an answer. */
final class SqlCommand extends Command {
    private static final Option AS = value("as", "ROLE", "begin as app, owner or admin (default: app)");
    private static final Option WITH_ANSWER = flag("with-answer", "run first what your answer makes: its migrations and scripts, as the owner");

    SqlCommand() {
        super("sql", "Open an SQL prompt on a database of an exercise.", Arguments.one("NN.n", "the exercise"), AS, WITH_ANSWER, DATABASE);
    }

    @Override protected int run(ParsedArguments arguments) throws InterruptedException {
        var home = Home.here();
        var exercise = home.exercise(arguments.words().getFirst());
        var role = Role.of(UnknownName.check("role", arguments.value(AS).orElse(Role.APP.word()), Role.words()));
        try (var database = ExerciseDatabase.open(exercise, arguments.database(), line -> System.err.println(line))) {
            var greeting = new ArrayList<String>();
            greeting.add("Exercise " + exercise.id() + "  " + exercise.title() + ", on PostgreSQL " + database.version() + ", as " + role.word()
                + ". \\? for help; \\q or Ctrl-D ends it, and the database is dropped then.");
            greeting.addAll(arguments.has(WITH_ANSWER) ? database.apply(exercise.folder()) : advice(exercise));
            var ranAll = SqlView.run(home.root(), database.database(), role, new PromptText(greeting, exercise.folder()), Prompts.history(home, "sql-history"));
            return ranAll ? Main.OK : Main.FAILED;
        }
    }

    private static List<String> advice(Exercise exercise) {
        var files = Exercise.answerFiles(exercise.folder()).stream().map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".sql")).toList();
        return files.isEmpty() ? List.of() : List.of("Your answer has not run here: \\owner and \\i " + files.getFirst()
            + " run a file of it, and --with-answer all of it, before the prompt comes.");
    }
}
