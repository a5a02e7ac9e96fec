package cli;

import java.io.IOException;
import java.nio.file.Files;
import lesson.Home;

/** {@code start}, where the course is there already. Without a clone it is {@code engine/Start.java} that fetches it. */
final class StartCommand extends Command {
    StartCommand() {
        super("start", "Fetch the course without a clone, or its newest version: jbang start@OWNER/REPOSITORY, in a folder for your exercises.", Arguments.NONE);
    }

    @Override protected int run(ParsedArguments arguments) throws IOException {
        var home = Home.here();
        var origin = home.state().resolve("origin");
        System.out.println("Your exercises are in " + home.learner().resolve("exercises") + "; `./jbang` says what is next.");
        System.out.println(home.root().equals(home.learner()) ? "This is a clone: `git pull` fetches the newest version of the course."
            : "The newest version of the course is fetched by `jbang start@" + (Files.exists(origin) ? Files.readString(origin).strip() : "OWNER/REPOSITORY") + "`.");
        return Main.OK;
    }
}
