package lab.url;

import java.sql.SQLException;
import java.util.Optional;
import lab.ClientTools;
import lab.LabException;
import lab.Progress;
import lab.Provider;
import lab.SeedData;
import lab.Server;
import lab.SqlErrors;

/**
 * A server that runs already, given by its URL. The course works only in databases that it creates there, and removes
 * them, and the two roles it makes, when it ends.
 */
public final class UrlProvider implements Provider {
    private final String url;

    /** @param url as {@link UrlAddress#parse} reads it; it may be wrong, which {@link #reasonUnavailable} says */
    public UrlProvider(String url) {
        this.url = url;
    }

    @Override public String name() {
        return "postgresql";
    }

    @Override public Optional<String> reasonUnavailable() {
        try {
            UrlAddress.parse(url);
            return Optional.empty();
        } catch (LabException e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override public Server start(SeedData seedData, Progress progress) throws LabException {
        var address = UrlAddress.parse(url);
        var admin = address.login();
        try (var connection = admin.connect()) {
            UrlPrivileges.of(connection).check(address.toString());
        } catch (SQLException e) {
            throw refusal(address, e);
        }
        var database = UrlServer.newDatabase();
        var place = address.hosts() + ", database " + database;
        var tools = ClientTools.none("the server of a URL comes without them");
        return seedData.into(UrlServer.open(admin, database, place, tools, progress), progress);
    }

    private static LabException refusal(UrlAddress address, SQLException e) {
        var sentence = switch (String.valueOf(e.getSQLState())) {
            case "28P01", "28000" -> "the server at " + address + " refuses the role " + address.user()
                + ": check user and password of the URL (or PGPASSWORD)";
            case "3D000" -> "there is no database " + address.database() + " at " + address.hosts() + ": name one that exists, postgres for example";
            case "08001", "08004", "08006" -> "no PostgreSQL answers at " + address + " within 5 s: is it running, and are host and port right?";
            default -> "the server at " + address + " cannot be used";
        };
        return new LabException(sentence + "; the driver says: " + SqlErrors.describe(e), e);
    }
}
