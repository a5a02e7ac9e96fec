package kernel.output;

import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** Outputs as JSON, one line each, the way recordings hold them. */
public final class OutputJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OutputJson() { }

    /** The output as UTF-8. */
    public static byte[] bytes(Output output) {
        return JSON.writerFor(Output.class).writeValueAsBytes(output);
    }

    /** The output as a string, for a message or a page. */
    public static String text(Output output) {
        return new String(bytes(output), StandardCharsets.UTF_8);
    }

    /** @throws tools.jackson.core.JacksonException if it is not an output */
    public static Output of(byte[] json) {
        return JSON.readValue(json, Output.class);
    }
}
