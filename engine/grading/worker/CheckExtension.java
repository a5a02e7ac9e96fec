package grading.worker;

import grading.Answer;
import grading.AnswerProgram;
import grading.Clone;
import grading.CloneLog;
import grading.Fresh;
import grading.Needs;
import grading.PostgresPrograms;
import grading.RedisClone;
import java.util.Optional;
import java.util.Set;
import jvm.IsolatedJvm;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives checks their clone, its log, answer, program, Redis and PostgreSQL's programs, and skips those that need a check that has not passed. */
public final class CheckExtension implements ParameterResolver, ExecutionCondition {
    private static final Set<Class<?>> GIVEN = Set.of(Clone.class, Answer.class, RedisClone.class, CloneLog.class, PostgresPrograms.class,
        AnswerProgram.class);

    @Override public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        // An answer finds this class as JUnit does; what it gives is for a verifier that JUnit runs.
        return GIVEN.contains(parameter.getParameter().getType()) && (!IsolatedJvm.isHere() || "org.junit.jupiter.engine".equals(parameter.getClass().getModule().getName()))
            && parameter.getDeclaringExecutable().getDeclaringClass().getClassLoader() instanceof VerifierLoader;
    }

    @Override public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        if (!supportsParameter(parameter, context)) {
            throw new ParameterResolutionException("only a verifier gets this");
        }
        var run = CheckRun.current();
        var type = parameter.getParameter().getType();
        if (type == Clone.class) {
            return AnnotationSupport.isAnnotated(context.getTestMethod(), Fresh.class) ? run.freshClone() : run.sharedClone();
        }
        return type == Answer.class ? run.answer() : type == RedisClone.class ? run.redis() : type == CloneLog.class ? run.log()
            : type == AnswerProgram.class ? run.program() : run.programs();
    }

    @Override public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().filter(method -> !CheckRun.current().wants(method.getName())).isPresent()) {
            return ConditionEvaluationResult.disabled("not run, because it was not asked for, or a check before it refused the answer");
        }
        return context.getTestMethod().flatMap(method -> AnnotationSupport.findAnnotation(method, Needs.class))
            .flatMap(needs -> missing(needs))
            .map(name -> ConditionEvaluationResult.disabled(name))
            .orElseGet(() -> ConditionEvaluationResult.enabled("what it needs has passed"));
    }

    private static Optional<String> missing(Needs needs) {
        for (var name : needs.value()) {
            if (!CheckRun.current().hasPassed(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
