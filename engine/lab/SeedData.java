package lab;

import java.sql.SQLException;
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
    public record Layer(String key, String name, Preparation preparation) { }

    /** What puts tables and rows into a database. */
    public interface Preparation {
        /** @param steps is told what it works on, each time that changes */
        void prepare(Database database, Steps steps) throws Exception;
    }

    /** Hears how a preparation gets on. */
    public interface Steps {
        /**
         * A step begins.
         *
         * @param step      "a lot of posts, 11 of 11"
         * @param megabytes what the database will hold when it is over, about; 0 where that is not known
         */
        void begin(String step, long megabytes);
    }

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
            for (int i = 0; i < layers.size(); i++) {
                var doing = doing(layers.get(i), i + 1, layers.size());
                progress.say(doing + " …");
                prepare(server.admin(), database, layers.get(i), doing, progress);
            }
            if (!isEmpty()) {
                vacuum(server.admin(), database, progress);
            }
            return server;
        } catch (LabException e) {
            server.close();
            throw e;
        }
    }

    /**
     * What is done while a layer is made, without an end: "Preparing the database that lesson 04 leaves (2 of 3)".
     *
     * @param place which it is of those that are made now
     */
    public static String doing(Layer layer, int place, int of) {
        return "Preparing " + layer.name() + (of > 1 ? " (" + place + " of " + of + ")" : "");
    }

    /**
     * Makes one layer in a database that holds those below it.
     *
     * @param admin    of the server, on another database
     * @param doing    what is done, as {@link #doing} says it
     * @param progress is told how far it is
     * @throws Failed with the layer's name and what went wrong
     */
    public static void prepare(Login admin, Database database, Layer layer, String doing, Progress progress) {
        try (var watch = PreparationWatch.of(admin, database.name(), doing, progress)) {
            layer.preparation().prepare(database, watch);
        } catch (Exception e) {
            throw new Failed("could not prepare " + layer.name() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Leaves nothing to be done later: statistics, visibility map and hint bits are as they will stay, so that every run
     * sees the same plans and buffers, and no autovacuum works beside an experiment.
     *
     * @param admin of the server, on another database
     */
    public static void vacuum(Login admin, Database database, Progress progress) {
        try (var watch = PreparationWatch.of(admin, database.name(), "Tidying up what was prepared", progress); var connection = database.admin().connect(); var statement = connection.createStatement()) {
            statement.execute("vacuum (freeze, analyze)");
        } catch (SQLException e) {
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
