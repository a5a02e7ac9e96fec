package lab;

import java.util.List;
import java.util.Map;

/**
 * What the lesson's database holds when a run begins: layers, each built upon the ones before it. A lab that keeps seeded
 * databases finds them again by the key, and makes each layer once.
 */
public record SeedData(List<Layer> layers) {
    public static final SeedData NONE = new SeedData(List.of());

    /**
     * Of the server on which seed data are made: little log is left over to be copied, no autovacuum decides when statistics are made, and
     * nobody's statements are remembered.
     */
    public static final Map<String, String> SETTINGS = Map.of(
        "max_wal_size", "64MB",
        "min_wal_size", "32MB",
        "checkpoint_warning", "0",
        "full_page_writes", "off",
        "autovacuum", "off",
        "maintenance_work_mem", "256MB",
        "pg_stat_statements.save", "off");

    public SeedData {
        layers = List.copyOf(layers);
    }

    /**
     * @param key         says all that the content depends on, the layers below included; letters and digits
     * @param name        what it holds, for the line that says what takes long
     * @param preparation makes it, in a database that holds the layers below
     */
    public record Layer(String key, String name, Databases.Preparation preparation) { }

    /** Whether the database begins empty. */
    public boolean isEmpty() {
        return layers.isEmpty();
    }

    /** Of all layers together: the last one's, which depends on those below it. */
    public String key() {
        return isEmpty() ? "empty" : last().key();
    }

    /** The layer that is built upon all others. Only where it is not empty. */
    public Layer last() {
        return layers.getLast();
    }

    /** The same without the last layer. */
    public SeedData below() {
        return new SeedData(layers.subList(0, layers.size() - 1));
    }

    /**
     * Makes all layers in the lesson's database of a server that keeps nothing from run to run. Closes the server when that
     * fails.
     *
     * @return the server
     * @throws Failed with the layer's name
     */
    public <S extends Server> S into(S server, Progress progress) {
        try {
            var database = Database.on(server, server.lessonDatabase());
            for (var layer : layers) {
                progress.say("Preparing " + layer.name() + " …");
                prepare(database, layer);
            }
            if (!isEmpty()) {
                vacuum(database);
            }
            return server;
        } catch (LabException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Makes one layer in a database that holds those below it.
     *
     * @throws Failed with the layer's name and what went wrong
     */
    public static void prepare(Database database, Layer layer) {
        try {
            layer.preparation().prepare(database);
        } catch (Exception e) {
            throw new Failed("could not prepare " + layer.name() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Leaves nothing to be done later: statistics, visibility map and hint bits are as they will stay, so that every run
     * sees the same plans and buffers, and no autovacuum works beside an experiment.
     */
    public static void vacuum(Database database) {
        try (var connection = database.admin().connect(); var statement = connection.createStatement()) {
            statement.execute("vacuum (freeze, analyze)");
        } catch (java.sql.SQLException e) {
            throw new Failed("could not vacuum " + database.name() + ": " + SqlErrors.describe(e), e);
        }
    }

    /** The content is wrong, not the server: another cluster would not help. */
    public static final class Failed extends LabException {
        /** @param message names the layer or the database */
        public Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
