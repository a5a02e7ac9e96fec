package grading.sandbox;

import java.util.List;
import java.util.Optional;
import lab.LabException;

/** Which sandboxes there are on this machine. */
public final class Sandboxes {
    /** What {@code --sandbox} takes. */
    public static final List<String> WORDS = List.of(DockerSandbox.NAME, Bubblewrap.NAME, Sandbox.NONE.name());

    private Sandboxes() { }

    /** The first that works here: Docker, which bounds most, bubblewrap; {@link Sandbox#NONE} where none does. */
    public static Sandbox best() {
        return WORDS.stream().filter(word -> reasonUnavailable(word).isEmpty()).findFirst().map(Sandboxes::make).orElse(Sandbox.NONE);
    }

    /** @param word one of {@link #WORDS} @throws LabException where it does not work here, with what to do */
    public static Sandbox of(String word) {
        reasonUnavailable(word).ifPresent(reason -> {
            throw new LabException("--sandbox " + word + ": " + reason);
        });
        return make(word);
    }

    /** Why it does not work here; empty where it does. */
    public static Optional<String> reasonUnavailable(String word) {
        return switch (word) {
            case DockerSandbox.NAME -> DockerSandbox.reasonUnavailable();
            case Bubblewrap.NAME -> Bubblewrap.reasonUnavailable();
            default -> Optional.empty();
        };
    }

    private static Sandbox make(String word) {
        return switch (word) {
            case DockerSandbox.NAME -> new DockerSandbox();
            case Bubblewrap.NAME -> new Bubblewrap();
            default -> Sandbox.NONE;
        };
    }
}
