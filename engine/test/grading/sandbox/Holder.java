package grading.sandbox;

import java.nio.file.Path;
import java.util.List;
import jvm.ChildJvm;

/** A program that keeps a JVM in bubblewrap, until it is killed. */
public final class Holder {
    private Holder() { }

    /** @param args a new folder, and a number of seconds by which a test finds what runs inside */
    public static void main(String... args) throws Exception {
        var enclosure = new Bubblewrap().enclose(Path.of(args[0]));
        enclosure.start(ChildJvm.likeThis().running(Inmate.class, List.of(args[1])).redirectErrorStream(true)).waitFor();
    }

    /** Inside: sleeps, and so does a grandchild that has left it; neither listens to anything. */
    public static final class Inmate {
        private Inmate() { }

        public static void main(String... args) throws Exception {
            new ProcessBuilder("sh", "-c", "setsid sleep " + args[0] + " & true").start().waitFor();
            Thread.sleep(100_000_000);
        }
    }
}
