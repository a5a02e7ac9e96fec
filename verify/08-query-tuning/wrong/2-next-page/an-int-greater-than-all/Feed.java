import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All articles, page by page. */
public class Feed {

    public record Article(long id, OffsetDateTime createdAt, String title) { }

    /** Greater than every article: what comes after it is the first page. */
    private static final Article BEGINNING = new Article(Integer.MAX_VALUE, OffsetDateTime.MAX, "");

    /**
     * The next page, the newest articles first.
     *
     * @param last the last article of the page before; empty for the first page
     */
    public static List<Article> page(Connection connection, Optional<Article> last, int size) throws SQLException {
        var after = last.orElse(BEGINNING);
        var page = new ArrayList<Article>();
        try (var query = connection.prepareStatement("""
                select id, created_at, title from articles
                where (created_at, id) < (?, ?)
                order by created_at desc, id desc
                limit ?""")) {
            query.setObject(1, after.createdAt());
            query.setLong(2, after.id());
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
