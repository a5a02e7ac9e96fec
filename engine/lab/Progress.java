package lab;

/** Where the lab says what it is busy with, one line each: downloads, unpacking, a fallback and its reason. */
@FunctionalInterface
public interface Progress {
    /** Says nothing to anybody. */
    Progress SILENT = line -> { };

    /** Takes a line, without its end. May be called by any thread. */
    void say(String line);
}
