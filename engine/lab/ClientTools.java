package lab;

import java.util.List;
import java.util.Optional;

/** pg_dump, psql and their like, in the version of the server. A lab without them says why, and never skips silently. */
public interface ClientTools {

    /**
     * The command line that runs {@code tool}, ready for a {@link ProcessBuilder}.
     *
     * @throws LabException with a sentence, where the tool is missing or too old for the server
     */
    List<String> command(String tool, List<String> arguments) throws LabException;

    /**
     * The command line that runs a shell script which finds the tools by their names, and ends at its first command that fails.
     *
     * @throws LabException with a sentence, where a tool that it uses is missing or too old for the server
     */
    default List<String> script(String script) throws LabException {
        return command("bash", List.of("-euo", "pipefail", "-c", script, "cell"));
    }

    /** The command line that ends what {@link #script} began, where it is not enough to end the process of that command line. */
    default Optional<List<String>> end() throws LabException {
        return Optional.empty();
    }

    /** No tools at all: each that is asked for is refused with this reason. */
    static ClientTools none(String reason) {
        return (tool, arguments) -> {
            throw new LabException("no " + (tool.equals("bash") ? "client tools" : tool) + " here: " + reason);
        };
    }
}
