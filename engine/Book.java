///usr/bin/env jbang "$0" "$@" ; exit $?
//JAVA 25+
//SOURCES Course.java
// <sources>
//SOURCES book/build/AsciiDoc.java
//SOURCES book/build/Builder.java
//SOURCES book/build/Docs.java
//SOURCES book/build/HtmlCheck.java
//SOURCES book/build/LiteralCode.java
//SOURCES book/build/ScriptBundle.java
//SOURCES book/build/live/Json.java
//SOURCES book/build/live/Live.java
//SOURCES book/build/live/LiveLikeness.java
//SOURCES book/build/live/Said.java
//SOURCES book/build/site/LiveDatabases.java
//SOURCES book/build/site/LiveItem.java
//SOURCES book/build/site/LiveLesson.java
//SOURCES book/build/site/LivePage.java
//SOURCES book/build/site/LiveResults.java
//SOURCES book/build/site/LiveScript.java
//SOURCES book/build/site/PglitePackage.java
//SOURCES book/build/site/PublishedSite.java
//SOURCES book/build/site/RunningLesson.java
// </sources>
//DEPS org.asciidoctor:asciidoctorj:3.0.1
//DEPS nu.validator:validator:26.5.2
// What the notebook's editor and the book's search are bundled from. Each is named: their own poms ask for ranges, and the bundle must be the same tomorrow.
//DEPS org.mvnpm.at.codemirror:state:6.6.0
//DEPS org.mvnpm.at.codemirror:view:6.41.0
//DEPS org.mvnpm.at.codemirror:commands:6.10.3
//DEPS org.mvnpm.at.codemirror:language:6.12.3
//DEPS org.mvnpm.at.codemirror:autocomplete:6.20.1
//DEPS org.mvnpm.at.codemirror:lang-sql:6.8.0
//DEPS org.mvnpm.at.lezer:common:1.5.1
//DEPS org.mvnpm.at.lezer:highlight:1.2.3
//DEPS org.mvnpm.at.lezer:lr:1.4.8
//DEPS org.mvnpm.at.marijn:find-cluster-break:1.0.2
//DEPS org.mvnpm:style-mod:4.1.3
//DEPS org.mvnpm:w3c-keyname:2.2.8
//DEPS org.mvnpm:crelt:1.0.6
//DEPS org.mvnpm:lunr:2.3.9
// What compiles the room book.build.live to JavaScript.
//DEPS org.teavm:teavm-tooling:0.16.0
//DEPS org.teavm:teavm-classlib:0.16.0
//JAVAC_OPTIONS -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -proc:none
//RUNTIME_OPTIONS -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Djruby.compile.mode=OFF --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow

import book.build.Docs;
import cli.Main;
import java.util.Arrays;

/** {@code ./jbang docs}: the engine and, only here, AsciidoctorJ, the HTML validator and the editor's modules, which cost seconds to load. */
public class Book {
    public static void main(String... args) {
        // the alias passes its name, as all aliases do
        var options = Arrays.stream(args).skip(args.length > 0 && args[0].equals("docs") ? 1 : 0).toArray(String[]::new);
        Main.main(new Docs(), options);
    }
}
