package grading;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.time.Instant;
import java.util.Set;

/** Clocks that run {@value #FACTOR} times as fast: hours in a blink, for what code does "now and then", or remembers "for a while". */
public final class FastTime {
    private static final long FACTOR = 100_000;
    private static final ClassDesc HERE = ClassDesc.of("grading.FastTime");
    private static final Set<String> CLOCKS = Set.of("java/lang/System.nanoTime", "java/lang/System.currentTimeMillis", "java/time/Instant.now()Ljava/time/Instant;");
    private static final long NANOS = System.nanoTime();
    private static final long MILLIS = System.currentTimeMillis();

    private FastTime() { }

    /** In place of the one of System. */
    public static long nanoTime() {
        return NANOS + (System.nanoTime() - NANOS) * FACTOR;
    }

    /** In place of the one of System. */
    public static long currentTimeMillis() {
        return MILLIS + (nanoTime() - NANOS) / 1_000_000;
    }

    /** In place of the one of Instant. */
    public static Instant now() {
        return Instant.ofEpochMilli(currentTimeMillis());
    }

    /** The same class, looking at these clocks. */
    static byte[] looksHere(byte[] classFile, ClassLoader loader) {
        var files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver())));
        return files.transformClass(files.parse(classFile), ClassTransform.transformingMethodBodies((code, element) -> {
            if (element instanceof InvokeInstruction call && isClock(call)) {
                code.invokestatic(HERE, call.name().stringValue(), call.typeSymbol());
            } else {
                code.with(element);
            }
        }));
    }

    private static boolean isClock(InvokeInstruction call) {
        var method = call.owner().asInternalName() + "." + call.name().stringValue();
        return CLOCKS.contains(method) || CLOCKS.contains(method + call.type().stringValue());
    }
}
