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
        if (connection.getAutoCommit()) { // one page, one picture
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        }
        var page = new ArrayList<Article>();
        // One comparison of two columns: the index, read backwards, begins right there. With "or" it would begin at its end.
        var after = last.isPresent() ? "where (created_at, id) < (?, ?)" : "";
        try (var query = connection.prepareStatement("select id, created_at, title from articles " + after
                + " order by created_at desc, id desc limit ?")) { // the id gives those of one instant an order
            int at = 1;
            if (last.isPresent()) {
                query.setObject(at++, last.get().createdAt());
                query.setLong(at++, last.get().id());
            }
            query.setInt(at, size);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    page.add(new Article(row.getLong(1), row.getObject(2, OffsetDateTime.class), row.getString(3)));
                }
            }
        }
        if (connection.getAutoCommit()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        }
        return page;
    }
}
