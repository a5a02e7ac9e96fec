package cli;

import lesson.Home;
import lesson.Page;
import script.LessonProgram;

/** Reads what a lesson will need while its command line is still being understood, on the second processor. */
final class WarmUp {
    private WarmUp() { }

    /** Returns at once. What goes wrong here goes wrong again, and is said, when the lesson asks for it. */
    static void lesson(String number) {
        Thread.ofPlatform().daemon().name("warm-up").start(() -> {
            try {
                var lesson = Home.here().lesson(number);
                Page.of(lesson);
                LessonProgram.of(lesson);
            } catch (RuntimeException e) {
                // said by the lesson command, which comes to the same place
            }
        });
    }
}
