//JAVA 25+
//DESCRIPTION Postgres by Experiment: the whole course, one program. Aliases in jbang-catalog.json pass the command.
// The one place for versions. `./jbang test` compares pom.xml with it.
//DEPS info.picocli:picocli:4.7.7
//DEPS org.jline:jline:4.5.0
//DEPS org.jsoup:jsoup:1.24.1
//DEPS tools.jackson.core:jackson-databind:3.2.4
//DEPS org.postgresql:postgresql:42.7.14
//DEPS com.zaxxer:HikariCP:7.1.0
//DEPS org.flywaydb:flyway-core:13.12.0
//DEPS org.flywaydb:flyway-database-postgresql:13.12.0
//DEPS org.testcontainers:testcontainers-postgresql:2.0.5
//DEPS org.slf4j:slf4j-jdk14:2.0.17
//DEPS org.apache.commons:commons-compress:1.28.0
//DEPS org.tukaani:xz:1.12
//DEPS org.junit.jupiter:junit-jupiter:6.1.3
//DEPS org.junit.platform:junit-platform-launcher:6.1.3
// C1 and the serial collector: every command of the course is short, and starts twice as fast with them.
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx256m -Xss2m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
// <sources>
//SOURCES cli/CleanCommand.java
//SOURCES cli/DatabaseOption.java
//SOURCES cli/DoctorCommand.java
//SOURCES cli/LessonCommand.java
//SOURCES cli/Main.java
//SOURCES cli/TrainCommand.java
//SOURCES kernel/ClassCache.java
//SOURCES kernel/Failures.java
//SOURCES kernel/Figures.java
//SOURCES kernel/JavaCompiler.java
//SOURCES kernel/Members.java
//SOURCES kernel/MemoryFiles.java
//SOURCES kernel/MemoryLoader.java
//SOURCES kernel/Output.java
//SOURCES kernel/Plans.java
//SOURCES kernel/SqlRunner.java
//SOURCES kernel/Tables.java
//SOURCES lab/Artifacts.java
//SOURCES lab/Binaries.java
//SOURCES lab/Caches.java
//SOURCES lab/Choice.java
//SOURCES lab/Cleaning.java
//SOURCES lab/ClientTools.java
//SOURCES lab/Cluster.java
//SOURCES lab/ClusterServer.java
//SOURCES lab/ClusterStore.java
//SOURCES lab/ClusterTemplate.java
//SOURCES lab/Database.java
//SOURCES lab/Databases.java
//SOURCES lab/DockerProvider.java
//SOURCES lab/EmbeddedProvider.java
//SOURCES lab/FolderLock.java
//SOURCES lab/Folders.java
//SOURCES lab/Guard.java
//SOURCES lab/Installation.java
//SOURCES lab/Lab.java
//SOURCES lab/LabException.java
//SOURCES lab/LessonDatabase.java
//SOURCES lab/LocalProvider.java
//SOURCES lab/Login.java
//SOURCES lab/Orphans.java
//SOURCES lab/Passwords.java
//SOURCES lab/Platform.java
//SOURCES lab/Privileges.java
//SOURCES lab/Progress.java
//SOURCES lab/Provider.java
//SOURCES lab/Roles.java
//SOURCES lab/Server.java
//SOURCES lab/UrlProvider.java
//SOURCES lab/Versions.java
//SOURCES lab/Waiting.java
//SOURCES lesson/Exercise.java
//SOURCES lesson/Home.java
//SOURCES lesson/Lesson.java
//SOURCES lesson/Page.java
//SOURCES lesson/Program.java
//SOURCES lesson/Region.java
//SOURCES lesson/UnknownName.java
//SOURCES script/Claims.java
//SOURCES script/EndOfLesson.java
//SOURCES script/Handover.java
//SOURCES script/Lanes.java
//SOURCES script/LessonFailed.java
//SOURCES script/LessonProgram.java
//SOURCES script/LogLines.java
//SOURCES script/Measuring.java
//SOURCES script/Queries.java
//SOURCES script/Resources.java
//SOURCES script/Run.java
//SOURCES script/Script.java
//SOURCES script/Selection.java
//SOURCES script/Session.java
//SOURCES script/Shown.java
//SOURCES script/SourceTypes.java
//SOURCES script/Stage.java
//SOURCES script/Transcript.java
//SOURCES script/Variables.java
//SOURCES script/Weaver.java
//SOURCES terminal/Drawing.java
//SOURCES terminal/PlainStage.java
// </sources>

/** The door of the course: {@code jbang lesson02} is {@code Course lesson02}. Reading starts at {@link cli.Main}. */
public class Course {
    public static void main(String... args) {
        System.exit(cli.Main.run(args));
    }
}
