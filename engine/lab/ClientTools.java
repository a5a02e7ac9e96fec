package lab;

import java.util.List;

/** pg_dump, psql and their like, in the version of the server. A lab without them says why, and never skips silently. */
public interface ClientTools {

    /** The command line that runs {@code tool}, ready for a {@link ProcessBuilder}. */
    List<String> command(String tool, List<String> arguments) throws LabException;

    static ClientTools none(String reason) {
        return (tool, arguments) -> {
            throw new LabException("no " + tool + " here: " + reason);
        };
    }
}
