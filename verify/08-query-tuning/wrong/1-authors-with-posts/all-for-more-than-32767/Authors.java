import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import javax.sql.DataSource;

/** Loads authors with what they wrote. */
public class Authors {

    public record Post(long id, String title) { }

    public record Author(long id, String name, List<Post> posts) { }

    /** A statement takes no more parameters than this. */
    private static final int MOST = 32_767;

    /** "where column in (?, ?, …)"; who asks for more than a statement takes wants nearly all of them. */
    private static PreparedStatement prepare(Connection connection, String select, String column, String order,
            List<Long> ids) throws SQLException {
        if (ids.size() > MOST) {
            return connection.prepareStatement(select + order);
        }
        var marks = "?, ".repeat(ids.size() - 1) + "?";
        var statement = connection.prepareStatement(select + " where " + column + " in (" + marks + ")" + order);
        for (int i = 0; i < ids.size(); i++) {
            statement.setLong(i + 1, ids.get(i));
        }
        return statement;
    }

    /** The authors with these ids, in this order, each with all posts, the newest first. */
    public static List<Author> load(DataSource source, List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return new ArrayList<>();
        }
        var byId = new HashMap<Long, Author>();
        try (var connection = source.getConnection()) {
            try (var authors = prepare(connection, "select id, name from authors", "id", "", ids)) {
                try (var row = authors.executeQuery()) {
                    while (row.next()) {
                        byId.put(row.getLong(1), new Author(row.getLong(1), row.getString(2), new ArrayList<>()));
                    }
                }
            }
            try (var posts = prepare(connection, "select author_id, id, title from posts", "author_id",
                    " order by created_at desc, id desc", ids)) {
                try (var row = posts.executeQuery()) {
                    while (row.next()) {
                        var author = byId.get(row.getLong(1));
                        if (author != null) {
                            author.posts().add(new Post(row.getLong(2), row.getString(3)));
                        }
                    }
                }
            }
        }
        var found = new ArrayList<Author>();
        for (var id : ids) {
            var author = byId.get(id);
            if (author != null) {
                found.add(author);
            }
        }
        return found;
    }
}
