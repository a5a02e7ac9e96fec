package script;

import java.sql.SQLException;
import lesson.Region;

/** Runs a region of SQL or shell outside of its program: from a prompt, from the check of its cells. */
public final class RegionRun {
    private RegionRun() { }

    /** Shows what the region gives, as its step does. */
    public static void run(Region region) throws SQLException {
        if (region.language().equals("shell")) {
            ShellSteps.run(region.source());
            return;
        }
        var login = LessonRun.current().database().login(region.role());
        if (region.sqlState().isEmpty()) {
            SqlSteps.run(login, region.source());
        } else {
            SqlSteps.fails(login, region.sqlState(), region.source());
        }
    }
}
