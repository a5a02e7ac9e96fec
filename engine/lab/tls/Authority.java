package lab.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import lab.LabException;
import lab.os.IoErrors;
import lab.os.Passwords;
import lab.os.Platform;
import lab.os.TempFolder;

/**
 * A certificate authority of this run. The keytool of the JDK makes its keys, so that no machine needs OpenSSL; its own key
 * stays in a folder that goes with the run.
 */
public final class Authority implements AutoCloseable {
    private static final String ALIAS = "authority";
    private static final String PASSWORD = "COURSE_STORE_PASSWORD";
    private static final int SECONDS = 60;
    private final TempFolder folder;
    private final String password = Passwords.secret();
    private int issued;

    private Authority(TempFolder folder) {
        this.folder = folder;
    }

    /**
     * Makes its key, and a certificate that it has signed itself.
     *
     * @param name stands in all certificates that it issues
     * @throws LabException when keytool cannot do it, with what it said
     */
    public static Authority create(String name) throws LabException {
        try {
            var authority = new Authority(TempFolder.of("certificates"));
            authority.generate(ALIAS, name, List.of("-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign"));
            Files.writeString(authority.root(), authority.read(ALIAS).pem());
            return authority;
        } catch (IOException e) {
            throw new LabException("could not make a certificate authority: " + IoErrors.describe(e), e);
        }
    }

    /** Its own certificate as a file of PEM: who trusts it, trusts all that it issues. */
    public Path root() {
        return folder.folder().resolve("root.crt");
    }

    /**
     * A new key, and a certificate for it.
     *
     * @param hosts names, or addresses of four numbers
     * @throws LabException when keytool cannot do it, with what it said
     */
    public synchronized Certificate issue(List<String> hosts) throws LabException {
        var alias = "issued" + ++issued;
        var names = hosts.stream().map(host -> (host.matches("[0-9.]+") ? "ip:" : "dns:") + host).collect(Collectors.joining(","));
        try {
            generate(alias, hosts.getFirst(), List.of("-signer", ALIAS, "-ext", "san=" + names, "-ext", "eku=serverAuth"));
            return read(alias);
        } catch (IOException e) {
            throw new LabException("could not issue a certificate for " + hosts + ": " + IoErrors.describe(e), e);
        }
    }

    private Path store() {
        return folder.folder().resolve("authority.p12");
    }

    private void generate(String alias, String name, List<String> more) throws IOException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", Platform.isWindows() ? "keytool.exe" : "keytool");
        var command = new ArrayList<>(List.of(keytool.toString(), "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-genkeypair",
            "-keystore", store().toString(), "-storetype", "PKCS12", "-storepass:env", PASSWORD, "-alias", alias,
            "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30", "-dname", "CN=" + name));
        command.addAll(more);
        var said = folder.folder().resolve("keytool.txt").toFile();
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said);
        builder.environment().put(PASSWORD, password); // everybody can see the arguments of a process
        var process = builder.start();
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new LabException("keytool made no certificate for " + name + ": " + Files.readString(said.toPath()).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted while keytool ran", e);
        }
    }

    private Certificate read(String alias) throws IOException {
        try (var file = Files.newInputStream(store())) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(file, password.toCharArray());
            return new Certificate((X509Certificate) store.getCertificate(alias), store.getKey(alias, password.toCharArray()));
        } catch (GeneralSecurityException e) {
            throw new LabException("cannot read what keytool made for " + alias + ": " + e.getMessage(), e);
        }
    }

    @Override public void close() {
        folder.closeQuietly();
    }
}
