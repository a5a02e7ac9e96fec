package browser.http;

/**
 * Something that a page has to know.
 *
 * @param moreFollows whether what it begins may well end within a moment
 */
record Event(long number, String type, String data, boolean moreFollows) {

    /** As an event stream carries it. The data is JSON on one line. */
    String text() {
        return "id: " + number + "\nevent: " + type + "\ndata: " + data + "\n\n";
    }
}
