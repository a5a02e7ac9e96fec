package book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kernel.output.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    @TempDir Path folder;

    @Test void everyKindOfOutputComesBackAsItWasWritten() throws IOException {
        var recording = new Recording("02-pooling", "18.6", "embedded", "25.0.3+9", "2026-11-22",
            List.of(new Recording.Step("all", "0123456789ab", Samples.everyKind("é <&> \n\t"))));
        var file = Files.writeString(folder.resolve("lesson02.out"), recording.json());
        assertEquals(Optional.of(recording), Recording.read(file));
    }

    @Test void aLessonWithoutARecordingIsNotAnError() throws IOException {
        assertEquals(Optional.empty(), Recording.read(folder.resolve("lesson02.out")));
    }

    @Test void aBrokenFileIsNamedWithTheCommandThatRepairsIt() throws IOException {
        var file = Files.writeString(folder.resolve("lesson02.out"), "{\"steps\": [");
        var message = assertThrows(IOException.class, () -> Recording.read(file)).getMessage();
        assertTrue(message.contains(file.toString()) && message.contains("./jbang record"), message);
    }

    @Test void aStepThatCannotRunAnyMoreIsNamed() {
        var skipped = new Output.Skipped("it needs Docker");
        var before = recording(new Recording.Step("one", "", List.of()), new Recording.Step("two", "", List.of(skipped)));
        var now = recording(new Recording.Step("one", "", List.of(skipped)), new Recording.Step("two", "", List.of(skipped)),
            new Recording.Step("three", "", List.of(skipped)));
        assertEquals(List.of("one"), now.skippedSince(before));
    }

    private static Recording recording(Recording.Step... steps) {
        return new Recording("02-pooling", "18.6", "embedded", "25.0.3+9", "2026-11-22", List.of(steps));
    }
}
