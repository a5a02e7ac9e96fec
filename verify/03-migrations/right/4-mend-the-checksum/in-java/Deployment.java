import java.nio.charset.StandardCharsets;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/** What the service does when it starts, before it takes any request. */
class Deployment {

    /** Brings the database to the newest version. */
    void deploy(FluentConfiguration flyway) {
        // The caller may have migrations in Java too, and may call us twice with the same configuration.
        flyway.javaMigrations(Stream.concat(
                        Arrays.stream(flyway.getJavaMigrations())
                                .filter(migration -> !(migration instanceof V4__Account_currency)),
                        Stream.of(new V4__Account_currency()))
                .toArray(JavaMigration[]::new));
        flyway.load().migrate();
    }

    /** An account has a currency. */
    static class V4__Account_currency extends BaseJavaMigration {

        private static final String SQL =
                "alter table app.accounts add column currency text not null default 'EUR'";

        @Override
        public void migrate(Context context) throws Exception {
            try (Statement statement = context.getConnection().createStatement()) {
                statement.execute(SQL);
            }
        }

        /** So that an edit of this one is noticed just as that of a file. */
        @Override
        public Integer getChecksum() {
            CRC32 crc = new CRC32();
            crc.update(SQL.getBytes(StandardCharsets.UTF_8));
            return (int) crc.getValue();
        }
    }
}
