import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import javax.sql.DataSource;

/** Loads authors with what they wrote. */
public class Authors {

    public record Post(long id, String title) { }

    public record Author(long id, String name, List<Post> posts) { }

    /** The authors with these ids, in this order, each with all posts, the newest first. */
    public static List<Author> load(DataSource source, List<Long> ids) throws SQLException {
        if (ids.isEmpty()) {
            return new ArrayList<>();
        }
        var byId = new HashMap<Long, Author>();
        try (var connection = source.getConnection()) {
            var array = connection.createArrayOf("bigint", ids.toArray(Long[]::new));
            try (var query = connection.prepareStatement("select id, name from authors where id = any(?)")) {
                query.setArray(1, array);
                try (var row = query.executeQuery()) {
                    while (row.next()) {
                        byId.put(row.getLong(1), new Author(row.getLong(1), row.getString(2), new ArrayList<>()));
                    }
                }
            }
            try (var query = connection.prepareStatement("""
                    select author_id, id, title from posts where author_id = any(?)
                    order by created_at desc, id desc""")) {
                query.setArray(1, array);
                try (var row = query.executeQuery()) {
                    while (row.next()) {
                        // posts.author_id is a foreign key: the author is there.
                        byId.get(row.getLong(1)).posts().add(new Post(row.getLong(2), row.getString(3)));
                    }
                }
            }
        }
        var authors = new ArrayList<Author>();
        for (var id : ids) {
            if (byId.containsKey(id)) {
                authors.add(byId.get(id));
            }
        }
        return authors;
    }
}
