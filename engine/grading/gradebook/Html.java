package grading.gradebook;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import kernel.output.VisibleText;
import lesson.Hashes;

/** A page that needs nothing besides itself: no server, no request, no script but the one that is named by its sum. */
final class Html {
    private static final String STYLE = """
        :root { color-scheme: light dark; --line: light-dark(#ddd, #444); --good: light-dark(#17692f, #7ccf8f); --bad: light-dark(#a8201a, #ff9c94); --quiet: light-dark(#595959, #aaa); }
        body { font: 1rem/1.5 system-ui, sans-serif; margin: 1.5rem; background: Canvas; color: CanvasText; }
        table { border-collapse: collapse; margin: 0 0 1.5rem; }
        th, td { text-align: left; padding: 0.25rem 0.6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        thead th { position: sticky; top: 0; background: Canvas; }
        th button { font: inherit; font-weight: 600; border: 0; padding: 0; background: none; color: inherit; cursor: pointer; text-align: left; }
        th[aria-sort=ascending] button::after { content: " ▲"; } th[aria-sort=descending] button::after { content: " ▼"; }
        .n { text-align: right; font-variant-numeric: tabular-nums; } .p { color: var(--good); } .f { color: var(--bad); } .q { color: var(--quiet); }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0.3rem 0; font: 0.85rem/1.5 ui-monospace, monospace; }
        ol.ladder { list-style: none; padding: 0; } .wide { overflow-x: auto; } .sides { display: flex; gap: 1rem; overflow-x: auto; } .sides > div { flex: 1 0 20rem; border: 1px solid var(--line); padding: 0.6rem; }
        """;

    private Html() { }

    /** A page. @param body escaped already @param script empty for none */
    static String page(String title, String body, String script) {
        return "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\n"
            + "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-" + sum(STYLE) + "'"
            + (script.isEmpty() ? "" : "; script-src 'sha256-" + sum(script) + "'") + "\">\n<title>" + text(title) + "</title>\n<style>" + STYLE + "</style></head>\n<body>\n<h1>"
            + text(title) + "</h1>\n" + body + (script.isEmpty() ? "" : "<script>" + script + "</script>\n") + "</body></html>\n";
    }

    /** Of somebody else: seen as it is, and obeyed by nobody. */
    static String text(String text) {
        return VisibleText.of(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    private static String sum(String text) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Hashes.of(text.getBytes(StandardCharsets.UTF_8))));
    }
}
