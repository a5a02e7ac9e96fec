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
        var byId = new HashMap<Long, Author>();
        try (var connection = source.getConnection()) {
            var array = connection.createArrayOf("bigint", ids.toArray());
            try (var select = connection.prepareStatement("select id, name from authors where id = any(?)")) {
                select.setArray(1, array);
                try (var row = select.executeQuery()) {
                    while (row.next()) {
                        byId.put(row.getLong(1), new Author(row.getLong(1), row.getString(2), new ArrayList<>()));
                    }
                }
            }
            // One row for each author; no title has a unit separator.
            try (var select = connection.prepareStatement("""
                    select author_id,
                           array_agg(id order by created_at desc, id desc),
                           string_agg(title, e'\\x1f' order by created_at desc, id desc)
                    from posts where author_id = any(?)
                    group by author_id""")) {
                select.setArray(1, array);
                try (var row = select.executeQuery()) {
                    while (row.next()) {
                        var author = byId.get(row.getLong(1));
                        if (author != null) {
                            var postIds = (Long[]) row.getArray(2).getArray();
                            var titles = row.getString(3).split("\u001f", -1);
                            for (int i = 0; i < postIds.length; i++) {
                                author.posts().add(new Post(postIds[i], titles[i]));
                            }
                        }
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
