package kernel.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import java.util.ArrayList;
import kernel.cell.Cell;
import kernel.cell.CellListener;
import kernel.cell.CellResult;
import kernel.output.Output;
import lab.Progress;
import lab.Role;
import lab.provider.Providers;
import org.junit.jupiter.api.Test;

/** The scripts of a lesson, with whatever client tools this machine has. */
class PracticeShellTest {

    @Test void scriptsRunOnAServerOfTheirOwnOrSayWhatIsMissing() throws Exception {
        try (var lab = Providers.open("embedded", Progress.SILENT); var shell = PracticeShell.beside(lab.server(), Progress.SILENT)) {
            assertNotEquals(lab.server().admin().url(), shell.server().admin().url());
            assertTrue(shell.server().major() <= lab.server().major(), () -> shell.server().describe());
            var printed = new StringBuffer();
            var outputs = new ArrayList<Output>();
            var cellResult = shell.kernel().run(new Cell("dump", Cell.Language.SHELL,
                "createdb mine\npg_dump -s mine | grep -c 'database dump complete'\npsql -Atc 'select current_user'", Role.ADMIN, "", ""), new CellListener() {
                @Override public void shown(Output output) {
                    outputs.add(output);
                }

                @Override public void printed(String stream, String text) {
                    printed.append(text);
                }
            });
            assertInstanceOf(CellResult.Done.class, cellResult, outputs::toString);
            if (outputs.isEmpty()) {
                assertEquals("1\npostgres\n", printed.toString());
            } else {
                assertTrue(((Output.Skipped) outputs.getFirst()).reason().contains("Install PostgreSQL's client"), outputs::toString);
            }
        }
    }
}
