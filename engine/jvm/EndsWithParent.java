package jvm;

import java.util.Arrays;

/** Runs the main method of another class, and ends when the parent of this JVM is gone, so that nothing is left after {@code kill -9}. */
public final class EndsWithParent {
    private EndsWithParent() { }

    /** @param arguments the name of a class that has {@code public static void main(String...)}, and what it is given */
    public static void main(String... arguments) throws Exception {
        ChildJvm.endWithParent();
        var program = Class.forName(arguments[0]).getMethod("main", String[].class);
        program.invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    }
}
