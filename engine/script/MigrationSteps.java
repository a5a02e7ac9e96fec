package script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import lab.SeedData;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Says before each migration which one it is: "a lot of posts, 5 of 5". A migration that takes long says in a comment what the
 * database holds after it, {@code -- It leaves some 240 MB.}, by which one can tell how far it is.
 */
final class MigrationSteps extends BaseCallback {
    private static final Pattern SIZE = Pattern.compile("(?m)^-- .*\\bleaves some (\\d{1,6}) MB\\b");
    private final int all;
    private final SeedData.Steps steps;
    private int begun;

    /** @param all how many are to run */
    MigrationSteps(int all, SeedData.Steps steps) {
        this.all = all;
        this.steps = steps;
    }

    @Override public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_EACH_MIGRATE;
    }

    @Override public void handle(Event event, Context context) {
        var migration = context.getMigrationInfo();
        steps.begin(migration.getDescription() + ", " + ++begun + " of " + all, megabytes(migration));
    }

    private static long megabytes(MigrationInfo migration) {
        try {
            var size = SIZE.matcher(Files.readString(Path.of(migration.getPhysicalLocation())));
            return size.find() ? Long.parseLong(size.group(1)) : 0;
        } catch (IOException e) {
            return 0; // Flyway says what is wrong with the file
        }
    }
}
