package lab.os;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;
import lab.Roles;

/** The random passwords of a cluster, in a file that only its owner may read. */
public record Passwords(String admin, Roles roles) {
    public static final String FILE = "passwords.properties";

    /** New ones, each of 144 random bits. */
    public static Passwords random() {
        return new Passwords(secret(), new Roles(secret(), secret()));
    }

    /** Those that {@link #write} has kept. */
    public static Passwords read(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
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
        var bytes = new byte[18];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override public String toString() {
        return "Passwords[…]";
    }
}
