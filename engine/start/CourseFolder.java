package start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where somebody without a clone learns: {@code exercises/}, {@code .course/} with what was done, and a {@code ./jbang} that runs the
 * kept course on them.
 */
record CourseFolder(Path folder) {
    private static final String MARK = ".course/origin";

    /** This folder, or the nearest above it that was made to be one. */
    static Optional<CourseFolder> around(Path start) {
        return Stream.iterate(start, at -> at != null, Path::getParent).filter(at -> Files.exists(at.resolve(MARK))).findFirst().map(CourseFolder::new);
    }

    /** The repository that its exercises are of: what stands behind the {@code @}. */
    String origin() throws IOException {
        return Files.readString(folder.resolve(MARK)).strip();
    }

    /** Puts there what is missing, and the newest tasks. The learner's files stay as they are. */
    void prepare(Path course, KeptCourse kept, Origin origin) throws IOException {
        var from = course.resolve("exercises");
        try (var all = Files.walk(from)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var to = folder.resolve("exercises").resolve(from.relativize(file).toString());
                if (file.endsWith("exercise.adoc") || !Files.exists(to)) {
                    write(to, Files.readString(file));
                }
            }
        }
        write(folder.resolve(MARK), origin.name() + "\n");
        var shell = folder.resolve("jbang");
        write(shell, shell(kept.current(), origin));
        shell.toFile().setExecutable(true, false);
        write(folder.resolve("jbang.cmd"), windows(kept.current(), origin).replace("\n", "\r\n"));
    }

    private static String shell(Path current, Origin origin) {
        return """
            #!/bin/sh
            # Made by `jbang start@%1$s`, which also fetches the newest version. The course itself is in jbang's cache.
            current='%2$s'
            if ! IFS= read -r version 2>/dev/null <"$current"; then
              echo 'jbang: the course is no longer in the cache; jbang start@%1$s fetches it' >&2
              exit 2
            fi
            COURSE_FOLDER=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
            export COURSE_FOLDER
            exec sh "${current%%/*}/$version/jbang" "$@"
            """.formatted(origin.name(), current.toString().replace("'", "'\\''"));
    }

    /** Read with care, and run nowhere yet. */
    private static String windows(Path current, Origin origin) {
        return """
            @echo off
            rem Made by `jbang start@%1$s`, which also fetches the newest version. The course itself is in jbang's cache.
            setlocal DisableDelayedExpansion
            set "VERSION="
            for /f "usebackq delims=" %%%%v in ("%2$s") do set "VERSION=%%%%v"
            if not defined VERSION echo jbang: the course is no longer in the cache; jbang start@%1$s fetches it>&2
            if not defined VERSION exit /b 2
            set "COURSE_FOLDER=%%~dp0"
            set "COURSE_FOLDER=%%COURSE_FOLDER:~0,-1%%"
            "%3$s\\%%VERSION%%\\jbang.cmd" %%*
            """.formatted(origin.name(), current, current.getParent());
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
