import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

class Numbers {
    private static final int NONCE = 12;
    private static final int TAG = 16;
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
        if (most <= 0) {
            return 0;
        }
        int count = 0;
        connection.setAutoCommit(false);
        try {
            try (var settings = connection.createStatement()) {
                settings.execute("set transaction isolation level read committed");
            }
            try (var select = connection.prepareStatement("""
                     select id, number_sealed from app.patients
                      where id in (select id from app.patients where substring(number_sealed for 1) <> ? order by id limit ?)
                        for update skip locked
                     """);
                 var update = connection.prepareStatement("update app.patients set number_sealed = ? where id = ?")) {
                select.setBytes(1, new byte[] {(byte) current});
                select.setInt(2, most);
                try (var row = select.executeQuery()) {
                    while (row.next()) {
                        var id = row.getObject(1, UUID.class);
                        update.setBytes(1, seal(id, open(id, row.getBytes(2))));
                        update.setObject(2, id);
                        count += update.executeUpdate();
                    }
                }
            }
            connection.commit();
        } catch (Throwable t) {
            try {
                connection.rollback();
                connection.setAutoCommit(true);
            } catch (SQLException e) {
                t.addSuppressed(e);
            }
            throw t;
        }
        connection.setAutoCommit(true);
        return count;
    }

    /** One byte that says which key, the nonce, the sealed text with its tag. */
    private byte[] seal(UUID id, String text) throws GeneralSecurityException {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, key(current), new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(place(current, id));
        var sealed = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(1 + NONCE + sealed.length).put((byte) current).put(nonce).put(sealed).array();
    }

    private String open(UUID id, byte[] sealed) throws GeneralSecurityException {
        if (sealed == null || sealed.length < 1 + NONCE + TAG) {
            throw new AEADBadTagException("the sealed value is too short");
        }
        int number = sealed[0] & 0xff;
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key(number), new GCMParameterSpec(8 * TAG, sealed, 1, NONCE));
        cipher.updateAAD(place(number, id));
        return new String(cipher.doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE), StandardCharsets.UTF_8);
    }

    private SecretKey key(int number) throws InvalidKeyException {
        var key = keys.get(number);
        if (key == null) {
            throw new InvalidKeyException("there is no key " + number);
        }
        return key;
    }

    private static byte[] place(int number, UUID id) {
        return ByteBuffer.allocate(17).put((byte) number)
            .putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).array();
    }

    private byte[] index(String number) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(indexKey);
        return mac.doFinal(number.replace(" ", "").replace("-", "").getBytes(StandardCharsets.UTF_8));
    }
}
