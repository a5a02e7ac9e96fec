package book.words;

import book.drawing.HtmlElement;
import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.TextTree;
import java.util.List;
import java.util.stream.Collectors;

/** A docstring as HTML: its sentences, then what it says of parameters and result. */
final class DocText {
    private DocText() { }

    static String html(DocCommentTree comment) {
        var html = new StringBuilder("<p>" + html(comment.getFullBody()) + "</p>");
        for (var tag : comment.getBlockTags()) {
            switch (tag) {
                case ParamTree param -> html.append("<p><code>").append(param.getName()).append("</code>: ")
                    .append(html(param.getDescription())).append("</p>");
                case ReturnTree result -> html.append("<p>Returns ").append(html(result.getDescription())).append("</p>");
                default -> { }
            }
        }
        return html.toString();
    }

    private static String html(List<? extends DocTree> trees) {
        return trees.stream().map(DocText::html).collect(Collectors.joining()).replaceAll("\\s+", " ").strip();
    }

    private static String html(DocTree tree) {
        return switch (tree) {
            case TextTree text -> HtmlElement.escape(text.getBody());
            case LiteralTree literal -> "<code>" + HtmlElement.escape(literal.getBody().getBody()) + "</code>";
            case LinkTree link -> "<code>" + HtmlElement.escape(link.getReference().getSignature().replaceFirst("^#", "").replace('#', '.')) + "</code>";
            case DocTree other when other.toString().equals("<p>") -> "</p><p>";
            case DocTree other -> other.toString();
        };
    }
}
