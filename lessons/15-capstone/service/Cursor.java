import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;

/** The last invoice of a page. */
record Cursor(OffsetDateTime createdAt, UUID id) {
    static final Cursor NEWEST = new Cursor(OffsetDateTime.MAX, new UUID(-1, -1)); // infinity

    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((createdAt + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    static Cursor of(String text) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ");
            return new Cursor(OffsetDateTime.parse(parts[0]), UUID.fromString(parts[1]));
        } catch (RuntimeException e) {
            throw new Refusal(400, "after is no cursor of an earlier page");
        }
    }
}
