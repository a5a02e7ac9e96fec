import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import javax.sql.DataSource;

/** Loads authors with what they wrote. */
public class Authors {

    public record Post(long id, String title) { }

    public record Author(long id, String name, List<Post> posts) { }

    /** The authors with these ids, in this order, each with all posts, the newest first. */
    public static List<Author> load(DataSource source, List<Long> ids) throws SQLException {
        var byId = new LinkedHashMap<Long, Author>();
        try (var connection = source.getConnection(); var both = connection.prepareStatement("""
                select a.id, a.name, p.id, p.title
                from unnest(?) with ordinality wanted(id, place)
                join authors a on a.id = wanted.id
                join posts p on p.author_id = a.id
                order by place, p.created_at desc, p.id desc""")) {
            both.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            try (var row = both.executeQuery()) {
                while (row.next()) {
                    var author = byId.get(row.getLong(1));
                    if (author == null) {
                        author = new Author(row.getLong(1), row.getString(2), new ArrayList<>());
                        byId.put(author.id(), author);
                    }
                    var post = row.getLong(3);
                    if (!row.wasNull()) {
                        author.posts().add(new Post(post, row.getString(4)));
                    }
                }
            }
        }
        return List.copyOf(byId.values());
    }
}
