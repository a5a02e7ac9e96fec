package grading.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import lab.net.ServerPlace;

/** Nothing around a JVM. */
final class Unprotected implements Sandbox {
    private static final Enclosure OPEN = new Open();

    @Override public String name() {
        return "none";
    }

    @Override public String doesNotHold() {
        return "its code can read and write all that you can, and connect wherever you can";
    }

    @Override public Enclosure enclose(Path folder) {
        return OPEN;
    }

    private static final class Open implements Enclosure {
        @Override public boolean isOpen() {
            return true;
        }

        @Override public Process start(ProcessBuilder jvm) throws IOException {
            return jvm.start();
        }

        @Override public Path lendFile(Path file) {
            return file;
        }

        @Override public Path lendFolder(Path folder) {
            return folder;
        }

        @Override public Path lendPrograms(Path fileOrFolder) {
            return fileOrFolder;
        }

        @Override public ServerPlace reach(ServerPlace place) {
            return place;
        }

        @Override public void close() { }
    }
}
