package check;

import java.nio.file.Path;
import java.util.List;
import jvm.ChildJvm;
import lesson.Home;
import script.LogLines;

/** The main program of a JVM that runs all lessons: there is one lesson at a time in a JVM. */
public final class LessonRunner {
    private LessonRunner() { }

    /** What of the lessons runs. */
    enum Part {
        /** The programs, as somebody at a terminal runs them. */
        PROGRAMS {
            @Override List<Result> check(Home home, String db) {
                return LessonCheck.of(home, db);
            }
        },
        /** The same beside a session that does all the time what autovacuum does at a moment of its choice. */
        PROGRAMS_BESIDE_VACUUM {
            @Override List<Result> check(Home home, String db) {
                return LessonCheck.besideVacuum(home, db);
            }
        },
        /** The regions, as the notebook runs them. */
        REGIONS {
            @Override List<Result> check(Home home, String db) {
                return CellCheck.of(home, db);
            }
        };

        abstract List<Result> check(Home home, String db);

        List<Result> inSeparateJvm(Home home, String db) throws Exception {
            return SeparateJvm.run(home, ChildJvm.likeThis(), "the lessons run on " + lab.url.UrlSecrets.hidden(db), LessonRunner.class, List.of(name(), db));
        }
    }

    /** @param args the report to write, the part, the database */
    public static void main(String... args) {
        ChildJvm.endWithParent();
        LogLines.collect();
        SeparateJvm.report(Path.of(args[0]), Part.valueOf(args[1]).check(Home.here(), args[2]));
    }
}
