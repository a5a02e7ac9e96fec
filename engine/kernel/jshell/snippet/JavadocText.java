package kernel.jshell.snippet;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/** A signature and its documentation as plain text, the way an editor shows it beside the cursor. */
final class JavadocText {
    private static final int MAX_LENGTH = 3_000;
    private static final Pattern CODE = Pattern.compile("\\{@(?:code|literal|value)\\s+([^{}]*(?:\\{[^{}]*}[^{}]*)*)}");
    private static final Pattern LINK = Pattern.compile("\\{@link(?:plain)?\\s+(\\S+?)(?:\\s+([^}]*))?}");
    private static final Pattern OTHER = Pattern.compile("\\{@\\w+\\s*([^}]*)}");
    private static final Pattern TAG = Pattern.compile("(?m)^\\s*@(param|return|returns|throws|exception|since)\\b\\s*");

    private JavadocText() { }

    static String of(String signature, String javadoc) {
        return javadoc == null || javadoc.isBlank() ? signature : signature + "\n" + text(javadoc);
    }

    private static String text(String javadoc) {
        var tag = Pattern.compile("(?m)^\\s*@\\w+").matcher(javadoc);
        var body = tag.find() ? javadoc.substring(0, tag.start()) : javadoc;
        var lines = new ArrayList<>(List.of(plain(body)));
        var tags = javadoc.substring(body.length()).split("(?m)(?=^\\s*@\\w+)");
        for (var each : tags) {
            if (TAG.matcher(each).lookingAt()) {
                lines.add(plain(each.strip().replaceFirst("^@exception", "@throws")));
            }
        }
        var text = String.join("\n", lines).strip();
        return text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
    }

    private static String plain(String javadoc) {
        var resolved = OTHER.matcher(LINK.matcher(CODE.matcher(javadoc).replaceAll(found -> escaped(found.group(1))))
            .replaceAll(found -> escaped(found.group(2) == null || found.group(2).isBlank() ? found.group(1).replace('#', '.').replaceFirst("^\\.", "")
                : found.group(2)))).replaceAll(found -> escaped(found.group(1)));
        var document = Jsoup.parseBodyFragment(resolved);
        document.select("p, li, pre, dt, h1, h2, h3, h4, ul, ol, table, tr").before("\\n");
        return document.body().wholeText().replaceAll("[ \\t]*\\n[ \\t]*", " ").replace("\\n", "\n").replaceAll("[ \\t]{2,}", " ")
            .replaceAll(" ?\n ?", "\n").replaceAll("\n{2,}", "\n").strip();
    }

    private static String escaped(String text) {
        return java.util.regex.Matcher.quoteReplacement(text.replace("&", "&amp;").replace("<", "&lt;"));
    }
}
