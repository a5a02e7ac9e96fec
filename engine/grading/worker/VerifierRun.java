package grading.worker;

import grading.Answer;
import grading.Clone;
import grading.Hint;
import grading.Needs;
import grading.RedisClone;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A compiled answer with its verifier: the list of checks, and their run. */
final class VerifierRun {
    // Kept, because making one costs more than running a verifier.
    private static final Launcher JUNIT = LauncherFactory.create(LauncherConfig.builder()
        .enableTestEngineAutoRegistration(false).addTestEngines(new JupiterTestEngine())
        .enableTestExecutionListenerAutoRegistration(false).enableLauncherDiscoveryListenerAutoRegistration(false)
        .enableLauncherSessionListenerAutoRegistration(false).enablePostDiscoveryFilterAutoRegistration(false).build());
    private final VerifierLoader loader;
    private final Class<?> verifier;
    private final List<String> order;
    private final Map<String, byte[]> answer;

    VerifierRun(AnswerCompiler.Result.Compiled compiled, String verifierClass) throws ClassNotFoundException {
        loader = new VerifierLoader(compiled.all());
        verifier = loader.loadClass(verifierClass);
        order = ClassShape.methods(compiled.verifier().get(verifierClass));
        answer = new java.util.HashMap<>(compiled.all());
        answer.keySet().removeAll(compiled.verifier().keySet());
    }

    /** Four fields a check: method, sentence, number of its hint (0 for none), checks it needs. */
    List<String> checks() {
        var fields = new ArrayList<String>();
        Arrays.stream(verifier.getDeclaredMethods())
            .filter(method -> AnnotationSupport.isAnnotated(method, Testable.class))
            .sorted(Comparator.comparingInt(method -> order.indexOf(method.getName())))
            .forEach(method -> fields.addAll(List.of(method.getName(), sentence(method),
                Integer.toString(AnnotationSupport.findAnnotation(method, Hint.class).map(Hint::value).orElse(0)),
                AnnotationSupport.findAnnotation(method, Needs.class).map(n -> String.join(",", n.value())).orElse(""))));
        return fields;
    }

    /** @param toFirstRefusal whether checks are left out once one has not passed */
    void run(Answer files, Clone clone, Supplier<Clone> freshClones, Supplier<RedisClone> redis, boolean toFirstRefusal, HostChannel host, AnswerOutput output) {
        var run = CheckRun.start(files, clone, freshClones, redis, order, toFirstRefusal);
        Thread.currentThread().setContextClassLoader(loader);
        var request = LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(verifier))
            .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
            .configurationParameter("junit.jupiter.testmethod.order.default", CheckOrder.class.getName())
            .build();
        JUNIT.execute(request, new CheckListener(host, output, run, answer));
    }

    /** Runs a class of ours, and tells nobody. */
    static void rehearse(Class<?> checks) {
        JUNIT.execute(LauncherDiscoveryRequestBuilder.request().selectors(DiscoverySelectors.selectClass(checks)).build());
    }

    Map<String, byte[]> answer() {
        return answer;
    }

    private static String sentence(Method method) {
        return AnnotationSupport.findAnnotation(method, DisplayName.class).map(DisplayName::value)
            .orElseGet(() -> sentence(method.getName()));
    }

    private static String sentence(String name) {
        var words = name.replace('_', ' ').replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(java.util.Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
