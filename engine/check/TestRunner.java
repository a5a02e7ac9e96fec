package check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import jvm.ChildJvm;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TagFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The main program of the JVM that runs the engine's tests: JUnit. */
public final class TestRunner {
    /** Kept, because the JDK forgets the level of a logger that nobody holds. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private TestRunner() { }

    /** @param args the report to write, the folder of test classes, a part of the classes' names, the providers */
    public static void main(String... args) {
        ChildJvm.endWithParent();
        FLYWAY.setLevel(Level.OFF);
        var first = new Collector();
        LauncherFactory.create().execute(request(Path.of(args[1]), args[2], List.of(args).subList(3, args.length)), first);
        // Who runs a part of the tests wants to see each failure.
        SeparateJvm.report(Path.of(args[0]), args[2].isEmpty() ? Result.orAgain(first.results(), () -> again(first.failed())) : first.results());
    }

    private static List<Result> again(List<String> tests) {
        var again = new Collector();
        LauncherFactory.create().execute(limited(LauncherDiscoveryRequestBuilder.request().selectors(tests.stream().map(DiscoverySelectors::selectUniqueId).toList())), again);
        return again.results();
    }

    private static LauncherDiscoveryRequest request(Path classes, String part, List<String> providers) {
        var request = LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClasspathRoots(Set.of(classes)))
            .filters(ClassNameFilter.includeClassNamePatterns(".*Test"),
                ClassNameFilter.includeClassNamePatterns(".*" + Pattern.quote(part) + ".*"));
        if (!providers.contains("docker")) {
            request.filters(TagFilter.excludeTags("docker"));
        }
        return limited(request);
    }

    private static LauncherDiscoveryRequest limited(LauncherDiscoveryRequestBuilder request) {
        return request.configurationParameter("junit.jupiter.execution.timeout.default", "120 s").build();
    }

    private static final class Collector implements TestExecutionListener {
        private final List<Result> results = new ArrayList<>();
        private final List<String> failed = new ArrayList<>();
        private final Map<String, Long> started = new HashMap<>();
        private TestPlan plan;

        List<Result> results() {
            return List.copyOf(results);
        }

        /** By their unique ids. */
        List<String> failed() {
            return List.copyOf(failed);
        }

        @Override public void testPlanExecutionStarted(TestPlan started) {
            plan = started;
        }

        @Override public void executionStarted(TestIdentifier test) {
            started.put(test.getUniqueId(), System.nanoTime());
        }

        @Override public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            var passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
            if (!passed) {
                failed.add(test.getUniqueId());
            }
            if (test.isTest() || !passed) {
                results.add((!passed ? Result.failed(name(test), result.getThrowable().map(Collector::text).orElse("")) : Result.passed(name(test)))
                    .since(started.get(test.getUniqueId())));
            }
        }

        /** A skipped test is a failure: it guards nothing. Those that cannot run here are left out by their tag. */
        @Override public void executionSkipped(TestIdentifier test, String reason) {
            results.add(Result.failed(name(test), "skipped: " + reason));
        }

        private String name(TestIdentifier test) {
            var parent = Optional.ofNullable(plan).flatMap(p -> p.getParent(test)).map(TestIdentifier::getDisplayName);
            return parent.orElse("tests") + ": " + test.getDisplayName();
        }

        private static String text(Throwable failure) {
            var where = Arrays.stream(failure.getStackTrace()).limit(6).map(frame -> "    at " + frame).toList();
            return failure + "\n" + String.join("\n", where);
        }
    }
}
