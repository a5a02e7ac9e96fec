package lab.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import lab.LabException;
import lab.provider.Providers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The URL of a server")
class UrlAddressTest {
    private static final String WAITS = "connectTimeout=5&loginTimeout=5";

    @ParameterizedTest(name = "{0} is user {1}, password {2} at {3}")
    @CsvSource(quoteCharacter = '`', value = {
        "jdbc:postgresql://h:5433/d?user=me&password=p%26q,                     me,     p&q,     h:5433/d",
        "jdbc:postgresql://h?user=me&password=a+b,                              me,     a b,     h:5432/postgres",
        "jdbc:postgresql://me:secret@h/d,                                       me,     secret,  h:5432/d",
        "postgresql://me:secret@h.eu-central-1.example.com/shop?sslmode=require, me,    secret,  h.eu-central-1.example.com:5432/shop",
        "postgres://me:p%40s%2Fs%25+1@h:6543/d,                                 me,     p@s/s%+1, h:6543/d",
        "postgres://m%40e:a@b@h/d,                                              m@e,    a@b,     h:5432/d",
        "postgresql://h/d?user=me&password=a+b,                                 me,     a+b,     h:5432/d",
        "postgresql://me:secret@[::1]/d,                                        me,     secret,  [::1]:5432/d",
        "`postgresql://me:secret@one,two:5433/d`,                               me,     secret,  `one:5432,two:5433/d`"})
    void parts(String url, String user, String password, String place) {
        var address = UrlAddress.parse(url);
        assertEquals(user, address.user());
        assertEquals(password, address.password());
        assertEquals(place, address.toString());
        assertTrue(address.login().url().startsWith("jdbc:postgresql://" + place + "?"), address.login().url());
        assertTrue(Providers.isKnown(url));
    }

    @Test
    @DisplayName("has its options passed on, with the names that JDBC has for them")
    void options() {
        var hosted = "postgresql://me:secret@h/d?sslmode=require&channel_binding=require&connect_timeout=10&options=endpoint%3Dcool+1";
        assertEquals("jdbc:postgresql://h:5432/d?channelBinding=require&connectTimeout=10&loginTimeout=5&options=endpoint%3Dcool%2B1&sslmode=require",
            UrlAddress.parse(hosted).login().url());
        assertEquals("jdbc:postgresql://h:5432/d?" + WAITS + "&ssl=true", UrlAddress.parse("jdbc:postgresql://h/d?ssl=true").login().url());
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://me:s3cret", "postgresql://me:s3cret/d", "postgresql://me:a/s3cret@h/d", "postgresql://me:a?s3cret@h/d",
        "postgresql://me:50%s3cret@h/d", "postgresql:me:s3cret@h/d", "jdbc:postgresql:///d?password=s3cret", "jdbc:postgresql://h/d?password=50%s3cret",
        "jdbc:postgresql://h:port/d?sslpassword=s3cret&password=s3cret"})
    @DisplayName("that cannot be read is refused without its password")
    void unreadable(String url) {
        var refused = assertThrows(LabException.class, () -> UrlAddress.parse(url));
        assertTrue(refused.getMessage().contains("is no URL of a PostgreSQL"), refused.getMessage());
        assertFalse(refused.getMessage().contains("s3cret"), refused.getMessage());
    }

    @Test
    @DisplayName("shows no password wherever it stands in a message")
    void hidden() {
        assertEquals("there is no database \"mysql://…@h/d\"; did you mean docker?",
            UrlSecrets.hidden("there is no database \"mysql://me:s3cret@h/d\"; did you mean docker?"));
        assertEquals("jdbc:postgresql://h/d?user=me&password=…&ssl=true", UrlSecrets.hidden("jdbc:postgresql://h/d?user=me&password=s3cret&ssl=true"));
        assertEquals("host=h password=… user=me", UrlSecrets.hidden("host=h password='s3 cret' user=me"));
        for (var harmless : new String[] {"no connection to postgres at jdbc:postgresql://127.0.0.1:5432/postgres", "http://[::1]:80/", "http://h:80, and more",
                "docker:postgres:18@sha256:ab"}) {
            assertEquals(harmless, UrlSecrets.hidden(harmless));
        }
    }
}
