package grading.sandbox;

import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.Arrays;

/** The first program of a JVM in a sandbox: lets it reach the ports that are passed on, then runs the program that it is there for. */
public final class Inside {
    private Inside() { }

    /** @param args the socket of the relay, a class with a main method, and what that is given */
    public static void main(String... args) throws Throwable {
        LoopbackPorts.serve(Path.of(args[0]));
        try {
            Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object) Arrays.copyOfRange(args, 2, args.length));
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
