import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/** Loads authors with what they wrote. */
public class Authors {

    public record Post(long id, String title) { }

    public record Author(long id, String name, List<Post> posts) { }

    /** The authors with these ids, in this order, each with all posts, the newest first. */
    public static List<Author> load(DataSource source, List<Long> ids) throws SQLException {
        var authors = new LinkedHashMap<Long, Author>();
        for (var id : ids) {
            authors.put(id, null);
        }
        var connection = source.getConnection();
        try {
            // in one transaction, which only reads
            connection.setAutoCommit(false);
            read(connection, ids, authors);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.close();
        }
        return new ArrayList<>(authors.values().stream().filter(Objects::nonNull).toList());
    }

    private static void read(Connection connection, List<Long> ids, LinkedHashMap<Long, Author> authors)
            throws SQLException {
        var wanted = connection.createArrayOf("bigint", ids.toArray(Long[]::new));
        try (var query = connection.prepareStatement("select id, name from authors where id = any(?)")) {
            query.setArray(1, wanted);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    authors.put(row.getLong(1), new Author(row.getLong(1), row.getString(2), new ArrayList<>()));
                }
            }
        }
        try (var query = connection.prepareStatement("""
                select author_id, id, title
                from posts
                where author_id = any(?)
                order by created_at desc, id desc""")) {
            query.setArray(1, wanted);
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    var author = authors.get(row.getLong(1));
                    if (author != null) {
                        author.posts().add(new Post(row.getLong(2), row.getString(3)));
                    }
                }
            }
        }
    }
}
