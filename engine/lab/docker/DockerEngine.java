package lab.docker;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lab.LabException;

/**
 * The Docker engine of this machine, asked in plain HTTP. Testcontainers asks more thoroughly, but needs the better part
 * of a second to find an engine and minutes to give up on an image.
 */
public final class DockerEngine {
    private static final String START_IT = ": start Docker, or set DOCKER_HOST to where it listens, or use --db embedded";
    /** Once one has answered, it is the one for as long as this process runs. */
    private static volatile Optional<DockerEngine> answered = Optional.empty();
    private final DockerAddress address;

    DockerEngine(DockerAddress address) {
        this.address = address;
    }

    /** The one that Testcontainers uses here as well; it need not answer. */
    public static DockerEngine ofThisMachine() {
        return ofThisMachine(DockerHttp.QUICK);
    }

    /** The one that was found is the one for all of this process: else a pause of the engine would have two parts of a run use two. */
    DockerEngine remember() {
        answered = Optional.of(this);
        return this;
    }

    /** @param patience with each place where something listens and says nothing */
    static DockerEngine ofThisMachine(Duration patience) {
        return answered.orElseGet(() -> new DockerEngine(DockerAddress.find(System.getenv(), Path.of("/"), patience)));
    }

    DockerAddress address() {
        return address;
    }

    @Override public String toString() {
        return address.toString();
    }

    /** Why the engine cannot be used; empty when it answers. Takes a second at most. */
    public Optional<String> reasonUnavailable() {
        return reasonUnavailable(DockerHttp.QUICK);
    }

    /** The same for who is ready to wait. */
    Optional<String> reasonUnavailable(Duration patience) {
        return switch (address) {
            case DockerAddress.Unusable(String reason) -> Optional.of(reason);
            case DockerAddress.OnlyForTheClient ignored -> DockerCommand.reasonUnavailable();
            case DockerAddress.Unix unix when !Files.exists(unix.socket()) -> Optional.of("no Docker engine answers at " + unix + START_IT);
            case DockerAddress.Reachable reachable -> ping(reachable, patience);
        };
    }

    /** Whether the image can be used without a download. */
    public boolean has(String image) throws LabException {
        if (!(address instanceof DockerAddress.Reachable reachable)) {
            return DockerCommand.succeeds(command(List.of("image", "inspect", image)));
        }
        try {
            return DockerHttp.get(reachable, "/images/" + image + "/json", DockerHttp.PATIENT) == 200;
        } catch (IOException e) {
            throw new LabException("the Docker engine at " + address + " stopped answering: " + e.getMessage(), e);
        }
    }

    /** The command line of Docker's own client for this engine, whatever context its user has chosen. */
    public List<String> command(List<String> arguments) {
        var host = switch (address) {
            case DockerAddress.Unix(var socket) -> List.of("--host", "unix://" + socket);
            case DockerAddress.Tcp tcp -> List.of("--host", tcp.toString());
            default -> List.<String>of();
        };
        return Stream.of(List.of(DockerCommand.NAME), host, arguments).flatMap(List::stream).toList();
    }

    /** Why its containers cannot read files of this machine; empty where they can. */
    public Optional<String> reasonNotLocal() {
        if (!(address instanceof DockerAddress.Unix)) {
            return Optional.of("the Docker engine at " + address + " may be another machine, which has none of our files");
        }
        return DockerCommand.isInstalled() ? Optional.empty() : Optional.of("the command docker is not on the PATH");
    }

    /** Ends a container of that name and removes it, if it is there. */
    public void remove(String container) {
        DockerCommand.succeeds(command(List.of("rm", "--force", container)));
    }

    private Optional<String> ping(DockerAddress.Reachable reachable, Duration patience) {
        try {
            var status = DockerHttp.get(reachable, "/_ping", patience);
            if (status == 200) {
                return Optional.empty();
            }
            return Optional.of("what answers at " + address + " is no Docker engine that works: status " + status + " for /_ping");
        } catch (IOException e) {
            return Optional.of(explain(e));
        }
    }

    private String explain(IOException failure) {
        if (failure instanceof SocketException && String.valueOf(failure.getMessage()).contains("ermission denied")) {
            return "permission denied on " + address + ": add yourself to the group docker with `sudo usermod -aG docker "
                + System.getProperty("user.name") + "` and log in again, or use --db embedded";
        }
        return "no Docker engine answers at " + address + " (" + failure.getMessage() + ")" + START_IT;
    }
}
