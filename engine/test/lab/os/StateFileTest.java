package lab.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import lab.Child;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A file of state")
class StateFileTest {
    @TempDir Path folder;

    @Test
    @DisplayName("holds its initial content until something is written")
    void initial() {
        assertEquals(0, Count.file(path()).read().value());
        assertFalse(Files.exists(path()));
        assertEquals(1, Count.file(path()).update(Count::more).value());
        assertEquals(1, Count.file(path()).read().value());
    }

    @Test
    @DisplayName("loses no update of threads and processes that change it at the same time")
    void together() throws Exception {
        try (var one = Child.start(Count.class, Map.of(), path().toString(), "50"); var other = Child.start(Count.class, Map.of(), path().toString(), "50");
             var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            one.line();
            other.line();
            Callable<Count> update = () -> Count.file(path()).update(Count::more);
            for (var updated : threads.invokeAll(IntStream.range(0, 20).mapToObj(i -> update).toList())) {
                updated.get();
            }
            assertEquals(0, one.exitCode());
            assertEquals(0, other.exitCode());
        }
        assertEquals(120, Count.file(path()).read().value());
    }

    @Test
    @DisplayName("has a whole content, old or new, whenever its writer is killed, and takes the next update")
    void killed() throws Exception {
        for (int i = 0; i < 2; i++) {
            var before = Count.file(path()).read().value();
            try (var child = Child.start(Count.class, Map.of(), path().toString(), "1000000")) {
                child.line();
                child.kill();
                child.exitCode();
            }
            var after = Count.file(path()).update(Count::more).value();
            assertTrue(after > before, after + " after " + before);
        }
    }

    @Test
    @DisplayName("keeps what it has when making the new content fails")
    void failing() {
        Count.file(path()).write(new Count(7));
        assertThrows(IllegalStateException.class, () -> Count.file(path()).update(count -> {
            throw new IllegalStateException("in the middle");
        }));
        assertEquals(7, Count.file(path()).read().value());
        assertEquals(8, Count.file(path()).update(Count::more).value());
    }

    @Test
    @DisplayName("is left alone when it is damaged, and can be set aside")
    void damaged() throws IOException {
        for (var damaged : List.of(new byte[] {'{', ' ', 'h'}, new byte[] {(byte) 0xc3, 0x28}, new byte[0])) {
            Files.write(Files.createDirectories(path().getParent()).resolve(path().getFileName()), damaged);
            var refused = assertThrows(StateFile.Damaged.class, () -> Count.file(path()).update(Count::more));
            assertTrue(refused.getMessage().contains(path() + " is damaged"), refused.getMessage());
            assertFalse(refused.reason().isBlank());
            var aside = Count.file(path()).setAside();
            assertEquals(damaged.length, Files.size(aside));
            assertEquals(0, Count.file(path()).read().value());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @DisplayName("can be read by its owner alone, whatever was there before")
    void ownerOnly() throws IOException {
        Count.file(path()).write(new Count(1));
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rw-r--r--"));
        Count.file(path()).update(Count::more);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path())));
    }

    private Path path() {
        return folder.resolve("below").resolve("count.json");
    }

    /** A state, and a program that counts it up. */
    record Count(int value) {
        static StateFile<Count> file(Path path) {
            return new StateFile<>(path, Count.class, () -> new Count(0));
        }

        Count more() {
            return new Count(value + 1);
        }

        public static void main(String... args) {
            var file = file(Path.of(args[0]));
            file.update(Count::more);
            System.out.println("counting");
            for (int i = 1; i < Integer.parseInt(args[1]); i++) {
                file.update(Count::more);
            }
        }
    }
}
