import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

class Numbers {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE = 12;

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
        connection.setAutoCommit(false);
        try {
            var anew = new LinkedHashMap<UUID, byte[]>();
            try (var select = connection.prepareStatement("""
                select id, number_sealed from app.patients
                where substring(number_sealed for 1) <> ?
                limit ? for share skip locked""")) {
                select.setBytes(1, new byte[] {(byte) current});
                select.setInt(2, Math.max(most, 0));
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        var id = rows.getObject(1, UUID.class);
                        anew.put(id, seal(id, open(id, rows.getBytes(2))));
                    }
                }
            }
            try (var update = connection.prepareStatement("update app.patients set number_sealed = ? where id = ?")) {
                for (var row : anew.entrySet()) {
                    update.setBytes(1, row.getValue());
                    update.setObject(2, row.getKey());
                    update.addBatch();
                }
                update.executeBatch();
            }
            connection.commit();
            return anew.size();
        } finally {
            try {
                connection.rollback();
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    /** One byte that says which key, twelve random ones, and what AES makes of the number. */
    private byte[] seal(UUID id, String number) throws GeneralSecurityException {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        var sealed = cipher(Cipher.ENCRYPT_MODE, current, id, nonce).doFinal(number.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(1 + NONCE + sealed.length).put((byte) current).put(nonce).put(sealed).array();
    }

    private String open(UUID id, byte[] sealed) throws GeneralSecurityException {
        if (sealed == null || sealed.length <= NONCE) {
            throw new GeneralSecurityException("too short to be a sealed number");
        }
        var buffer = ByteBuffer.wrap(sealed);
        int key = buffer.get();
        var nonce = new byte[NONCE];
        buffer.get(nonce);
        var rest = new byte[buffer.remaining()];
        buffer.get(rest);
        return new String(cipher(Cipher.DECRYPT_MODE, key, id, nonce).doFinal(rest), StandardCharsets.UTF_8);
    }

    private Cipher cipher(int mode, int key, UUID id, byte[] nonce) throws GeneralSecurityException {
        var secret = keys.get(key);
        if (secret == null) {
            throw new GeneralSecurityException("no key " + key);
        }
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, secret, new GCMParameterSpec(128, nonce));
        cipher.updateAAD(ByteBuffer.allocate(17).put((byte) key)
            .putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).array());
        return cipher;
    }

    private byte[] index(String number) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(indexKey);
        return mac.doFinal(number.replace(" ", "").replace("-", "").getBytes(StandardCharsets.UTF_8));
    }
}
