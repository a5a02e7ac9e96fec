package grading.worker;

import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;

/** What one answer may change for the next in the same JVM, put back afterwards. */
record JvmSnapshot(Properties properties, Locale locale, TimeZone zone) {
    static JvmSnapshot now() {
        return new JvmSnapshot((Properties) System.getProperties().clone(), Locale.getDefault(), TimeZone.getDefault());
    }

    void restore() {
        System.setProperties(properties);
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }
}
