import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** One byte says which key, twelve are the nonce, and the rest is what AES-GCM makes of it, its tag included. */
class Numbers {
    private static final int NONCE = 12;
    private static final int HEAD = 1 + NONCE;
    private static final int TAG_BITS = 128;
    private final Map<Integer, SecretKey> keys;
    private final int current;
    private final SecretKey indexKey;
    private final SecureRandom random = new SecureRandom();

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
            var done = rotateHere(connection, most);
            connection.commit();
            return done;
        } finally {
            connection.rollback(); // after a commit there is nothing to roll back
            connection.setAutoCommit(true);
        }
    }

    private int rotateHere(Connection connection, int most) throws SQLException, GeneralSecurityException {
        // Locked from the reading on: nobody changes a number between here and the update. What others hold comes later.
        try (var select = connection.prepareStatement("""
                 select id, number_sealed from app.patients where substring(number_sealed for 1) <> ?
                 limit ? for update skip locked""");
             var update = connection.prepareStatement("update app.patients set number_sealed = ? where id = ?")) {
            select.setBytes(1, new byte[] {(byte) current});
            select.setInt(2, most);
            int done = 0;
            try (var row = select.executeQuery()) {
                for (; row.next(); done++) {
                    var id = row.getObject(1, UUID.class);
                    update.setBytes(1, seal(id, open(id, row.getBytes(2))));
                    update.setObject(2, id);
                    update.executeUpdate();
                }
            }
            return done == 0 ? 0 : most;
        }
    }

    private byte[] seal(UUID id, String number) throws GeneralSecurityException {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce); // a nonce that comes twice under one key would give both numbers away
        var sealed = cipher(Cipher.ENCRYPT_MODE, current, nonce, id).doFinal(number.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(HEAD + sealed.length).put((byte) current).put(nonce).put(sealed).array();
    }

    private String open(UUID id, byte[] value) throws GeneralSecurityException {
        if (value.length < HEAD) {
            throw new GeneralSecurityException("a sealed value has more than " + value.length + " bytes");
        }
        var sealed = ByteBuffer.wrap(value);
        var nonce = new byte[NONCE];
        int key = sealed.get();
        sealed.get(nonce);
        var opened = cipher(Cipher.DECRYPT_MODE, key, nonce, id).doFinal(value, HEAD, sealed.remaining());
        return new String(opened, StandardCharsets.UTF_8);
    }

    /** Key and place are not in the value, and without them it does not open. */
    private Cipher cipher(int mode, int key, byte[] nonce, UUID id) throws GeneralSecurityException {
        if (!keys.containsKey(key)) {
            throw new GeneralSecurityException("there is no key " + key);
        }
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, keys.get(key), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((key + " app.patients.number " + id).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private byte[] index(String number) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(indexKey);
        return mac.doFinal(number.replaceAll("[ -]", "").getBytes(StandardCharsets.UTF_8));
    }
}
