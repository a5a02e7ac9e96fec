package kernel.jshell;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a page's Java begins with.
 *
 * @param imports   evaluated at once: imports, which have no effects
 * @param receiver  the class in the child whose static method {@code attach(Map)} gets the settings; empty for none
 * @param settings  what it gets, passwords included: they go over the connection, never on a command line. Asked for once, in a
 *                  thread of the kernel; may wait for a server that is still starting
 * @param members   evaluated then: methods and records beside a lesson's main method; one that JShell refuses is missing
 * @param heapMb    the most that the child may take, in megabytes
 */
public record KernelSetup(List<String> imports, String receiver, Supplier<Map<String, String>> settings, List<String> members, int heapMb) {
    public static final int USUAL_HEAP_MB = 256;

    /** Java alone, with these imports. */
    public static KernelSetup plain(List<String> imports) {
        return new KernelSetup(imports, "", Map::of, List.of(), USUAL_HEAP_MB);
    }
}
