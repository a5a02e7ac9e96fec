package grading.sandbox;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

@Tag("docker")
@EnabledIf("isHere")
@DisplayName("In Docker, an answer of somebody else gets nowhere:")
class DockerSandboxTest extends Attacks {
    static boolean isHere() {
        return Sandboxes.reasonUnavailable(DockerSandbox.NAME).isEmpty();
    }

    @Override Sandbox sandbox() {
        return new DockerSandbox();
    }
}
