package lab.docker;

import lab.DatabaseReset;
import lab.Progress;
import lab.Sql;
import lab.provider.Providers;

/** Puts the database of one lab back while another lab is open on the same server, and says what the other still has. */
final class DockerResetLab {
    public static void main(String... args) throws Exception {
        try (var one = Providers.open(args[0], Progress.SILENT); var reset = DatabaseReset.of(one);
             var other = Providers.open(args[0], Progress.SILENT)) {
            var admin = other.server().admin();
            Sql.execute(admin, "create role \"Some One\"");
            try {
                reset.reset();
                System.out.println(Sql.value(admin, "select (select count(*) from pg_database where datname = '" + other.lessonDatabase().name()
                    + "') || ' database, ' || (select count(*) from pg_roles where rolname = 'Some One') || ' role'"));
            } finally {
                Sql.execute(admin, "drop role if exists \"Some One\"");
            }
        }
        System.exit(0); // Testcontainers keeps threads of its own
    }
}
