import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Loads authors with what they wrote. */
public class Authors {

    public record Post(long id, String title) { }

    public record Author(long id, String name, List<Post> posts) { }

    /** The authors with these ids, in this order, each with all posts, the newest first. */
    public static List<Author> load(DataSource source, List<Long> ids) throws SQLException {
        var authors = new ArrayList<Author>();
        try (var connection = source.getConnection();
             var query = connection.prepareStatement("""
                     select author.id, author.name, written.ids, written.titles
                     from unnest(?::bigint[]) with ordinality as wanted (id, place)
                     join authors author on author.id = wanted.id
                     cross join lateral (
                         select array_agg(post.id::bigint order by post.created_at desc, post.id desc) as ids,
                                array_agg(post.title::text order by post.created_at desc, post.id desc) as titles
                         from posts post
                         where post.author_id = author.id
                     ) written
                     order by wanted.place""")) {
            query.setArray(1, connection.createArrayOf("bigint", ids.toArray(Long[]::new)));
            try (var row = query.executeQuery()) {
                while (row.next()) {
                    var posts = new ArrayList<Post>();
                    var postIds = row.getArray("ids");
                    if (postIds != null) {
                        var id = (Long[]) postIds.getArray();
                        var title = (String[]) row.getArray("titles").getArray();
                        for (int i = 0; i < id.length; i++) {
                            posts.add(new Post(id[i], title[i]));
                        }
                    }
                    authors.add(new Author(row.getLong("id"), row.getString("name"), posts));
                }
            }
        }
        return authors;
    }
}
