package grading.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import lab.Login;
import lab.net.ServerPlace;

/** What is around one JVM. Paths and places are named in it as the JVM sees them, so both are translated for it. */
public interface Enclosure extends AutoCloseable {
    /** Whether everything is inside as it is outside. */
    boolean isOpen();

    /** Starts the JVM. */
    Process start(ProcessBuilder jvm) throws IOException;

    /** Lets the JVM read a copy of this file, made now. @return where it finds it */
    Path lendFile(Path file);

    /** Lets the JVM read a copy of this folder, made now, without what is no file or leads out of it. @return where it finds it */
    Path lendFolder(Path folder);

    /** Lets the JVM read these programs and libraries, which nobody changes. @return where it finds them */
    Path lendPrograms(Path fileOrFolder);

    /** Lets the JVM connect there. @return how it connects */
    ServerPlace reach(ServerPlace place);

    /** Lets the JVM connect to this server. @return the login with which it does */
    default Login reach(Login login) {
        return isOpen() ? login : ServerPlace.moved(login, reach(ServerPlace.of(login)));
    }

    /** Ends what still runs in it. */
    @Override void close();
}
