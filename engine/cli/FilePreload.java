package cli;

import lesson.Lesson;
import lesson.Page;
import script.LessonProgram;

/** Reads what a lesson will need on the second processor, while the first prepares the terminal and the lab. */
final class FilePreload {
    private FilePreload() { }

    /** Returns at once. What goes wrong here goes wrong again, and is said, when the lesson asks for it. */
    static void of(Lesson lesson) {
        Thread.ofPlatform().daemon().name("warm-up").start(() -> {
            try {
                Page.of(lesson);
                LessonProgram.of(lesson);
            } catch (RuntimeException e) {
                // said by the lesson command, which comes to the same place
            }
        });
    }
}
