package grading;

import java.util.List;
import java.util.Locale;
import java.util.TimeZone;

/** Runs a check as somewhere else in the world. The JVM's defaults are what a new connection tells PostgreSQL of its time zone. */
public final class Environments {
    private static final List<String> ZONES = List.of("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/New_York");
    private static final List<String> LOCALES = List.of("en-US", "tr-TR", "de-DE", "ar-EG-u-nu-arab");

    private Environments() { }

    public interface Work {
        /** @param where "in Asia/Kathmandu", for messages */
        void run(String where) throws Exception;
    }

    /** In each of some time zones, among them one with quarters of an hour and two with summer time. */
    public static void inEveryTimeZone(Work work) throws Exception {
        var before = TimeZone.getDefault();
        try {
            for (var zone : ZONES) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                work.run("in " + zone);
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    /** In each of some locales, among them one whose i has no dot and one with digits of its own. */
    public static void inEveryLocale(Work work) throws Exception {
        var before = Locale.getDefault();
        try {
            for (var locale : LOCALES) {
                Locale.setDefault(Locale.forLanguageTag(locale));
                work.run("in locale " + locale);
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
