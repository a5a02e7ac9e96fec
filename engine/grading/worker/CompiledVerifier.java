package grading.worker;

import grading.Hint;
import grading.Needs;
import grading.SourceOrder;
import grading.protocol.WorkerReport.PlannedCheck;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jvm.IsolatedJvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A verifier that is compiled with an answer: lists its checks and runs them. */
final class CompiledVerifier {
    // Kept, because making one costs more than running a verifier.
    private static final Launcher JUNIT = LauncherFactory.create(engine(LauncherConfig.builder())
        .enableTestExecutionListenerAutoRegistration(false).enableLauncherDiscoveryListenerAutoRegistration(false)
        .enableLauncherSessionListenerAutoRegistration(false).enablePostDiscoveryFilterAutoRegistration(false).build());
    private final VerifierLoader loader;
    private final Class<?> verifier;
    private final List<String> order;
    private final Map<String, byte[]> answer;

    /** A named module cannot make the engine itself, which JUnit then looks for. */
    private static LauncherConfig.Builder engine(LauncherConfig.Builder config) {
        return IsolatedJvm.isHere() ? config : config.enableTestEngineAutoRegistration(false).addTestEngines(new JupiterTestEngine());
    }

    CompiledVerifier(AnswerCompiler.Result.Compiled compiled, String verifierClass) throws ClassNotFoundException {
        answer = new HashMap<>(compiled.all());
        answer.keySet().removeAll(compiled.verifier().keySet());
        var others = IsolatedJvm.isHere();
        loader = others ? VerifierLoader.apart(OpenedClass.all(RenamedClass.all(compiled.verifier(), VerifierModule.NAME)), new AnswerLoader(OpenedClass.all(compiled.answer())))
            : new VerifierLoader(compiled.all());
        verifier = loader.loadClass((others ? VerifierModule.NAME + "." : "") + verifierClass);
        order = SourceOrder.methods(verifier);
    }

    /** The checks in the order in which they run. */
    List<PlannedCheck> checks() {
        return Arrays.stream(verifier.getDeclaredMethods())
            .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
            .sorted(Comparator.comparingInt(method -> order.indexOf(method.getName())))
            .map(method -> new PlannedCheck(method.getName(), sentence(method),
                AnnotationSupport.findAnnotation(method, Hint.class).map(Hint::value).orElse(0),
                AnnotationSupport.findAnnotation(method, Needs.class).map(n -> String.join(",", n.value())).orElse(""))).toList();
    }

    /** Runs the checks, in this thread. */
    void run(CheckRun run) {
        Thread.currentThread().setContextClassLoader(loader);
        var request = LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(verifier))
            .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
            .configurationParameter("junit.jupiter.testmethod.order.default", SourceOrder.class.getName())
            .build();
        JUNIT.execute(request, run);
    }

    /** Runs checks of the course's own, and reports nothing. */
    static void warmUp(Class<?> checks) {
        JUNIT.execute(LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(checks)).build());
    }

    /** The classes of the answer, without those of the verifier. */
    Map<String, byte[]> answer() {
        return answer;
    }

    private static String sentence(Method method) {
        return AnnotationSupport.findAnnotation(method, DisplayName.class).map(DisplayName::value)
            .orElseGet(() -> sentence(method.getName()));
    }

    private static String sentence(String name) {
        var words = name.replace('_', ' ').replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
