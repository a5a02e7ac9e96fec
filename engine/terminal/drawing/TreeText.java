package terminal.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A tree that is text already, a node a line behind its branch: what is too long for a line stays in its branch. */
public final class TreeText {
    private static final Pattern BRANCH = Pattern.compile("^[│├└─ ]*");
    private static final int NARROWEST = 10;

    private TreeText() { }

    /** The tree's lines, none wider than this. */
    public static List<String> lines(String tree, int width) {
        var nodes = tree.lines().toList();
        var drawn = new ArrayList<String>();
        for (int y = 0; y < nodes.size(); y++) {
            var branch = branch(nodes.get(y));
            var hasChildren = y + 1 < nodes.size() && branch(nodes.get(y + 1)).length() > branch.length();
            var below = branch.replace("├─", "│ ").replace("└─", "  ") + (hasChildren ? "│  " : "  ");
            var words = Wrap.lines(nodes.get(y).substring(branch.length()), Math.max(NARROWEST, width - below.length()));
            for (int i = 0; i < words.size(); i++) {
                drawn.add((i == 0 ? branch : below) + words.get(i));
            }
        }
        return drawn;
    }

    private static String branch(String node) {
        var branch = BRANCH.matcher(node);
        return branch.find() ? branch.group() : "";
    }
}
