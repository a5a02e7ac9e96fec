package lab.docker;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import lab.LabException;
import lab.SqlErrors;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/**
 * Waits until PostgreSQL in a container takes a connection. Reading its log for a line would be a guess about the image,
 * and a connection has to be made anyway.
 */
final class ConnectionWaitStrategy extends AbstractWaitStrategy {
    private static final int MILLISECONDS_BETWEEN_TRIES = 10;
    private static final int TRIES_BETWEEN_LOOKS = 50;
    private final String password;

    ConnectionWaitStrategy(String password) {
        this.password = password;
    }

    @Override protected void waitUntilReady() {
        var deadline = Instant.now().plus(startupTimeout);
        var url = DockerContainer.url(waitStrategyTarget.getHost(), waitStrategyTarget.getMappedPort(DockerContainer.PORT));
        for (int tries = 1; !answers(url, deadline); tries++) {
            if (tries % TRIES_BETWEEN_LOOKS == 0 && !waitStrategyTarget.isRunning()) {
                throw new LabException("the container has ended");
            }
            pause();
        }
    }

    private boolean answers(String url, Instant deadline) {
        try (var connection = DriverManager.getConnection(url + "?connectTimeout=5", "postgres", password)) {
            return connection.isValid(5);
        } catch (SQLException e) {
            if (Instant.now().isAfter(deadline) || "28P01".equals(e.getSQLState())) {
                throw new LabException("no connection: " + SqlErrors.describe(e), e);
            }
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(MILLISECONDS_BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }
}
