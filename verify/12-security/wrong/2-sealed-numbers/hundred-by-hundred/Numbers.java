import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

class Numbers {
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final int CHUNK = 100;
    private static final SecureRandom RANDOM = new SecureRandom();

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
        try (var insert = connection.prepareStatement(
                "insert into app.patients (id, name, number_sealed, number_index) values (?, ?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setString(2, name);
            insert.setBytes(3, seal(id, number));
            insert.setBytes(4, index(number));
            insert.executeUpdate();
        }
    }

    /** The number of a patient. */
    Optional<String> numberOf(Connection connection, UUID id) throws SQLException, GeneralSecurityException {
        try (var select = connection.prepareStatement("select number_sealed from app.patients where id = ?")) {
            select.setObject(1, id);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(open(id, row.getBytes(1))) : Optional.empty();
            }
        }
    }

    /** Who has this number. */
    Optional<UUID> find(Connection connection, String number) throws SQLException, GeneralSecurityException {
        try (var select = connection.prepareStatement("select id from app.patients where number_index = ?")) {
            select.setBytes(1, index(number));
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
            }
        }
    }

    /** Seals numbers anew that are not under the current key, at most so many; says how many. */
    int rotate(Connection connection, int most) throws SQLException, GeneralSecurityException {
        int done = 0;
        while (done < most) {
            // Short transactions: nobody waits for a hundred rows.
            int chunk = Math.min(CHUNK, most - done);
            int some = rotateSome(connection, chunk);
            done += some;
            if (some < chunk) {
                break;
            }
        }
        return done;
    }

    private int rotateSome(Connection connection, int most) throws SQLException, GeneralSecurityException {
        connection.setAutoCommit(false);
        try {
            int done = sealAnew(connection, most);
            connection.commit();
            return done;
        } catch (Throwable thrown) {
            try {
                connection.rollback();
            } catch (SQLException rollback) {
                thrown.addSuppressed(rollback);
            }
            throw thrown;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private int sealAnew(Connection connection, int most) throws SQLException, GeneralSecurityException {
        record Row(UUID id, byte[] sealed) { }
        var rows = new ArrayList<Row>();
        try (var select = connection.prepareStatement("""
                select id, number_sealed from app.patients
                where substring(number_sealed from 1 for 4) is distinct from ?
                limit ? for update skip locked""")) {
            select.setBytes(1, head(current));
            select.setInt(2, most);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(new Row(row.getObject(1, UUID.class), row.getBytes(2)));
                }
            }
        }
        try (var update = connection.prepareStatement("update app.patients set number_sealed = ? where id = ?")) {
            for (var row : rows) {
                update.setBytes(1, seal(row.id(), open(row.id(), row.sealed())));
                update.setObject(2, row.id());
                update.executeUpdate();
            }
        }
        return rows.size();
    }

    private byte[] seal(UUID id, String number) throws GeneralSecurityException {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        var cipher = cipher(Cipher.ENCRYPT_MODE, current, id, nonce);
        return ByteBuffer.allocate(4 + NONCE + 2 * number.length() + TAG)
                .putInt(current).put(nonce).put(cipher.doFinal(bytes(number))).array();
    }

    private String open(UUID id, byte[] sealed) throws GeneralSecurityException {
        if (sealed == null || sealed.length < 4 + NONCE + TAG) {
            throw new GeneralSecurityException("The sealed number is damaged");
        }
        var in = ByteBuffer.wrap(sealed);
        int key = in.getInt();
        var nonce = new byte[NONCE];
        in.get(nonce);
        var rest = new byte[in.remaining()];
        in.get(rest);
        var plain = cipher(Cipher.DECRYPT_MODE, key, id, nonce).doFinal(rest);
        return ByteBuffer.wrap(plain).asCharBuffer().toString();
    }

    private Cipher cipher(int mode, int number, UUID id, byte[] nonce) throws GeneralSecurityException {
        var key = keys.get(number);
        if (key == null) {
            throw new GeneralSecurityException("There is no key " + number);
        }
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(ByteBuffer.allocate(20).putInt(number)
                .putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).flip());
        return cipher;
    }

    private byte[] index(String number) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(indexKey);
        return mac.doFinal(bytes(number.replace(" ", "").replace("-", "")));
    }

    /** Two bytes for each char, so that any text comes back. */
    private static byte[] bytes(String text) {
        var bytes = ByteBuffer.allocate(2 * text.length());
        bytes.asCharBuffer().put(text);
        return bytes.array();
    }

    private static byte[] head(int key) {
        return ByteBuffer.allocate(4).putInt(key).array();
    }
}
