package lab.url;

import java.util.regex.Pattern;

/** Keeps the passwords of URLs out of what is printed and logged. */
public final class UrlSecrets {
    /** Up to the last @: the rest of one that was not encoded must not be printed. A digit after "postgres:" is a tag of the image. */
    private static final Pattern USER_AND_PASSWORD = Pattern.compile("(?<=://|postgres(?:ql)?:(?!//|\\d))\\S*@");
    /** A password where a port should be: the host was left out. */
    private static final Pattern IN_PLACE_OF_PORT = Pattern.compile("(?<=://)([^\\s/?:@\\[]+):(?!\\d{1,5}(?![\\w-]))[^\\s/?\"]+");
    private static final Pattern NAMED = Pattern.compile("(?i)(password\\s*=\\s*)('[^']*'|[^&\\s\"]+)");

    private UrlSecrets() { }

    /** A message or a word of the command line, with … for each password of a URL or of libpq's {@code password=…} in it. */
    public static String hidden(String text) {
        var withoutUsers = USER_AND_PASSWORD.matcher(text).replaceAll("…@");
        var withPorts = IN_PLACE_OF_PORT.matcher(withoutUsers).replaceAll("$1:…");
        return NAMED.matcher(withPorts).replaceAll("$1…");
    }
}
