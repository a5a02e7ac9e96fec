package launcher;

/** What one command did; {@code pid} is the process id it was started with. */
record Run(int exit, String out, String err, long pid) {

    /** The value of a line {@code name=value} that the fake Java printed. */
    String value(String name) {
        return out.lines().filter(line -> line.startsWith(name + "=")).findFirst().map(line -> line.substring(name.length() + 1))
                .orElseThrow(() -> new AssertionError("no line " + name + "= in\n" + out + "\nstderr:\n" + err));
    }
}
