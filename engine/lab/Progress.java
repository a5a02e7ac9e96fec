package lab;

/** Where the lab says what it is busy with, one line each: downloads, unpacking, a fallback and its reason. */
@FunctionalInterface
public interface Progress {
    void say(String line);

    Progress SILENT = line -> { };
}
