package lab.docker;

import lab.Progress;
import lab.provider.Providers;

/** Opens a lab, prints its server's description, and closes it. */
final class DockerDescribeLab {
    public static void main(String... args) {
        try (var lab = Providers.open(args[0], Progress.SILENT)) {
            System.out.println(lab.server().describe());
        }
        System.exit(0); // Testcontainers keeps threads of its own
    }
}
