package kernel.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("PostgreSQL's tools")
class ClientEnvironmentTest {
    @Test @DisplayName("speak English to a lesson, and take letters as the reader's locale has them")
    void inEnglish() {
        var environment = new HashMap<>(Map.of("LC_ALL", "tr_TR.UTF-8", "LANG", "de_DE.UTF-8", "LANGUAGE", "tr:de"));
        ClientEnvironment.inEnglish(environment);
        assertEquals(Map.of("LC_CTYPE", "tr_TR.UTF-8", "LANG", "de_DE.UTF-8", "LC_MESSAGES", "C"), environment);
    }
}
