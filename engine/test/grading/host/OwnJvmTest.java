package grading.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker's JVM gets of the options of ours. */
class OwnJvmTest {
    @TempDir Path folder;

    @Test
    @DisplayName("workers use the cache that was trained for them")
    void trained() throws IOException {
        Files.writeString(folder.resolve("course.worker.aot"), "classes");
        assertEquals(cache("course.worker.aot"), OwnJvm.forWorkers(cache("course.aot")));
        assertEquals(cache("course.worker.aot"), OwnJvm.forWorkers(cache("course.notebook.aot")), "the notebook's judge");
    }

    @Test
    @DisplayName("workers use the host's cache where none was trained for them, or its training failed")
    void failed() throws IOException {
        assertEquals(cache("course.aot"), OwnJvm.forWorkers(cache("course.aot")));
        Files.createFile(folder.resolve("course.worker.aot"));
        assertEquals(cache("course.aot"), OwnJvm.forWorkers(cache("course.aot")));
    }

    @Test
    @DisplayName("any other option stays as it is")
    void others() throws IOException {
        Files.writeString(folder.resolve("course.worker.aot"), "classes");
        for (var option : new String[] {"-Xlog:aot*=off,cds*=off", "-XX:+UseSerialGC", "-Dcache=" + folder.resolve("course.aot")}) {
            assertEquals(option, OwnJvm.forWorkers(option));
        }
    }

    private String cache(String name) {
        return "-XX:AOTCache=" + folder.resolve(name);
    }
}
