package grading.worker;

import grading.Answer;
import grading.Clone;
import grading.Fresh;
import grading.Needs;
import grading.RedisClone;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Gives checks their clone, answer and Redis, and skips those whose ground is missing. */
public final class CheckExtension implements ParameterResolver, ExecutionCondition {

    @Override public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        var type = parameter.getParameter().getType();
        return type == Clone.class || type == Answer.class || type == RedisClone.class;
    }

    @Override public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var run = CheckRun.current();
        if (parameter.getParameter().getType() == Answer.class) {
            return run.answer();
        }
        if (parameter.getParameter().getType() == RedisClone.class) {
            return run.redis();
        }
        var fresh = AnnotationSupport.isAnnotated(context.getTestMethod(), Fresh.class);
        return fresh ? run.freshClone() : run.sharedClone();
    }

    @Override public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (context.getTestMethod().isPresent() && CheckRun.current().isOver()) {
            return ConditionEvaluationResult.disabled("not run, because a check before it refused the answer");
        }
        return context.getTestMethod().flatMap(method -> AnnotationSupport.findAnnotation(method, Needs.class))
            .flatMap(needs -> missing(needs))
            .map(name -> ConditionEvaluationResult.disabled(name))
            .orElseGet(() -> ConditionEvaluationResult.enabled("its ground is there"));
    }

    private static Optional<String> missing(Needs needs) {
        for (var name : needs.value()) {
            if (!CheckRun.current().passed(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }
}
