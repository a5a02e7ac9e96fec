///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//DEPS org.postgresql:postgresql:42.7.14
//DEPS com.zaxxer:HikariCP:7.1.0
//DEPS org.slf4j:slf4j-nop:1.7.36
//DEPS org.apache.shardingsphere:shardingsphere-jdbc:5.5.2
//JAVA_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.shardingsphere.driver.api.yaml.YamlShardingSphereDataSourceFactory;
import org.apache.shardingsphere.sharding.exception.syntax.UnsupportedUpdatingShardingValueException;

/** A router inside of the program, and one by hand: the same two pieces, the same questions, the same rows? */
class ShardingSphere {
    // tag::shown[]
    static final String RULES = """
        mode:
          type: Standalone
          repository: { type: Memory }
        rules:
        - !SHARDING
          tables:
            purchases:
              actualDataNodes: shop_0.purchases_0, shop_1.purchases_1
              databaseStrategy:
                standard: { shardingColumn: user_id, shardingAlgorithmName: server }
              tableStrategy:
                standard: { shardingColumn: user_id, shardingAlgorithmName: table }
          shardingAlgorithms:
            server: { type: INLINE, props: { algorithm-expression: "shop_${user_id % 2}" } }
            table: { type: INLINE, props: { algorithm-expression: "purchases_${user_id % 2}" } }
        """;
    // end::shown[]

    static final List<String> SENT = Collections.synchronizedList(new ArrayList<>());

    public static void main(String... args) throws Exception {
        try (var shop0 = new Watched(); var shop1 = new Watched()) { // two pools stand for two servers
            try (var connection = shop0.getConnection(); var statement = connection.createStatement()) {
                for (int piece = 0; piece < 2; piece++) {
                    statement.execute("create table public.purchases_" + piece + " (id int primary key, user_id int not null, cents int not null)");
                }
            }
            var router = YamlShardingSphereDataSourceFactory.createDataSource(Map.of("shop_0", shop0, "shop_1", shop1), RULES.getBytes());
            run(router, shop0);
            ((AutoCloseable) router).close();
        }
    }

    static void run(DataSource router, DataSource pool) throws SQLException {
        try (var through = router.getConnection(); var direct = pool.getConnection()) {
            // tag::shown[]

            try (var insert = through.prepareStatement("insert into purchases (id, user_id, cents) values (?, ?, ?)")) {
                for (int n = 1; n <= 100; n++) {
                    insert.setInt(1, n);
                    insert.setInt(2, n % 17);
                    insert.setInt(3, n * 37 % 100);
                    insert.executeUpdate();
                }
            }
            for (var query : List.of(
                    "select id, cents from purchases where user_id = 7 order by id",
                    "select count(*) from purchases",
                    "select max(cents) from purchases",
                    "select user_id, sum(cents) from purchases group by user_id order by user_id",
                    "select id, cents from purchases order by cents desc, id limit 5")) {
                SENT.clear();
                var rows = rows(through, query);
                var statements = SENT.size();
                var whole = "(select * from purchases_0 union all select * from purchases_1) purchases";
                check(rows.equals(rows(direct, query.replace("from purchases", "from " + whole))));
                System.out.println(statements + " sent, the same rows: " + query);
            }
            for (var write : List.of(
                    "insert into purchases (id, user_id, cents) values (1, 2, 0)", // 1 is there, of user 1
                    "update purchases set user_id = 8 where user_id = 7")) {
                try (var statement = through.createStatement()) {
                    statement.execute(write);
                    System.out.println("accepted: " + write);
                    check(write.startsWith("insert"));
                } catch (UnsupportedUpdatingShardingValueException e) {
                    System.out.println("refused: " + write);
                    check(write.startsWith("update"));
                }
            }
            // end::shown[]
        }
    }

    static List<List<String>> rows(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement(); var result = statement.executeQuery(query)) {
            var rows = new ArrayList<List<String>>();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getLong(i)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** Writes down what is sent. */
    public static class Watched extends HikariDataSource {
        Watched() {
            setUrl(System.getenv("JDBC_URL"));
            setUsername(System.getenv("PGUSER"));
            setPassword(System.getenv("PGPASSWORD"));
        }

        public String getUrl() { // ShardingSphere asks the pool where its database is
            return getJdbcUrl();
        }

        public void setUrl(String url) {
            setJdbcUrl(url);
        }

        @Override public Connection getConnection() throws SQLException {
            return proxy(Connection.class, super.getConnection());
        }
    }

    static <T> T proxy(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(ShardingSphere.class.getClassLoader(), new Class<?>[] {type}, (self, method, values) -> {
            if (method.getName().startsWith("execute") || method.getName().equals("prepareStatement")) {
                if (values != null && values.length > 0 && values[0] instanceof String sql) {
                    SENT.add(sql);
                }
            }
            try {
                var result = method.invoke(target, values);
                return switch (result) {
                    case Connection connection -> proxy(Connection.class, connection);
                    case java.sql.PreparedStatement statement -> proxy(java.sql.PreparedStatement.class, statement);
                    case java.sql.Statement statement -> proxy(java.sql.Statement.class, statement);
                    case null, default -> result;
                };
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    static void check(boolean holds) {
        if (!holds) {
            throw new AssertionError("not as the lesson says");
        }
    }
}
