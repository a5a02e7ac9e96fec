package browser.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The script that loads a page anew of which a part did not arrive. It is written into the page, or it could be what is missing.
 */
public record ReloadScript(String script) {
    /** @param root the course's folder */
    public static ReloadScript of(Path root) {
        var file = root.resolve("engine/browser/page/reload.js");
        try {
            return new ReloadScript(Files.readString(file).replace("\r\n", "\n")); // as a browser reads it, and hashes it
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    String element() {
        return "<script>" + script + "</script>";
    }

    /** The one script in a page that may run (Content Security Policy Level 3, section 2.3.1, hash-source). */
    String source() {
        return "'sha256-" + Base64.getEncoder().encodeToString(DigestUtils.sha256(script)) + "'";
    }
}
