package book;

import book.drawing.HtmlElement;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** Follows every link, style sheet, script and image of the book inside the book. Links to other sites are not followed. */
public final class LinkCheck {
    private final Site site;
    private final Map<String, Set<String>> anchors = new HashMap<>();

    private LinkCheck(Site site) {
        this.site = site;
    }

    /** What is wrong with the links of all pages; empty where every link leads somewhere. */
    public static List<Finding> of(Site site) {
        return new LinkCheck(site).findings();
    }

    private List<Finding> findings() {
        var pages = new HashMap<String, Document>();
        site.files().forEach((path, text) -> {
            if (path.endsWith(".html")) {
                pages.put(path, Jsoup.parse(text));
                anchors.put(path, new HashSet<>(pages.get(path).select("[id]").eachAttr("id")));
            }
        });
        var findings = new ArrayList<Finding>();
        site.files().keySet().stream().filter(pages::containsKey)
            .forEach(path -> check(path, pages.get(path), findings));
        return findings;
    }

    private void check(String path, Document page, List<Finding> findings) {
        var targets = page.select("[href]").eachAttr("href");
        targets.addAll(page.select("[src]").eachAttr("src"));
        for (var target : new java.util.LinkedHashSet<>(targets)) {
            var problem = problem(path, target);
            if (!problem.isEmpty()) {
                findings.add(new Finding("docs/" + path, line(path, target), "\"" + target + "\" " + problem,
                    "Correct the link in " + source(page) + "."));
            }
        }
    }

    private String problem(String path, String target) {
        URI link;
        try {
            link = new URI(target);
        } catch (java.net.URISyntaxException notALink) {
            return "is not a link: " + notALink.getReason();
        }
        if (link.getScheme() != null) {
            return Set.of("https", "http", "mailto").contains(link.getScheme()) ? "" : "has the scheme " + link.getScheme();
        }
        var file = link.getPath().isEmpty() ? path : URI.create(path).resolve(link).getPath();
        if (!site.files().containsKey(file)) {
            return "leads to docs/" + file + ", which is not in the book";
        }
        var anchor = link.getFragment();
        return anchor == null || anchors.getOrDefault(file, Set.of()).contains(anchor)
            ? "" : "leads to #" + anchor + ", which docs/" + file + " does not have";
    }

    private int line(String path, String target) {
        var text = site.files().get(path);
        int at = text.indexOf("\"" + HtmlElement.escape(target) + "\"");
        return at < 0 ? 0 : (int) text.substring(0, at).chars().filter(letter -> letter == '\n').count() + 1;
    }

    private static String source(Document page) {
        return page.select("meta[name=source]").attr("content");
    }
}
