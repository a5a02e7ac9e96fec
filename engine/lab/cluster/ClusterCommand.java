package lab.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lab.os.Privileges;

/** The command that runs {@code postgres} on a data folder. */
final class ClusterCommand {
    /** Counts statements for whoever creates the extension; it can only be loaded when the server starts. */
    private static final String STATEMENTS = "pg_stat_statements";

    private ClusterCommand() { }

    /**
     * With these settings and no others, as an account that PostgreSQL accepts.
     *
     * @param binaries the folder with {@code bin/postgres}
     * @param folder   the folder with {@code data/}
     */
    static List<String> bare(Path binaries, Path folder, int port, Map<String, String> settings) {
        var command = new ArrayList<>(Privileges.drop());
        command.add(binaries.resolve("bin/postgres").toString());
        command.addAll(List.of("-D", folder.resolve("data").toString(), "-p", Integer.toString(port)));
        settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    /** The same, and statements can be counted where the programs came with what counts them. */
    static List<String> counting(Path binaries, Path folder, int port, Map<String, String> settings) {
        var command = bare(binaries, folder, port, settings);
        if (has(binaries, STATEMENTS)) {
            command.addAll(List.of("-c", "shared_preload_libraries=" + STATEMENTS));
        }
        return command;
    }

    /** Whether the library came with the programs: a server that shall load one that is missing does not start. */
    private static boolean has(Path binaries, String library) {
        return Stream.of("lib/postgresql", "lib").flatMap(folder -> Stream.of(".so", ".dylib", ".dll")
                .map(ending -> binaries.resolve(folder).resolve(library + ending)))
            .anyMatch(Files::exists);
    }
}
