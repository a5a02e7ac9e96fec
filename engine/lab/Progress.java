package lab;

import java.time.Duration;

/** Where the lab says what it is busy with, one line each: downloads, unpacking, a fallback and its reason. */
@FunctionalInterface
public interface Progress {
    /** Says nothing to anybody. */
    Progress SILENT = line -> { };

    /** Takes a line, without its end. May be called by any thread. */
    void say(String line);

    /** The same work, further on: takes the place of the line that was said last. Comes every second, so who prints lines leaves it out. */
    default void update(String line) { }

    /** Says lines as they come, and how the work gets on only so often: for a terminal, where no line takes another's place. */
    default Progress sparing(Duration pause) {
        return new SparingProgress(this, pause);
    }
}
