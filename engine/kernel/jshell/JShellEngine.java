package kernel.jshell;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import lab.LabException;

/** JShell's front end and the child that belongs to it. */
record JShellEngine(JShell shell, RemoteControl control, CourseRequests requests, ChildProcess child) {

    static JShellEngine start(KernelSetup setup, OutputForwarder forwarder) {
        try {
            var child = ChildProcess.start(setup.heapMb(), forwarder);
            var client = new ChildClient(child.connection());
            var control = new RemoteControl(client);
            var shell = JShell.builder().executionEngine(new FixedProvider(control), Map.of()).build();
            shell.addToClasspath(System.getProperty("java.class.path"));
            return new JShellEngine(shell, control, new CourseRequests(client), child);
        } catch (IOException e) {
            throw new LabException("could not start a JVM for cells: " + e.getMessage(), e);
        }
    }

    /** One that is ready for the page's first cell. @throws LabException where it cannot be made */
    static JShellEngine ready(KernelSetup setup, OutputForwarder forwarder, JavaVariables variables) {
        var engine = start(setup, forwarder);
        try {
            engine.prepare(setup.imports());
            engine.attach(setup);
            engine.evaluate(setup.members());
            variables.update(engine.shell());
            return engine;
        } catch (RuntimeException e) {
            engine.child().end();
            throw e;
        }
    }

    /** Evaluates what no cell shows. It comes from a lesson that compiles, so what is refused is a defect of the course. */
    void prepare(List<String> snippets) {
        for (var source : snippets) {
            for (var event : shell.eval(source)) {
                if (event.status() == Snippet.Status.REJECTED) {
                    throw new LabException("the page cannot begin, because JShell refuses `" + source.strip() + "`: "
                        + shell.diagnostics(event.snippet()).map(d -> d.getMessage(java.util.Locale.ROOT)).toList());
                }
                if (event.exception() != null) {
                    throw new LabException("the page cannot begin, because `" + source.strip() + "` threw " + event.exception(), event.exception());
                }
            }
        }
    }

    /** Evaluates what a page can do without: cells that need what is refused say that it is not declared. */
    private void evaluate(List<String> members) {
        members.forEach(shell::eval);
    }

    /** Gives the page's receiver its settings. */
    private void attach(KernelSetup setup) {
        if (setup.receiver().isEmpty()) {
            return;
        }
        try {
            requests.attach(setup.receiver(), setup.settings().get());
        } catch (ExecutionControl.ExecutionControlException e) {
            throw new LabException("the page cannot begin: " + e.getMessage(), e);
        }
    }

    private record FixedProvider(ExecutionControl control) implements ExecutionControlProvider {
        @Override public String name() {
            return "course";
        }

        @Override public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
            return control;
        }
    }
}
