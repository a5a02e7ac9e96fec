package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What processes hold, as Linux counts it.
 *
 * @param rssMb all of their pages
 * @param pssMb a page that several processes share counts for each with its part
 */
record ProcessMemory(double rssMb, double pssMb) {

    static boolean isCounted() {
        return Files.isReadable(Path.of("/proc/self/smaps_rollup"));
    }

    static ProcessMemory of(List<ProcessHandle> processes) throws IOException {
        var sum = new ProcessMemory(0, 0);
        for (var process : processes) {
            var text = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "smaps_rollup"));
            sum = new ProcessMemory(sum.rssMb + megabytes(text, "Rss"), sum.pssMb + megabytes(text, "Pss"));
        }
        return sum;
    }

    /** The same, where some of them may end meanwhile. */
    static ProcessMemory ofLiving(List<ProcessHandle> processes) {
        var sum = new ProcessMemory(0, 0);
        for (var process : processes) {
            try {
                var one = of(List.of(process));
                sum = new ProcessMemory(sum.rssMb + one.rssMb, sum.pssMb + one.pssMb);
            } catch (IOException e) {
                // it has ended
            }
        }
        return sum;
    }

    private static double megabytes(String text, String name) {
        var found = Pattern.compile("(?m)^" + name + ":\\s+(\\d+) kB").matcher(text);
        return found.find() ? Long.parseLong(found.group(1)) / 1024.0 : 0;
    }

    String line(String what, String target) {
        return String.format(Locale.ROOT, "%-58s %8.0f MB Pss  (Rss %.0f MB)  %s", what, pssMb, rssMb, target);
    }
}
