package script;

import kernel.output.Output;
import lesson.Lesson;

/** Where a running lesson shows itself. Called from the lesson's own thread, in the order of the methods below. */
public interface LessonView {
    /** The lesson starts; the server may still be starting. */
    void opened(Lesson lesson);

    /** A line about what takes long. */
    void progress(String line);

    /** A line about the steps that run: which come first without being shown, and that one takes long. */
    default void running(String line) { }

    /** The server accepts connections. Comes before the first output that needs one. */
    void connected(String server);

    /** A step begins: its question and its code are due. May wait for the learner. */
    void entered(LessonRun run, String step);

    /** The step shows something. */
    void shown(Output output);

    /** The step is over: what it means is due. May wait, and may run things on the lesson's database. */
    void left(LessonRun run, String step);

    /** The lesson is over, well or badly. */
    void closed();
}
