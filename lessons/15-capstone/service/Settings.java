import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What the service is told by its environment. */
record Settings(int port, String jdbcUrl, Optional<String> readUrl, String appUser, String appPassword, String ownerUser,
                String ownerPassword, int poolSize, Optional<String> eventsUrl, byte[] fieldKey, Map<String, UUID> tokens,
                String migrations) {

    static Settings of(Map<String, String> environment) {
        var key = Base64.getDecoder().decode(needed(environment, "FIELD_KEY"));
        if (key.length != 32) {
            throw new IllegalArgumentException("FIELD_KEY has " + key.length + " bytes; make one of 32 with `openssl rand -base64 32`");
        }
        return new Settings(number(environment, "PORT", 0), needed(environment, "JDBC_URL"), optional(environment, "READ_JDBC_URL"),
            needed(environment, "APP_USER"), needed(environment, "APP_PASSWORD"),
            needed(environment, "OWNER_USER"), needed(environment, "OWNER_PASSWORD"),
            number(environment, "POOL_SIZE", 4), optional(environment, "EVENTS_URL"), key, tokens(needed(environment, "TOKENS")),
            optional(environment, "MIGRATIONS").orElse("lessons/15-capstone/service/migrations"));
    }

    private static Map<String, UUID> tokens(String text) {
        var tokens = new HashMap<String, UUID>();
        for (var entry : text.split(",")) {
            var parts = entry.strip().split("=");
            if (parts.length != 2) {
                throw new IllegalArgumentException("TOKENS is token=uuid,token=uuid; an entry is not of this form");
            }
            tokens.put(parts[0], UUID.fromString(parts[1]));
        }
        return tokens;
    }

    private static String needed(Map<String, String> environment, String name) {
        return optional(environment, name).orElseThrow(() -> new IllegalArgumentException(name + " is not set"));
    }

    private static Optional<String> optional(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static int number(Map<String, String> environment, String name, int otherwise) {
        return optional(environment, name).map(Integer::valueOf).orElse(otherwise);
    }

    /** Migrations in one or more folders, with a comma between them. */
    String[] migrationFolders() {
        return Arrays.stream(migrations.split(",")).map(folder -> "filesystem:" + folder.strip()).toArray(String[]::new);
    }
}
