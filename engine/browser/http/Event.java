package browser.http;

/**
 * Something that a page has to know.
 *
 * @param goesOn whether what it begins may well end within a moment
 */
record Event(long number, String type, String data, boolean goesOn) {

    /** As an event stream carries it. The data is JSON on one line. */
    String text() {
        return "id: " + number + "\nevent: " + type + "\ndata: " + data + "\n\n";
    }
}
