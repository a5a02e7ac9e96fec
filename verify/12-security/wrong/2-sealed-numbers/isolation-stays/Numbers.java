import java.nio.ByteBuffer;
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

/** The numbers of patients, which only the program can read: [key, 1][nonce, 12][number and tag]. */
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
        try (var insert = connection.prepareStatement("insert into app.patients values (?, ?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setString(2, name);
            insert.setBytes(3, seal(id, bytes(number)));
            insert.setBytes(4, index(number));
            insert.executeUpdate();
        }
    }

    /** The number of a patient. */
    Optional<String> numberOf(Connection connection, UUID id) throws SQLException, GeneralSecurityException {
        try (var select = connection.prepareStatement("select number_sealed from app.patients where id = ?")) {
            select.setObject(1, id);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(text(open(id, row.getBytes(1)))) : Optional.empty();
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
        // skip locked says nothing of serialization failures only in this level
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
        try {
            var count = rotateSome(connection, most);
            connection.commit();
            return count;
        } finally {
            try {
                // after the commit there is nothing to take back
                connection.rollback();
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private int rotateSome(Connection connection, int most) throws SQLException, GeneralSecurityException {
        var old = new LinkedHashMap<UUID, byte[]>();
        try (var select = connection.prepareStatement("""
                 select id, number_sealed from app.patients
                 where substring(number_sealed for 1) <> ?
                 limit ? for update skip locked""")) {
            select.setBytes(1, new byte[] {(byte) current});
            select.setInt(2, most);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    old.put(row.getObject(1, UUID.class), row.getBytes(2));
                }
            }
        }
        try (var update = connection.prepareStatement("update app.patients set number_sealed = ? where id = ?")) {
            for (var patient : old.entrySet()) {
                update.setBytes(1, seal(patient.getKey(), open(patient.getKey(), patient.getValue())));
                update.setObject(2, patient.getKey());
                update.executeUpdate();
            }
        }
        return old.size();
    }

    private byte[] seal(UUID id, byte[] plain) throws GeneralSecurityException {
        var nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        var cipher = cipher(Cipher.ENCRYPT_MODE, current, id, nonce);
        return ByteBuffer.allocate(1 + NONCE + plain.length + TAG)
            .put((byte) current).put(nonce).put(cipher.doFinal(plain)).array();
    }

    private byte[] open(UUID id, byte[] sealed) throws GeneralSecurityException {
        if (sealed == null || sealed.length < 1 + NONCE + TAG) {
            throw new GeneralSecurityException("not a sealed number");
        }
        var nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE);
        return cipher(Cipher.DECRYPT_MODE, sealed[0], id, nonce).doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
    }

    private Cipher cipher(int mode, int number, UUID id, byte[] nonce) throws GeneralSecurityException {
        var key = keys.get(number);
        if (key == null) {
            throw new GeneralSecurityException("no key " + number);
        }
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
        cipher.updateAAD(ByteBuffer.allocate(17).put((byte) number)
            .putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).flip());
        return cipher;
    }

    private byte[] index(String number) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(indexKey);
        return mac.doFinal(bytes(number.replace(" ", "").replace("-", "")));
    }

    /** UTF-16, char by char, so that nothing is replaced. */
    private static byte[] bytes(String text) {
        var bytes = ByteBuffer.allocate(2 * text.length());
        bytes.asCharBuffer().put(text);
        return bytes.array();
    }

    private static String text(byte[] bytes) {
        return ByteBuffer.wrap(bytes).asCharBuffer().toString();
    }
}
