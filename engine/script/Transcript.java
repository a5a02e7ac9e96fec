package script;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kernel.Output;
import lesson.Lesson;

/** Writes down what a lesson shows, step by step, and shows it to nobody: for recordings and for checks. */
public final class Transcript implements Stage {
    private final Map<String, List<Output>> steps = new LinkedHashMap<>();
    private List<Output> current = new ArrayList<>();

    /** The outputs of each step that was shown, in order. */
    public Map<String, List<Output>> steps() {
        return steps;
    }

    @Override public void opened(Lesson lesson) { }

    @Override public void progress(String line) { }

    @Override public void connected(String server) { }

    @Override public void entered(Run run, String step) {
        current = new ArrayList<>();
        steps.put(step, current);
    }

    @Override public void shown(Output output) {
        current.add(output);
    }

    @Override public void left(Run run, String step) { }

    @Override public void closed() { }
}
