package grading.mutation;

import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes from a {@code try} what it is there for: that it closes, catches, and tidies up. */
final class JavaTries {
    /** JDBC closes these with what they came from, so that it makes no difference who does. */
    private static final Pattern CLOSED_BY_PARENT = Pattern.compile("(?s).*\\.(prepareStatement|createStatement|prepareCall|executeQuery"
        + "|getResultSet|getGeneratedKeys)\\(.*");
    private final JavaText java;
    private final TryTree attempt;
    private final List<Change> changes = new ArrayList<>();

    private JavaTries(JavaText java, TryTree attempt) {
        this.java = java;
        this.attempt = attempt;
    }

    static List<Change> of(JavaText java, TryTree attempt) {
        var tries = new JavaTries(java, attempt);
        attempt.getResources().forEach(tries::neverClosed);
        attempt.getCatches().forEach(tries::notCaught);
        tries.noFinally();
        return tries.changes;
    }

    /** Whether the rest is a {@code try} when so many resources, catches and no finally are left. */
    private boolean isTry(int resources, int catches, boolean tidies) {
        return resources + catches > 0 || tidies;
    }

    /** The resource moves out of the parentheses, before the {@code try}. */
    private void neverClosed(Tree resource) {
        if (!(resource instanceof VariableTree variable) || CLOSED_BY_PARENT.matcher(java.of(variable)).matches()) {
            return;
        }
        var others = attempt.getResources().stream().filter(other -> other != resource).map(java::of).map(JavaTries::bare).toList();
        var first = resource == attempt.getResources().getFirst();
        if (!first) {
            return; // what stands before it must be open before it
        }
        var stays = isTry(others.size(), attempt.getCatches().size(), attempt.getFinallyBlock() != null);
        var head = "{ " + bare(java.of(variable)) + "; " + (stays ? "try " : "") + (others.isEmpty() ? "" : "(" + String.join("; ", others) + ") ");
        changes.add(new Change(java.start(attempt), java.end(attempt), head
            + java.text().substring(java.start(attempt.getBlock()), java.end(attempt)) + " }",
            "never close", "never closes \"" + variable.getName() + "\""));
    }

    private static String bare(String resource) {
        return resource.strip().replaceAll(";$", "").strip();
    }

    private void notCaught(com.sun.source.tree.CatchTree caught) {
        var words = "does not catch \"" + java.of(caught.getParameter()) + "\"";
        if (isTry(attempt.getResources().size(), attempt.getCatches().size() - 1, attempt.getFinallyBlock() != null)) {
            changes.add(new Change(java.start(caught), java.end(caught), "", "drop catch", words));
        } else {
            changes.add(new Change(java.start(attempt), java.end(attempt), java.of(attempt.getBlock()), "drop catch", words));
        }
        if (!caught.getBlock().getStatements().isEmpty()) {
            changes.add(new Change(java.start(caught.getBlock()), java.end(caught.getBlock()), "{ }", "empty catch",
                "does nothing about \"" + java.of(caught.getParameter()) + "\""));
        }
    }

    private void noFinally() {
        var tidies = attempt.getFinallyBlock();
        if (tidies == null) {
            return;
        }
        if (isTry(attempt.getResources().size(), attempt.getCatches().size(), false)) {
            int from = java.text().lastIndexOf("finally", java.start(tidies));
            changes.add(new Change(from, java.end(tidies), "", "drop finally", "removes finally"));
        } else {
            changes.add(new Change(java.start(attempt), java.end(attempt), java.of(attempt.getBlock()),
                "drop finally", "removes finally"));
        }
    }
}
