import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals IBANs: the database, its backups and its standby see neither them nor the key (lesson 12). */
final class Sealed {
    private static final byte KEY = 1;                 // which key, so that there can be another
    private static final int NONCE = 12;
    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    Sealed(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    // tag::seal[]
    /** One byte says which key, twelve are the nonce, and the rest is what AES-GCM makes of it. */
    byte[] seal(UUID tenant, UUID invoice, String iban) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);                       // twice the same would give both away
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
            cipher.updateAAD((KEY + " " + tenant + " " + invoice).getBytes(StandardCharsets.UTF_8)); // opens nowhere else
            var sealed = cipher.doFinal(iban.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(1 + NONCE + sealed.length).put(KEY).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal the iban of " + invoice, e);
        }
    }
    // end::seal[]

    /** The IBAN, for whoever collects the money. No request of this service asks for it. */
    String open(UUID tenant, UUID invoice, byte[] value) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, value, 1, NONCE));
        cipher.updateAAD((value[0] + " " + tenant + " " + invoice).getBytes(StandardCharsets.UTF_8));
        return new String(cipher.doFinal(value, 1 + NONCE, value.length - 1 - NONCE), StandardCharsets.UTF_8);
    }
}
