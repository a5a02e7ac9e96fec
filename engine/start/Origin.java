package start;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The catalog that jbang has this program from. jbang does not tell a program; but it notes each catalog that was asked for by a
 * name, in {@code implicit-catalog.json} or, after {@code jbang catalog add}, in {@code jbang-catalog.json}, and keeps what it has
 * downloaded in a folder whose name is the SHA-256 of the address (seen in 0.132.1).
 *
 * @param name what stands behind the {@code @} of an alias: {@code owner/repository}
 * @param base the address of the catalog's folder, which ends with a slash
 */
record Origin(String name, String base) {
    private static final String CATALOG = "jbang-catalog.json";
    private static final Pattern NOTED = Pattern.compile("\"([^\"]+)\"\\s*:\\s*\\{\\s*\"catalog-ref\"\\s*:\\s*\"([^\"]+)\"");

    /**
     * Those that jbang has this program from; more than one where it was asked for that of several repositories.
     *
     * @param settings jbang's folder, {@code ~/.jbang}
     * @param cache jbang's cache
     */
    static List<Origin> all(Path settings, Path cache) throws IOException {
        var found = new ArrayList<Origin>();
        for (var file : Stream.of("implicit-catalog.json", CATALOG).map(settings::resolve).filter(Files::exists).toList()) {
            NOTED.matcher(Files.readString(file)).results().filter(noted -> noted.group(2).endsWith("/" + CATALOG))
                .map(noted -> new Origin(noted.group(1), noted.group(2).substring(0, noted.group(2).length() - CATALOG.length())))
                .filter(origin -> Files.isDirectory(cache.resolve("urls").resolve(sha256(origin.program())))).forEach(found::add);
        }
        return found;
    }

    private String program() {
        return raw() + "engine/Start.java";
    }

    /** Where the files are, as they are: a forge shows them on pages. These are jbang's own rules. */
    private String raw() {
        return base.replaceFirst("^https://github\\.com/(.*)/blob/(.*)$", "https://raw.githubusercontent.com/$1/$2")
            .replaceFirst("^https://gitlab\\.com/(.*)/-/blob/(.*)$", "https://gitlab.com/$1/-/raw/$2")
            .replaceFirst("^https://bitbucket\\.org/(.*)/src/(.*)$", "https://bitbucket.org/$1/raw/$2");
    }

    /** The whole repository as one zip. On other hosts than these three it is where GitHub has it, seen from the catalog. */
    String archive() {
        return base.replaceFirst("^(https://github\\.com/[^/]+/[^/]+)/(?:blob|raw)/([^/]+)/.*$", "$1/archive/$2.zip")
            .replaceFirst("^(https://gitlab\\.com/.+)/-/(?:blob|raw)/([^/]+)/.*$", "$1/-/archive/$2/course.zip")
            .replaceFirst("^(https://bitbucket\\.org/[^/]+/[^/]+)/(?:src|raw)/([^/]+)/.*$", "$1/get/$2.zip")
            .replaceFirst("^(.*)/$", "$1/archive/HEAD.zip");
    }

    static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
