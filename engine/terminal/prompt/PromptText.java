package terminal.prompt;

import java.nio.file.Path;
import java.util.List;

/**
 * What the SQL prompt says at its beginning, and where it finds files.
 *
 * @param greeting a line each
 * @param files    the folder to which the names after {@code \i} are relative
 */
public record PromptText(List<String> greeting, Path files) { }
