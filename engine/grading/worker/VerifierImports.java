package grading.worker;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a verifier means by a name. An answer is in the same package, where its class {@code Expect} or {@code String} would come before
 * the one that {@code import grading.*} or {@code java.lang} brings; an import by name comes before both (JLS 6.4.1).
 */
final class VerifierImports {
    private static final Pattern ON_DEMAND = Pattern.compile("(?m)^import ([\\w.]+)\\.\\*;");

    private VerifierImports() { }

    /** Imports of those classes that the answer has under the same name, on one line; empty where it has none. */
    static String byName(String verifier, Collection<String> answer) {
        return answer.stream().filter(name -> name.indexOf('$') < 0 && !verifier.contains("." + name + ";"))
            .flatMap(name -> meant(verifier, name).stream()).map(name -> "import " + name + "; ").collect(Collectors.joining());
    }

    private static Optional<String> meant(String verifier, String name) {
        var packages = Stream.concat(ON_DEMAND.matcher(verifier).results().map(found -> found.group(1)), Stream.of("java.lang"));
        return packages.map(one -> one + "." + name).filter(VerifierImports::exists).findFirst();
    }

    private static boolean exists(String name) {
        return ClassLoader.getSystemResource(name.replace('.', '/') + ".class") != null;
    }
}
