package grading.worker;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.FieldModel;
import java.lang.classfile.FieldTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.util.HashMap;
import java.util.Map;

/**
 * Classes that were compiled as one package, for two class loaders: what is not private is public, or the verifier could not call an
 * answer that is in its package no more.
 */
final class OpenedClass {
    private static final int HIDDEN = ClassFile.ACC_PRIVATE | ClassFile.ACC_PROTECTED;

    private OpenedClass() { }

    static Map<String, byte[]> all(Map<String, byte[]> classes) {
        var opened = new HashMap<String, byte[]>();
        classes.forEach((name, bytes) -> opened.put(name, of(bytes)));
        return opened;
    }

    private static byte[] of(byte[] bytes) {
        var files = ClassFile.of();
        return files.transformClass(files.parse(bytes), ClassTransform.ofStateful(() -> (builder, element) -> {
            switch (element) {
                case AccessFlags flags -> builder.withFlags(opened(flags.flagsMask()));
                case MethodModel method when isHidden(method.flags()) && !method.methodName().equalsString("<clinit>") ->
                    builder.transformMethod(method, MethodTransform.ofStateful(() -> (inner, part) -> {
                        if (part instanceof AccessFlags flags) {
                            inner.withFlags(opened(flags.flagsMask()));
                        } else {
                            inner.with(part);
                        }
                    }));
                case FieldModel field when isHidden(field.flags()) -> builder.transformField(field, FieldTransform.ofStateful(() -> (inner, part) -> {
                    if (part instanceof AccessFlags flags) {
                        inner.withFlags(opened(flags.flagsMask()));
                    } else {
                        inner.with(part);
                    }
                }));
                default -> builder.with(element);
            }
        }));
    }

    private static boolean isHidden(AccessFlags flags) {
        return (flags.flagsMask() & (ClassFile.ACC_PRIVATE | ClassFile.ACC_PUBLIC)) == 0;
    }

    private static int opened(int flags) {
        return flags & ~HIDDEN | ClassFile.ACC_PUBLIC;
    }
}
