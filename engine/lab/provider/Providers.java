package lab.provider;

import java.util.List;
import lab.Lab;
import lab.LabException;
import lab.Progress;
import lab.Provider;
import lab.SeedData;
import lab.Versions;
import lab.cluster.EmbeddedProvider;
import lab.cluster.LocalProvider;
import lab.docker.DockerProvider;
import lab.url.UrlProvider;
import lab.url.UrlSecrets;

/** Chooses the provider that {@code --db} names. */
public final class Providers {
    /** What {@code --db} takes, for messages. */
    public static final List<String> WORDS = List.of("auto", "docker", "embedded", "local", "postgresql://…", "jdbc:postgresql://…");

    private Providers() { }

    /**
     * Starts a server.
     *
     * @param word     as after {@code --db}
     * @param progress is told what takes long, and the reason of a fallback
     * @throws LabException with what to do, where the word means nothing or the server does not start
     */
    public static Lab open(String word, Progress progress) {
        return open(word, SeedData.NONE, progress);
    }

    /** The same with seed data in the lesson's database. */
    public static Lab open(String word, SeedData seedData, Progress progress) {
        return Lab.open(of(word, progress), seedData, progress);
    }

    /**
     * The provider asked for. "auto" is Docker where an engine answers and can give the image, else embedded binaries;
     * the reason of that fallback is said in one line.
     *
     * @throws LabException if the word means nothing, or the provider asked for cannot work here
     */
    public static Provider of(String word, Progress progress) {
        if (word.equals("auto")) {
            return auto(progress);
        }
        var provider = named(word);
        provider.reasonUnavailable().ifPresent(reason -> {
            throw new LabException("--db " + provider.name() + ": " + reason);
        });
        return provider;
    }

    /**
     * The name of one provider for several uses: for "auto" the one that is chosen now, whose reason is said once.
     *
     * @throws LabException if the provider asked for cannot work here
     */
    public static String resolve(String word, Progress progress) {
        return word.equals("auto") ? of(word, progress).name() : word;
    }

    /** Whether the word is one that {@code --db} takes. */
    public static boolean isKnown(String word) {
        try {
            return word.equals("auto") || named(word) != null;
        } catch (UnknownChoice e) {
            return false;
        }
    }

    private static Provider auto(Progress progress) {
        var docker = DockerProvider.ofWhatAnswersNow();
        var reason = docker.reasonUnavailable().or(docker::missingImage);
        if (reason.isEmpty()) {
            return docker;
        }
        progress.say("Using embedded PostgreSQL, because " + reason.get());
        return named("embedded");
    }

    private static Provider named(String word) {
        var detail = word.contains(":") ? word.substring(word.indexOf(':') + 1) : "";
        if (word.matches("(jdbc:)?postgres(ql)?:.*")) {
            return new UrlProvider(word);
        }
        return switch (word.split(":", 2)[0]) {
            case "docker" -> new DockerProvider(detail);
            case "embedded" -> new EmbeddedProvider(major(word, detail));
            case "local" -> new LocalProvider();
            default -> throw new UnknownChoice(word);
        };
    }

    /** "embedded:17" asks for a release. */
    private static int major(String word, String detail) {
        if (detail.isEmpty()) {
            return Versions.DEFAULT;
        }
        if (!detail.matches("\\d{1,4}")) {
            throw new UnknownChoice(word);
        }
        Versions.embedded(Integer.parseInt(detail));
        return Integer.parseInt(detail);
    }

    /** A word that {@code --db} does not know. */
    public static final class UnknownChoice extends LabException {
        UnknownChoice(String word) {
            super("--db " + UrlSecrets.hidden(word) + " is not one of " + String.join(", ", WORDS));
        }
    }
}
