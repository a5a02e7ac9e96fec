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
            var shell = JShell.builder().executionEngine(new Given(control), Map.of()).build();
            shell.addToClasspath(System.getProperty("java.class.path"));
            return new JShellEngine(shell, control, new CourseRequests(client), child);
        } catch (IOException e) {
            throw new LabException("could not start a JVM for cells: " + e.getMessage(), e);
        }
    }

    /** One that the page's first cell can begin with. */
    static JShellEngine ready(KernelSetup setup, OutputForwarder forwarder, JavaVariables variables) {
        var begun = start(setup, forwarder);
        try {
            begun.prepare(setup.imports());
            begun.hand(setup);
            begun.offer(setup.members());
            variables.update(begun.shell());
            return begun;
        } catch (RuntimeException e) {
            begun.child().end();
            throw e;
        }
    }

    /** Evaluates what nobody sees. It comes from a lesson that compiles, so what is refused is a defect of the course. */
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
    private void offer(List<String> members) {
        members.forEach(shell::eval);
    }

    private void hand(KernelSetup setup) {
        if (setup.receiver().isEmpty()) {
            return;
        }
        try {
            requests.attach(setup.receiver(), setup.settings().get());
        } catch (ExecutionControl.ExecutionControlException e) {
            throw new LabException("the page cannot begin: " + e.getMessage(), e);
        }
    }

    private record Given(ExecutionControl control) implements ExecutionControlProvider {
        @Override public String name() {
            return "course";
        }

        @Override public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
            return control;
        }
    }
}
