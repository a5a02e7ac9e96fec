import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All articles, page by page. */
public class Feed {

    public record Article(long id, OffsetDateTime createdAt, String title) { }

    /**
     * The next page, the newest articles first.
     *
     * @param last the last article of the page before; empty for the first page
     */
    public static List<Article> page(Connection connection, Optional<Article> last, int size) throws SQLException {
        var page = new ArrayList<Article>();
        try (var query = connection.prepareStatement("""
                select id, created_at, title from articles
                %s
                order by created_at desc, id desc
                limit ?""".formatted(last.isEmpty() ? "" : "where (created_at, id) < (to_timestamp(?), ?)"))) {
            int parameter = 1;
            if (last.isPresent()) {
                query.setDouble(parameter++, seconds(last.get().createdAt()));
                query.setLong(parameter++, last.get().id());
            }
            query.setInt(parameter, size);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    page.add(new Article(row.getLong(1), row.getObject(2, OffsetDateTime.class), row.getString(3)));
                }
            }
        }
        return page;
    }

    /** Seconds since 1970, with their fraction; infinity is infinity. */
    private static double seconds(OffsetDateTime time) {
        if (time.equals(OffsetDateTime.MAX)) {
            return Double.POSITIVE_INFINITY;
        }
        if (time.equals(OffsetDateTime.MIN)) {
            return Double.NEGATIVE_INFINITY;
        }
        return time.toEpochSecond() + time.getNano() / 1e9;
    }
}
