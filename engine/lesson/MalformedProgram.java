package lesson;

/** A lesson's program that cannot be read. The message begins with file and line, and says what to do. */
public class MalformedProgram extends RuntimeException {
    public MalformedProgram(java.nio.file.Path program, int line, String complaint) {
        super(program + ":" + line + ": " + complaint);
    }
}
