package grading.sandbox;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import jvm.ChildJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("isHere")
@DisplayName("In bubblewrap, an answer of somebody else gets nowhere:")
class BubblewrapTest extends Attacks {
    static boolean isHere() {
        return Sandboxes.reasonUnavailable(Bubblewrap.NAME).isEmpty();
    }

    @Override Sandbox sandbox() {
        return new Bubblewrap();
    }

    @Test @DisplayName("one that listens to nothing ends with a host that is killed")
    void hostIsKilled(@TempDir Path folder) throws Exception {
        var mark = mark();
        var host = ChildJvm.likeThis().running(Holder.class, List.of(folder.toString(), mark)).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            assertTrue(comesTo(true, mark), "it did not start");
        } finally {
            host.destroyForcibly().waitFor();
        }
        assertTrue(comesTo(false, mark), "it runs on");
    }
}
