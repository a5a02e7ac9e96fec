package lab.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import lab.Progress;
import lab.SeedData;
import lab.os.Folders;
import lab.os.Passwords;

/**
 * The templates of a store: the empty one, and one for each seed data that was asked for lately. Each is made when it is
 * asked for first.
 *
 * @param folder the store's
 */
record ClusterTemplates(Path folder, Path binaries, int major) {
    static final String EMPTY = "template";
    static final String FILLED = "filled-";
    private static final long MUCH_SPACE = 20L << 30;
    private static final int MAX_FILLED = 12;
    private static final int FEWEST_FILLED = 4;

    /** Where the template with these data is, or will be. */
    Path place(SeedData seedData) {
        return folder.resolve(seedData.isEmpty() ? EMPTY : FILLED + seedData.key());
    }

    /** The template with these data, built upon the one without the last layer. Only under the store's lock. */
    Path get(SeedData seedData, Progress progress) throws IOException {
        return get(seedData, missing(seedData), progress);
    }

    /** How many layers are to be made. */
    private int missing(SeedData seedData) {
        return seedData.isEmpty() || Files.isDirectory(place(seedData)) ? 0 : 1 + missing(seedData.below());
    }

    /** @param all how many layers are to be made */
    private Path get(SeedData seedData, int all, Progress progress) throws IOException {
        var template = place(seedData);
        if (!Files.isDirectory(template)) {
            make(seedData, template, all, progress);
        }
        if (!seedData.isEmpty()) {
            Files.setLastModifiedTime(template, FileTime.from(Instant.now()));
            forgetLeastUsed();
        }
        return template;
    }

    private void make(SeedData seedData, Path template, int all, Progress progress) throws IOException {
        if (seedData.isEmpty()) {
            progress.say("Preparing a PostgreSQL cluster, once …");
            try (var half = IncompleteCluster.in(folder)) {
                new ClusterTemplate(binaries, major).make(half.folder());
                half.become(template);
            }
            return;
        }
        var doing = SeedData.doing(seedData.last(), missing(seedData), all);
        var below = get(seedData.below(), all, progress);
        progress.say(doing + ", once …");
        try (var half = IncompleteCluster.in(folder)) {
            half.copy(below);
            Files.copy(below.resolve(Passwords.FILE), half.folder().resolve(Passwords.FILE), StandardCopyOption.COPY_ATTRIBUTES);
            new ClusterSeeding(binaries).seed(half.folder(), seedData.last(), doing, progress);
            half.become(template);
        }
    }

    private void forgetLeastUsed() throws IOException {
        var most = Files.getFileStore(folder).getUsableSpace() > MUCH_SPACE ? MAX_FILLED : FEWEST_FILLED;
        var filled = new ArrayList<>(Folders.startingWith(folder, FILLED));
        var used = new HashMap<Path, FileTime>();
        for (var template : filled) {
            used.put(template, Files.getLastModifiedTime(template));
        }
        filled.sort(Comparator.comparing(used::get));
        for (var oldest : filled.subList(0, Math.max(0, filled.size() - most))) {
            // Under another name first: what is half removed must not look complete.
            Folders.delete(Files.move(oldest, folder.resolve(IncompleteCluster.PREFIX + oldest.getFileName()), StandardCopyOption.ATOMIC_MOVE));
        }
    }
}
