package script;

/**
 * A lesson that was started by itself ({@code jbang lessons/02-pooling/lesson02.java}, or in an IDE) hands over to the
 * course, which compiles the program again if the engine has changed since. So a stale script never meets a newer engine.
 */
final class CourseLauncher {
    private CourseLauncher() { }

    static void toCourse(String lesson, String... args) {
        var arguments = new String[args.length + 1];
        arguments[0] = "lesson" + lesson.substring(0, 2);
        System.arraycopy(args, 0, arguments, 1, args.length);
        try {
            // The command line is a room above this one; only here, where a lesson is its own main program, we go up.
            Class.forName("cli.Main").getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot start the course for " + lesson, e);
        }
    }
}
