package grading.sandbox;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf("isHere")
@DisplayName("In bubblewrap, an answer of somebody else gets nowhere:")
class BubblewrapTest extends Attacks {
    static boolean isHere() {
        return Sandboxes.reasonUnavailable(Bubblewrap.NAME).isEmpty();
    }

    @Override Sandbox sandbox() {
        return new Bubblewrap();
    }
}
