package lab.os;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import lab.Roles;

/** The random passwords of a cluster, in a file that only its owner may read. */
public record Passwords(String admin, Roles roles) {
    public static final String FILE = "passwords.properties";
    private static final int SECRET_BYTES = 18;

    /** New ones, each of 144 random bits. */
    public static Passwords random() {
        return new Passwords(secret(), new Roles(secret(), secret()));
    }

    /** Those that {@link #write} has kept. Fails where the file was emptied, cut off or overwritten. */
    public static Passwords read(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            properties.load(reader);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
        for (var name : List.of("admin", "owner", "app")) {
            if (!isSecret(properties.getProperty(name, ""))) {
                throw new IOException(file + " is damaged: it has no password of " + name);
            }
        }
        return new Passwords(properties.getProperty("admin"),
            new Roles(properties.getProperty("owner"), properties.getProperty("app")));
    }

    /** Keeps them in a new file that only its owner may read. */
    public void write(Path file) throws IOException {
        var properties = new Properties();
        properties.setProperty("admin", admin);
        properties.setProperty("owner", roles.ownerPassword());
        properties.setProperty("app", roles.appPassword());
        var text = new StringWriter();
        properties.store(text, null);
        writePrivately(file, text.toString());
    }

    /** Creates the file, which only its owner may read from the start. Fails where it exists. */
    public static void writePrivately(Path file, String text) throws IOException {
        if (Platform.isWindows()) {
            Files.createFile(file); // below the user's profile, which Windows closes to others
        } else {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, text);
    }

    /** A random password of 144 bits, in hexadecimal digits. */
    public static String secret() {
        var bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Whether this is what {@link #secret} makes. */
    public static boolean isSecret(String text) {
        return text.matches("[0-9a-f]{" + 2 * SECRET_BYTES + "}");
    }

    @Override public String toString() {
        return "Passwords[…]";
    }
}
