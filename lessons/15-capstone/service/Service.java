import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/**
 * Invoices for many tenants: what fourteen lessons taught, in one program. Its environment is {@link Settings}. By hand, in the
 * root of the clone: {@code java -cp … lessons/15-capstone/service/Service.java}.
 */
public final class Service {
    private final Counters counters = new Counters();
    private final Settings settings;

    private Service(Settings settings) {
        this.settings = settings;
    }

    public static void main(String... args) throws Exception {
        new Service(Settings.of(System.getenv())).start();
    }

    // tag::start[]
    private void start() throws Exception {
        migrate();
        var primary = Database.primary(settings, counters);
        var standby = settings.readUrl().map(url -> Database.standby(settings, url, counters));
        var summaries = new Summaries(primary, counters);
        var api = new Api(settings, primary, new Reads(primary, standby, counters), summaries);

        var http = new Http(settings.port(), counters);
        http.on("/", api::answer);
        http.on("/health/live", _ -> new Api.Response(200, "{\"status\":\"up\"}", Optional.empty()));
        http.on("/health", _ -> health(primary));
        http.on("/metrics", _ -> metrics(primary, standby));

        var outbox = settings.eventsUrl().map(url -> new Outbox(settings, URI.create(url), counters));
        var publisher = outbox.map(told -> Thread.ofVirtual().start(told));
        var news = Thread.ofVirtual().start(new News(settings, summaries, () -> outbox.ifPresent(Outbox::wake)));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            http.close();                              // first those who wait for an answer
            news.interrupt();
            publisher.ifPresent(Thread::interrupt);
            standby.ifPresent(Database::close);
            primary.close();
        }));
        System.out.println("listening on 127.0.0.1:" + http.start());
    }
    // end::start[]

    // tag::migrate[]
    /** As the owner. Of two instances that start at once, one waits until the other is done (lesson 03). */
    private void migrate() {
        var flyway = Flyway.configure()
            .dataSource(settings.jdbcUrl() + (settings.jdbcUrl().contains("?") ? "&" : "?") + "targetServerType=primary",
                settings.ownerUser(), settings.ownerPassword())
            .locations(settings.migrationFolders()).placeholders(Map.of("app", settings.appUser()))
            .defaultSchema("billing").validateMigrationNaming(true).ignoreMigrationPatterns("*:future").connectRetries(3).load();
        System.out.println("migrated: " + flyway.migrate().migrationsExecuted);
    }
    // end::migrate[]

    // tag::health[]
    /** For who decides whether to send requests here. Whether to kill this process is another question: {@code /health/live}. */
    private static Api.Response health(Database primary) {
        try {
            var state = primary.text("select case when pg_is_in_recovery() then 'down' else 'up' end");
            return new Api.Response(state.equals("up") ? 200 : 503, Api.json(Map.of("status", state)), Optional.empty());
        } catch (SQLException e) {
            return new Api.Response(503, "{\"status\":\"down\"}", Optional.empty());
        }
    }

    private Api.Response metrics(Database primary, Optional<Database> standby) {
        var text = counters.text() + primary.metrics("primary") + standby.map(pool -> pool.metrics("standby") + lag(primary, pool)).orElse("");
        return new Api.Response(200, text, Optional.empty());
    }

    private static String lag(Database primary, Database standby) {
        try {
            var written = primary.text("select pg_current_wal_lsn()");
            return "billing_standby_lag_bytes " + standby.text("select case when pg_is_in_recovery() then greatest(0, "
                + "pg_wal_lsn_diff('" + written + "', pg_last_wal_replay_lsn()))::bigint else 0 end") + "\n";
        } catch (SQLException e) {
            return "";                                 // not known is not 0
        }
    }
    // end::health[]

    /** A pause that ends early where this thread is to end. */
    static void rest(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
