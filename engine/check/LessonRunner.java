package check;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jvm.ChildJvm;
import lesson.Home;
import lesson.Lesson;
import script.LogLines;

/** The main program of a JVM that runs all lessons: there is one lesson at a time in a JVM. */
public final class LessonRunner {
    private LessonRunner() { }

    /** What of the lessons runs. */
    enum Part {
        /** The programs, as somebody at a terminal runs them. */
        PROGRAMS {
            @Override List<Result> check(Lesson lesson, String db) {
                return LessonCheck.of(lesson, db);
            }
        },
        /** The same beside a session that does all the time what autovacuum does at a moment of its choice. */
        PROGRAMS_BESIDE_VACUUM {
            @Override List<Result> check(Lesson lesson, String db) {
                return LessonCheck.besideVacuum(lesson, db);
            }
        },
        /** The regions, as the notebook runs them. */
        REGIONS {
            @Override List<Result> check(Lesson lesson, String db) {
                return List.of(CellCheck.of(lesson, db));
            }
        };

        abstract List<Result> check(Lesson lesson, String db);

        /** @param tries one, or two where what fails is tried once more */
        List<Result> inSeparateJvm(Home home, List<Lesson> lessons, String db, int tries) throws Exception {
            return SeparateJvm.run(home, ChildJvm.likeThis(), "the lessons run on " + lab.url.UrlSecrets.hidden(db), LessonRunner.class,
                List.of(name(), db, String.valueOf(tries), lessons.stream().map(Lesson::number).collect(Collectors.joining(","))));
        }
    }

    /** @param args the report to write, the part, the database, how often what fails is tried, the numbers of the lessons */
    public static void main(String... args) {
        ChildJvm.endWithParent();
        LogLines.collect();
        var part = Part.valueOf(args[1]);
        SeparateJvm.report(Path.of(args[0]), Stream.of(args[4].split(",")).map(Home.here()::lesson)
            .flatMap(lesson -> args[3].equals("1") ? part.check(lesson, args[2]).stream() : Result.ofTwoTries(() -> part.check(lesson, args[2])).stream()).toList());
    }
}
