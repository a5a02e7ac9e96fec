package kernel.cell;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the virtual threads of this JVM do now. */
public final class VirtualThreads {
    private VirtualThreads() { }

    /** Those that wait for what a process says, with their stacks. {@link lab.os.Processes} says why there may be none. */
    public static List<String> atPipes(Path folder) throws IOException {
        var file = Files.createTempDirectory(folder, "threads").resolve("dump.txt");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
        return Stream.of(Files.readString(file).split("\n\n")).filter(thread -> thread.strip().matches("(?s)#\\d+ \"[^\\n]*\" virtual .*"))
            .filter(thread -> thread.contains("PipeInputStream.read")).toList();
    }
}
