package jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A child JVM's AOT cache")
class AotCacheTest {
    @TempDir Path folder;

    @ParameterizedTest @ValueSource(strings = {"course.1.aot", "course.1.notebook.aot"})
    @DisplayName("is the one that was trained for it, whatever cache its parent runs with")
    void trained(String own) throws IOException {
        var worker = Files.writeString(folder.resolve("course.1.worker.aot"), "classes");
        var kernel = Files.writeString(folder.resolve("course.1.kernel.aot"), "classes");
        assertEquals(Optional.of(worker), AotCache.WORKER.find(optionsWith(own)));
        assertEquals(Optional.of(kernel), AotCache.KERNEL.find(optionsWith(own)));
    }

    @Test @DisplayName("is none where its training failed, or has not been yet, or its parent runs without one")
    void none() throws IOException {
        Files.createFile(folder.resolve("course.1.worker.aot"));
        assertEquals(Optional.empty(), AotCache.WORKER.find(optionsWith("course.1.aot")));
        assertEquals(Optional.empty(), AotCache.KERNEL.find(optionsWith("course.1.aot")));
        assertEquals(Optional.empty(), AotCache.WORKER.find(List.of("-Xlog:aot*=off,cds*=off", "-Dcache=" + folder.resolve("course.1.aot"))));
    }

    private List<String> optionsWith(String cache) {
        return List.of("-XX:+UseSerialGC", "-XX:AOTCache=" + folder.resolve(cache), "-Xlog:aot*=off,cds*=off");
    }
}
