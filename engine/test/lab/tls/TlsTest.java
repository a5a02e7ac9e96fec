package lab.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import lab.Lab;
import lab.Login;
import lab.Progress;
import lab.provider.Providers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TlsTest {
    private static Lab lab;
    private static ServerTls tls;

    @BeforeAll
    static void open() {
        lab = Providers.open("embedded", Progress.SILENT);
        tls = ServerTls.on(lab.server());
    }

    @AfterAll
    static void close() {
        tls.close();
        lab.close();
    }

    @Test
    @DisplayName("the server has TLS, its certificate is verified, and a second certificate takes the place of the first")
    void verified() throws Exception {
        assertEquals("TLSv1.3", value(tls.verified(app()), "select version from pg_stat_ssl where pid = pg_backend_pid()"));
        try (var second = ServerTls.on(lab.server())) {
            value(second.verified(app()), "select 1");
            assertThrows(SQLException.class, () -> value(tls.verified(app()), "select 1"));
        }
        tls = ServerTls.on(lab.server());
        value(tls.verified(app()), "select 1");
    }

    @Test
    @DisplayName("closing switches it off and removes the authority")
    void closed() throws Exception {
        var root = tls.root();
        tls.close();
        assertFalse(Files.exists(root));
        var off = System.currentTimeMillis() + 10_000;
        while (!value(app(), "show ssl").equals("off")) {
            assertTrue(System.currentTimeMillis() < off);
        }
        tls = ServerTls.on(lab.server());
    }

    @Test
    @DisplayName("who listens reads nothing that went by TLS, and all that did not")
    void listening() throws Exception {
        try (var listener = ManInTheMiddle.listening(app())) {
            value(listener.login(), "select 'by TLS, as preferred'");
            assertFalse(listener.saw("as preferred"));
            value(with(listener.login(), "sslmode=disable"), "select 'in clear'");
            assertTrue(listener.saw("in clear"));
        }
    }

    @Test
    @DisplayName("who refuses TLS reads along where the client only prefers it")
    void refusing() throws Exception {
        try (var man = ManInTheMiddle.refusingTls(app())) {
            assertThrows(SQLException.class, () -> value(with(man.login(), "sslmode=require"), "select 1"));
            value(with(man.login(), "sslmode=prefer"), "select 'preferred'");
            assertTrue(man.saw("preferred"));
        }
    }

    @Test
    @DisplayName("who shows a certificate of his own is found out by those who verify it, and by channel binding")
    void certificate() throws Exception {
        try (var mallory = Authority.create("Mallory")) {
            var own = mallory.issue(List.of("127.0.0.1"));
            for (var man : List.of(ManInTheMiddle.showing(own, app()), ManInTheMiddle.relayingTls(own, app()))) {
                try (man) {
                    assertThrows(SQLException.class, () -> value(tls.verified(man.login()), "select 1"));
                    assertThrows(SQLException.class, () -> value(with(man.login(), "sslmode=require&channelBinding=require"), "select 1"));
                    value(with(man.login(), "sslmode=require&channelBinding=disable"), "select 'required'");
                    assertTrue(man.saw("required"));
                }
            }
        }
    }

    @Test
    @DisplayName("who asks for the password in clear gets it from a client that does not mind")
    void password() throws Exception {
        try (var man = ManInTheMiddle.askingForPassword(app())) {
            assertThrows(SQLException.class, () -> value(tls.verified(man.login()), "select 1"));
            assertThrows(SQLException.class, () -> value(with(man.login(), "requireAuth=scram-sha-256"), "select 1"));
            assertFalse(man.saw(app().password()));
            assertThrows(SQLException.class, () -> value(man.login(), "select 1"));
            assertTrue(man.saw(app().password()));
        }
    }

    private static Login app() {
        return lab.lessonDatabase().app();
    }

    private static Login with(Login login, String options) {
        return new Login(login.url() + "?" + options, login.user(), login.password());
    }

    private static String value(Login login, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(login.url(), login.user(), login.password());
             var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
