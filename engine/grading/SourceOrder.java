package grading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;

/** Checks run in the order in which the verifier has them, which reflection does not promise. */
public final class SourceOrder implements MethodOrderer {
    @Override public void orderMethods(MethodOrdererContext context) {
        var order = methods(context.getTestClass());
        context.getMethodDescriptors().sort(Comparator.comparingInt((MethodDescriptor method) -> order.indexOf(method.getMethod().getName())));
    }

    /** The names of a class's methods in the order of its source. */
    public static List<String> methods(Class<?> verifier) {
        try (var in = verifier.getClassLoader().getResourceAsStream(verifier.getName().replace('.', '/') + ".class")) {
            return ClassFile.of().parse(in.readAllBytes()).methods().stream().map(method -> method.methodName().stringValue()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + verifier, e);
        }
    }
}
