package lab.os;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryTest {
    @TempDir Path root;

    @Test
    void theSmallestLimitCounts() throws IOException {
        assertEquals(Optional.empty(), Memory.megabytes(root));
        write("proc/meminfo", "MemTotal:       24683864 kB\nMemFree:          100000 kB\n");
        assertEquals(Optional.of(24105L), Memory.megabytes(root));
        write("sys/fs/cgroup/memory.max", "max\n");
        assertEquals(Optional.of(24105L), Memory.megabytes(root));
        write("sys/fs/cgroup/memory.max", "536870912\n");
        assertEquals(Optional.of(512L), Memory.megabytes(root));
        write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n"); // version 1 without a limit
        assertEquals(Optional.of(512L), Memory.megabytes(root));
    }

    private void write(String file, String text) throws IOException {
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), text);
    }
}
