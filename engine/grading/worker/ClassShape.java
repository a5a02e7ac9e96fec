package grading.worker;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.Attribute;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What other code can see of compiled classes: names, types, signatures, no bodies. Two answers of the same shape need
 * the verifier compiled only once.
 */
final class ClassShape {
    private ClassShape() { }

    static String of(Map<String, byte[]> classes) {
        return new TreeMap<>(classes).values().stream().map(bytes -> of(ClassFile.of().parse(bytes)))
            .collect(Collectors.joining("\n"));
    }

    private static String of(ClassModel type) {
        var members = new StringBuilder(head(type)).append('\n');
        type.fields().forEach(field -> members.append(flags(field.flags())).append(field.fieldName().stringValue())
            .append(field.fieldType().stringValue()).append(signature(field)).append(field
                .findAttribute(Attributes.constantValue()).map(c -> constant(c.constant().toString())).orElse("")).append('\n'));
        type.methods().forEach(method -> members.append(flags(method.flags())).append(method.methodName().stringValue())
            .append(method.methodType().stringValue()).append(signature(method)).append(method
                .findAttribute(Attributes.exceptions()).map(e -> e.exceptions().toString()).orElse("")).append('\n'));
        return members.toString();
    }

    /** A text may hold what looks like the rest of a class. */
    private static String constant(String value) {
        return value.length() + ":" + value;
    }

    private static String head(ClassModel type) {
        return flags(type.flags()) + type.thisClass().asInternalName() + type.superclass().map(Object::toString).orElse("")
            + type.interfaces() + signature(type)
            + type.attributes().stream().map(Attribute::attributeName).map(Object::toString).sorted().toList();
    }

    private static String flags(AccessFlags flags) {
        return flags.flagsMask() + " ";
    }

    private static String signature(AttributedElement element) {
        return element.findAttribute(Attributes.signature()).map(s -> s.signature().stringValue()).orElse("");
    }
}
