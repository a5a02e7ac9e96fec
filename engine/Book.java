///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES Course.java
// <sources>
//SOURCES book/build/AsciiDoc.java
//SOURCES book/build/Builder.java
//SOURCES book/build/Docs.java
//SOURCES book/build/HtmlCheck.java
// </sources>
//DEPS org.asciidoctor:asciidoctorj:3.0.1
//DEPS nu.validator:validator:26.5.2
//JAVAC_OPTIONS -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -proc:none
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djruby.compile.mode=OFF --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow

import book.build.Docs;
import cli.Main;
import java.util.Arrays;

/** {@code ./jbang docs}: the engine and, only here, AsciidoctorJ and the HTML validator, which cost seconds to load. */
public class Book {
    public static void main(String... args) {
        // the alias passes its name, as all aliases do
        var options = Arrays.stream(args).skip(args.length > 0 && args[0].equals("docs") ? 1 : 0).toArray(String[]::new);
        System.exit(Main.run(new Docs(), options));
    }
}
