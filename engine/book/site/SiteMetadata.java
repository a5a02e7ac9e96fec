package book.site;

import java.io.StringWriter;
import java.net.URI;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * What others are told of the published book where its address is known: search engines, feed readers, and whoever shows a link to it.
 *
 * @param address of the site, which ends with a slash
 */
public record SiteMetadata(URI address) {
    /** Where on the site the picture is that stands on a card. */
    public static final String CARD = "assets/card.png";
    /** Where on the site the feed is. */
    public static final String FEED = "feed.xml";

    /** @throws IllegalArgumentException with a sentence, where it is no address of a site */
    public static SiteMetadata of(String address) {
        var site = URI.create(address.endsWith("/") ? address : address + "/");
        if (site.getHost() == null || site.getRawQuery() != null || site.getRawFragment() != null || !List.of("http", "https").contains(site.getScheme())) {
            throw new IllegalArgumentException(address + " is no address of a site; it is like https://owner.github.io/course/");
        }
        return new SiteMetadata(site);
    }

    /** The page with links to what it is called for all, to the feed, and with what stands on a card. */
    public String page(String path, String html) {
        var page = Jsoup.parse(html);
        page.outputSettings().prettyPrint(false); // its own layout would move blanks
        var head = page.head();
        var url = url(path);
        head.appendChild(new Element("link").attr("rel", "canonical").attr("href", url)).append("\n");
        head.appendChild(new Element("link").attr("rel", "alternate").attr("type", "application/rss+xml").attr("title", "What has changed").attr("href", url(FEED))).append("\n");
        var description = page.select("meta[name=description]").attr("content");
        var card = Map.of("og:type", path.equals("index.html") ? "website" : "article", "og:title", page.title(), "og:description", description, "og:url", url, "og:image", url(CARD));
        card.keySet().stream().sorted().forEach(property ->
            head.appendChild(new Element("meta").attr("property", property).attr("content", card.get(property))).append("\n"));
        head.appendChild(new Element("meta").attr("name", "twitter:card").attr("content", "summary_large_image")).append("\n");
        return page.outerHtml();
    }

    /** <a href="https://www.sitemaps.org/protocol.html">The pages there are</a>. */
    public String sitemap(Collection<String> paths) {
        return xml(xml -> {
            xml.writeStartElement("urlset");
            xml.writeDefaultNamespace("http://www.sitemaps.org/schemas/sitemap/0.9");
            for (var path : paths.stream().sorted().toList()) {
                xml.writeStartElement("url");
                element(xml, "loc", url(path));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        });
    }

    /** <a href="https://www.rssboard.org/rss-specification">RSS 2.0</a>. */
    public String feed(List<CourseChange> changes) {
        return xml(xml -> {
            xml.writeStartElement("rss");
            xml.writeAttribute("version", "2.0");
            xml.writeStartElement("channel");
            element(xml, "title", "Postgres by Experiment");
            element(xml, "link", address.toString());
            element(xml, "description", "What has changed in the lessons and exercises");
            for (var change : changes) {
                xml.writeStartElement("item");
                element(xml, "title", change.sentence());
                xml.writeStartElement("guid");
                xml.writeAttribute("isPermaLink", "false");
                xml.writeCharacters(change.commit());
                xml.writeEndElement();
                element(xml, "pubDate", DateTimeFormatter.RFC_1123_DATE_TIME.format(change.time()));
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.writeEndElement();
        });
    }

    private String url(String path) {
        return address.resolve(path.equals("index.html") ? "" : path).toString();
    }

    private static void element(XMLStreamWriter xml, String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private interface Content {
        void write(XMLStreamWriter xml) throws XMLStreamException;
    }

    private static String xml(Content content) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartDocument("UTF-8", "1.0");
            content.write(xml);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("XML into memory", e);
        }
        return text + "\n";
    }
}
