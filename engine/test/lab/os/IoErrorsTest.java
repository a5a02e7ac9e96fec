package lab.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No space is left: which space, and what to do. On a disk that has some. */
class IoErrorsTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "could not resize shared memory segment \"/PostgreSQL.42\" to 8 bytes: No space left on device | /dev/shm, is full or too small",
        "write failed: Disk quota exceeded            | your quota on the disk of",
        "could not extend file \"base/5/1259\": No space left on device | df -i"})
    void whichSpace(String said, String sentence) {
        var ofProgram = assertInstanceOf(IoErrors.DiskFull.class, IoErrors.with("initdb failed", folder, said, "initdb failed otherwise"));
        var ofFile = assertInstanceOf(IoErrors.DiskFull.class, IoErrors.with("could not unpack it", folder, new IOException(said)));
        var ofServer = IoErrors.diskFull(new RuntimeException(new SQLException("ERROR: " + said, "53100"))).orElseThrow();
        for (var message : new String[] {ofProgram.getMessage(), ofFile.getMessage(), ofServer}) {
            assertTrue(message.contains(sentence), message);
        }
    }

    @Test
    @DisplayName("what has nothing to do with space is not about space")
    void other() {
        assertEquals("initdb failed otherwise", IoErrors.with("initdb failed", folder, "permission denied", "initdb failed otherwise").getMessage());
    }
}
