import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Loads authors with what they wrote. */
public class Authors {

    public record Post(long id, String title) { }

    public record Author(long id, String name, List<Post> posts) { }

    /** Up to here an array is cheaper than a range. */
    private static final int MANY = 5_000;

    /** The authors with these ids, in this order, each with all posts, the newest first. */
    public static List<Author> load(DataSource source, List<Long> ids) throws SQLException {
        var found = new HashMap<Long, Author>();
        if (ids.isEmpty()) {
            return new ArrayList<>();
        }
        try (var connection = source.getConnection()) {
            if (ids.size() > MANY) {
                // Who wants so many wants nearly all: one range, not an array of a megabyte.
                loadRange(connection, ids, found);
            } else {
                loadSome(connection, ids, found);
            }
        }
        return inOrder(ids, found);
    }

    private static void loadSome(Connection connection, List<Long> ids, Map<Long, Author> found) throws SQLException {
        var array = connection.createArrayOf("bigint", ids.toArray());
        try (var authors = connection.prepareStatement("select id, name from authors where id = any(?)")) {
            authors.setArray(1, array);
            try (var row = authors.executeQuery()) {
                while (row.next()) {
                    found.put(row.getLong(1), new Author(row.getLong(1), row.getString(2), new ArrayList<>()));
                }
            }
        }
        try (var posts = connection.prepareStatement("""
                select author_id, id, title from posts where author_id = any(?)
                order by author_id, created_at desc, id desc""")) {
            posts.setArray(1, array);
            try (var row = posts.executeQuery()) {
                while (row.next()) {
                    var author = found.get(row.getLong(1));
                    if (author != null) {
                        author.posts().add(new Post(row.getLong(2), row.getString(3)));
                    }
                }
            }
        }
    }

    private static void loadRange(Connection connection, List<Long> ids, Map<Long, Author> found) throws SQLException {
        var wanted = new HashSet<>(ids);
        long first = Collections.min(ids);
        long last = Collections.max(ids);
        try (var authors = connection.prepareStatement("select id, name from authors where id between ? and ?")) {
            authors.setLong(1, first);
            authors.setLong(2, last);
            try (var row = authors.executeQuery()) {
                while (row.next()) {
                    if (wanted.contains(row.getLong(1))) {
                        found.put(row.getLong(1), new Author(row.getLong(1), row.getString(2), new ArrayList<>()));
                    }
                }
            }
        }
        try (var posts = connection.prepareStatement("""
                select author_id, id, title from posts where author_id between ? and ?
                order by author_id, created_at desc, id desc""")) {
            posts.setLong(1, first);
            posts.setLong(2, last);
            try (var row = posts.executeQuery()) {
                while (row.next()) {
                    var author = found.get(row.getLong(1));
                    if (author != null) {
                        author.posts().add(new Post(row.getLong(2), row.getString(3)));
                    }
                }
            }
        }
    }

    private static List<Author> inOrder(List<Long> ids, Map<Long, Author> found) {
        var authors = new ArrayList<Author>();
        for (var id : ids) {
            var author = found.get(id);
            if (author != null) {
                authors.add(author);
            }
        }
        return authors;
    }
}
