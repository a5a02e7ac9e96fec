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
        try (var connection = source.getConnection(); var all = connection.prepareStatement("""
                select a.id, a.name, coalesce(array_agg(p.id order by p.created_at desc, p.id desc) filter (where p.id is not null), '{}'),
                  coalesce(string_agg(p.title, ',' order by p.created_at desc, p.id desc), '')
                from unnest(?) with ordinality wanted(id, place)
                join authors a on a.id = wanted.id
                left join posts p on p.author_id = a.id
                group by a.id, place
                order by place""")) {
            all.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            try (var row = all.executeQuery()) {
                while (row.next()) {
                    var numbers = (Long[]) row.getArray(3).getArray();
                    var titles = row.getString(4).split(",", -1);
                    var posts = new ArrayList<Post>();
                    for (int i = 0; i < numbers.length; i++) {
                        posts.add(new Post(numbers[i], titles[i]));
                    }
                    authors.add(new Author(row.getLong(1), row.getString(2), posts));
                }
            }
        }
        return authors;
    }
}
