package lab;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Says every second how far the preparation of a database is: what it works on, what PostgreSQL tells of it, and for how long.
 * Asks from another database, so that it is no session of the one that is prepared. What it cannot find out it leaves out.
 */
final class PreparationWatch implements SeedData.Steps, AutoCloseable {
    private static final int MOST_PERCENT = 99;
    private static final long MEGABYTE = 1 << 20;
    private static final String SIZE = "select pg_database_size(?)";
    /** What is counted while it works: indexes, vacuum, analyze and copy (documentation, 27.4). */
    private static final String SHARE = """
        select 'an index', blocks_done, blocks_total from pg_stat_progress_create_index where datname = ?
        union all select 'an index', tuples_done, tuples_total from pg_stat_progress_create_index where datname = ?
        union all select 'vacuum', heap_blks_scanned, heap_blks_total from pg_stat_progress_vacuum where datname = ?
        union all select 'statistics', sample_blks_scanned, sample_blks_total from pg_stat_progress_analyze where datname = ?
        union all select 'copy', bytes_processed, bytes_total from pg_stat_progress_copy where datname = ?""";
    private static final int PARAMETERS_OF_SHARE = 5;
    private final Login admin;
    private final String database;
    private final String doing;
    private final Progress progress;
    private final long began = System.nanoTime();
    private final Meanwhile everySecond;
    private Optional<Connection> connection = Optional.empty();
    private boolean isSilent;
    private volatile Step step = new Step("", 0);

    private record Step(String name, long megabytes) { }

    private PreparationWatch(Login admin, String database, String doing, Progress progress) {
        this.admin = admin;
        this.database = database;
        this.doing = doing;
        this.progress = progress;
        this.everySecond = Meanwhile.every(Duration.ofSeconds(1), () -> progress.update(line(known())));
    }

    /**
     * Begins to watch.
     *
     * @param admin    of the server, on another database than the one that is prepared
     * @param doing    what is done, without an end: "Preparing the database that lesson 04 leaves"
     */
    static PreparationWatch of(Login admin, String database, String doing, Progress progress) {
        return new PreparationWatch(admin, database, doing, progress);
    }

    @Override public void begin(String step, long megabytes) {
        this.step = new Step(step, megabytes);
    }

    /** What the server tells; nothing any more once it has not answered. */
    private List<String> known() {
        try {
            if (connection.isEmpty() && !isSilent) {
                connection = Optional.of(admin.connect());
            }
            return isSilent ? List.of() : known(connection.get());
        } catch (SQLException | LabException e) {
            isSilent = true;
            return List.of();
        }
    }

    private List<String> known(Connection connection) throws SQLException {
        var known = new ArrayList<String>();
        try (var statement = connection.prepareStatement(SHARE)) {
            for (int i = 1; i <= PARAMETERS_OF_SHARE; i++) {
                statement.setString(i, database);
            }
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    if (found.getLong(3) > 0 && known.isEmpty()) {
                        known.add(found.getString(1) + " " + 100 * Math.min(found.getLong(2), found.getLong(3)) / found.getLong(3) + " %");
                    }
                }
            }
        }
        try (var statement = connection.prepareStatement(SIZE)) {
            statement.setString(1, database);
            try (var found = statement.executeQuery()) {
                found.next();
                known.add(size(found.getLong(1) / MEGABYTE));
            }
        }
        return known;
    }

    /** A share, too, where the size in the end is known: about, so it is never the whole. */
    private String size(long megabytes) {
        var expected = step.megabytes();
        return expected == 0 ? megabytes + " MB so far" : Math.min(MOST_PERCENT, 100 * megabytes / expected) + " %, " + megabytes + " of some " + expected + " MB";
    }

    private String line(List<String> known) {
        var parts = new ArrayList<String>();
        if (!step.name().isEmpty()) {
            parts.add(step.name());
        }
        parts.addAll(known);
        parts.add("for " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) + " s");
        return doing + ": " + String.join(", ", parts);
    }

    /** Returns when its connection is closed. */
    @Override public void close() {
        everySecond.close();
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException e) {
            // closed is what it should be
        }
    }
}
