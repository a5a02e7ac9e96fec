package kernel.jshell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jshell.VarSnippet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The warm-up before the first cell leaves JShell as it was. */
@Timeout(60)
class KernelWarmUpTest {
    @Test void itLeavesNoNamesAndEveryTypeAsItWas() {
        var setup = KernelSetup.plain(List.of());
        var engine = JShellEngine.start(setup, new OutputForwarder());
        try (var thread = Executors.newSingleThreadExecutor()) {
            engine.prepare(List.of("import module java.base;"));
            KernelWarmUp.run(engine, new JavaVariables(), thread, () -> true);
            assertEquals(List.of(), engine.shell().variables().filter(variable -> engine.shell().status(variable).isActive()).toList());
            assertEquals(List.of(), engine.shell().methods().filter(method -> engine.shell().status(method).isActive()).toList());
            var id = (VarSnippet) engine.shell().eval("var id = UUID.randomUUID();").getFirst().snippet();
            assertEquals("UUID", id.typeName());
            assertFalse(engine.shell().sourceCodeAnalysis().documentation("id.compareTo(", 13, false).isEmpty());
        } finally {
            engine.child().end();
            engine.shell().close();
            engine.child().awaitEnd();
        }
    }

    @Test void aCellBetweenTwoOfItsSnippetsMissesNothingAfterwards() {
        var engine = JShellEngine.start(KernelSetup.plain(List.of()), new OutputForwarder());
        var variables = new JavaVariables();
        try (var thread = Executors.newSingleThreadExecutor()) {
            engine.prepare(List.of("import module java.base;"));
            var asked = new AtomicInteger();
            KernelWarmUp.run(engine, variables, thread, () -> {
                if (asked.incrementAndGet() == 3) {
                    variables.update(engine.shell()); // as a cell does that has run
                }
                return true;
            });
            assertEquals(Set.of(), variables.update(engine.shell()).gone());
        } finally {
            engine.child().end();
            engine.shell().close();
            engine.child().awaitEnd();
        }
    }
}
