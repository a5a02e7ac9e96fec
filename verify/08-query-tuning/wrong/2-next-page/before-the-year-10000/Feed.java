import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All articles, page by page. */
public class Feed {

    public record Article(long id, OffsetDateTime createdAt, String title) { }

    /** Comes before all articles. */
    private static final Article START = new Article(Long.MAX_VALUE, OffsetDateTime.parse("9999-12-31T23:59:59.999999Z"), "");

    /**
     * The next page, the newest articles first.
     *
     * @param last the last article of the page before; empty for the first page
     */
    public static List<Article> page(Connection connection, Optional<Article> last, int size) throws SQLException {
        var page = new ArrayList<Article>();
        var start = last.orElse(START);
        try (var query = connection.prepareStatement("""
                select id, created_at, title from articles
                where (created_at, id) < (?, ?)
                order by created_at desc, id desc
                limit ?""")) {
            query.setObject(1, start.createdAt());
            query.setLong(2, start.id());
            query.setInt(3, size);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    page.add(new Article(row.getLong(1), row.getObject(2, OffsetDateTime.class), row.getString(3)));
                }
            }
        }
        return page;
    }
}
