package grading.sandbox;

import java.nio.file.Path;

/**
 * What a JVM in a sandbox is given.
 *
 * @param jvm  its command line
 * @param java in place of the program that it starts: see {@link UnreadableJava}
 * @param lent the folder that can be read inside as {@link #LENT}, and in which files appear while it runs
 * @param name of this JVM, unlike that of any other on this machine
 */
record Confinement(JvmCommand jvm, UnreadableJava java, Path lent, String name) {
    static final Path LENT = Path.of("/course");
    /** The account as which it runs, where that can be another one: nobody's. */
    static final String NOBODY = "65534";
}
