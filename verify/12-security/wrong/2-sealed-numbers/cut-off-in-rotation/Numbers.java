import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** A sealed number is the number of its key, a nonce, and what AES-GCM makes of it; key and patient are authenticated along. */
class Numbers {
    private static final int NONCE = 12;
    private static final int TAG = 16;

    private final SecureRandom random = new SecureRandom();
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
        var sealed = seal(id, number);
        var index = index(number);
        try (var insert = connection.prepareStatement("insert into app.patients values (?, ?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setString(2, name);
            insert.setBytes(3, sealed);
            insert.setBytes(4, index);
            insert.executeUpdate();
        }
    }

    /** The number of a patient. */
    Optional<String> numberOf(Connection connection, UUID id) throws SQLException, GeneralSecurityException {
        try (var select = connection.prepareStatement("select number_sealed from app.patients where id = ?")) {
            select.setObject(1, id);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                var sealed = row.getBytes(1);
                if (sealed == null || sealed.length < 1 + NONCE + TAG) {
                    throw new GeneralSecurityException("Not a sealed number");
                }
                return Optional.of(open(id, sealed));
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
        if (most <= 0) {
            return 0;
        }
        connection.setAutoCommit(false);
        try {
            var found = new LinkedHashMap<UUID, byte[]>();
            try (var select = connection.prepareStatement("""
                select id, number_sealed from app.patients
                where substring(number_sealed from 1 for 1) <> ?
                limit ?
                for update skip locked
                """)) {
                select.setBytes(1, new byte[] {(byte) current});
                select.setInt(2, most);
                try (var row = select.executeQuery()) {
                    while (row.next()) {
                        found.put(row.getObject(1, UUID.class), row.getBytes(2));
                    }
                }
            }
            try (var update = connection.prepareStatement("update app.patients set number_sealed = ? where id = ?")) {
                for (var entry : found.entrySet()) {
                    update.setBytes(1, seal(entry.getKey(), open(entry.getKey(), entry.getValue())));
                    update.setObject(2, entry.getKey());
                    update.executeUpdate();
                }
            }
            connection.commit();
            return found.size();
        } catch (SQLException | GeneralSecurityException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private byte[] seal(UUID id, String number) throws GeneralSecurityException {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        var text = cipher(Cipher.ENCRYPT_MODE, id, current, nonce).doFinal(number.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(1 + NONCE + text.length).put((byte) current).put(nonce).put(text).array();
    }

    private String open(UUID id, byte[] sealed) throws GeneralSecurityException {
        var nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE);
        var text = cipher(Cipher.DECRYPT_MODE, id, sealed[0], nonce).doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
        return new String(text, StandardCharsets.UTF_8);
    }

    private Cipher cipher(int mode, UUID id, int number, byte[] nonce) throws GeneralSecurityException {
        var key = keys.get(number);
        if (key == null) {
            throw new GeneralSecurityException("There is no key " + number);
        }
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(ByteBuffer.allocate(17).put((byte) number)
            .putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).array());
        return cipher;
    }

    private byte[] index(String number) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(indexKey);
        return mac.doFinal(number.replace(" ", "").replace("-", "").getBytes(StandardCharsets.UTF_8));
    }
}
