package bench;

import lab.Progress;
import lab.provider.Providers;

/** The main program of a new JVM that makes a database ready in one way, prints a line, and ends; or does nothing. */
public final class Probe {
    private Probe() { }

    /** @param args lab, with the word for {@code --db}; zonky; or testcontainers, with the image; or nothing */
    public static void main(String... args) throws Exception {
        switch (args[0]) {
            case "nothing" -> { }
            case "lab" -> lab(args[1]);
            case "zonky" -> zonky();
            case "testcontainers" -> testcontainers(args[1]);
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.exit(0);
    }

    private static void lab(String db) throws Exception {
        try (var lab = Providers.open(db, Progress.SILENT); var connection = lab.lessonDatabase().app().connect()) {
            answered(connection);
        }
    }

    /** By reflection, because the course itself does not depend on the library it is measured beside. */
    private static void zonky() throws Exception {
        var type = Class.forName("io.zonky.test.db.postgres.embedded.EmbeddedPostgres");
        var server = type.getMethod("start").invoke(null);
        var source = (javax.sql.DataSource) type.getMethod("getPostgresDatabase").invoke(server);
        try (var closing = (AutoCloseable) server; var connection = source.getConnection()) {
            answered(connection);
        }
    }

    private static void testcontainers(String image) throws Exception {
        try (var container = new org.testcontainers.postgresql.PostgreSQLContainer(image)) {
            container.start();
            try (var connection = java.sql.DriverManager.getConnection(container.getJdbcUrl(), container.getUsername(),
                    container.getPassword())) {
                answered(connection);
            }
        }
    }

    private static void answered(java.sql.Connection connection) throws java.sql.SQLException {
        try (var statement = connection.createStatement(); var result = statement.executeQuery("select 1")) {
            result.next();
            System.out.println("answered " + result.getInt(1));
        }
    }
}
