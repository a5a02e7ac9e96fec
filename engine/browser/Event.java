package browser;

/** Something that a page has to know. */
record Event(long number, String type, String data) {

    /** As an event stream carries it. The data is JSON on one line. */
    String text() {
        return "id: " + number + "\nevent: " + type + "\ndata: " + data + "\n\n";
    }
}
