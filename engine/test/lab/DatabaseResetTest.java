package lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import java.util.List;
import lab.provider.Providers;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A lesson's database that is put back")
class DatabaseResetTest {
    @Test
    @DisplayName("is as it was in the beginning, and what was made beside it is gone, whatever its name")
    void putBack() throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT)) {
            Sql.execute(lab.lessonDatabase().owner(), "create table notes (body text)");
            var admin = lab.server().admin();
            var before = others(admin);
            try (var reset = DatabaseReset.of(lab)) {
                for (var statement : List.of("create database \"My \"\"Shop\"\"\"", "create role \"Some One\"")) {
                    Sql.execute(admin, statement);
                }
                Sql.execute(lab.lessonDatabase().owner(), "drop table notes");
                Sql.execute(reset.reset().owner(), "insert into notes values ('it is back')");
                assertEquals(before + " " + lab.lessonDatabase().name() + "_kept", others(admin));
            }
            assertEquals(before, others(admin));
        }
    }

    private static String others(Login admin) throws Exception {
        return Sql.value(admin, """
            select string_agg(name, ' ' order by name like '%_kept', name) from (
                select datname from pg_database union all select rolname from pg_roles) as made (name)""");
    }
}
