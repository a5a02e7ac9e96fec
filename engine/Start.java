///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//MAIN Start
//DESCRIPTION Postgres by Experiment: what jbang itself runs for an alias. It finds the course, or fetches it, and runs a command of it.
// Small, and of few files: without a clone, jbang fetches each of them by itself. The launcher ./jbang passes it by.
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx96m
// <sources>
//SOURCES start/CourseArchive.java
//SOURCES start/CourseFolder.java
//SOURCES start/CourseRun.java
//SOURCES start/KeptCourse.java
//SOURCES start/Origin.java
//SOURCES start/StartFailed.java
// </sources>

/** The door for jbang: {@code jbang lesson05@owner/repository} is {@code Start lesson05}. Reading starts at {@link start.CourseRun}. */
public class Start {
    public static void main(String... args) throws Exception {
        System.exit(start.CourseRun.run(args));
    }
}
