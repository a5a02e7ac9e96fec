package grading.worker;

import grading.Answer;
import grading.AnswerProgram;
import grading.Clone;
import grading.CloneLog;
import grading.Fresh;
import grading.Needs;
import grading.PostgresPrograms;
import grading.RedisClone;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives checks their clone, its log, answer, program, Redis and PostgreSQL's programs, and skips those that need a check that has not passed. */
public final class CheckExtension implements ParameterResolver, ExecutionCondition {
    private static final Set<Class<?>> GIVEN = Set.of(Clone.class, Answer.class, RedisClone.class, CloneLog.class, PostgresPrograms.class,
        AnswerProgram.class);

    @Override public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return GIVEN.contains(parameter.getParameter().getType());
    }

    @Override public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
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

    /** Checks run in the order in which the verifier has them. */
    static final class SourceOrder implements MethodOrderer {
        @Override public void orderMethods(MethodOrdererContext context) {
            var order = CheckRun.current().order();
            context.getMethodDescriptors().sort(Comparator.comparingInt((MethodDescriptor method) -> order.indexOf(method.getMethod().getName())));
        }
    }
}
