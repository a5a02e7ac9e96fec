package script;

import java.lang.classfile.Signature;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes types the way source code does, so that a Java prompt can declare a variable of that type. */
final class SourceTypes {
    private static final Map<String, ClassDesc> BOXES = Map.of(
        "I", ConstantDescs.CD_Integer, "J", ConstantDescs.CD_Long, "D", ConstantDescs.CD_Double,
        "F", ConstantDescs.CD_Float, "Z", ConstantDescs.CD_Boolean, "B", ConstantDescs.CD_Byte,
        "S", ConstantDescs.CD_Short, "C", ConstantDescs.CD_Character);

    private SourceTypes() { }

    static ClassDesc box(ClassDesc primitive) {
        return BOXES.get(primitive.descriptorString());
    }

    static String of(ClassDesc type) {
        if (type.isArray()) {
            return of(type.componentType()) + "[]";
        }
        if (type.isPrimitive()) {
            return type.displayName();
        }
        // Classes of the lesson itself live in the unnamed package, where a prompt cannot see them.
        return type.packageName().isEmpty() ? "Object" : type.packageName() + "." + type.displayName().replace('$', '.');
    }

    static String of(Signature signature) {
        return switch (signature) {
            case Signature.BaseTypeSig base -> of(ClassDesc.ofDescriptor(String.valueOf(base.baseType())));
            case Signature.ArrayTypeSig array -> of(array.componentSignature()) + "[]";
            case Signature.TypeVarSig variable -> "Object";
            case Signature.ClassTypeSig type -> {
                var arguments = type.typeArgs().stream().map(SourceTypes::argument).collect(Collectors.joining(", "));
                var raw = of(type.classDesc());
                yield arguments.isEmpty() || raw.equals("Object") ? raw : raw + "<" + arguments + ">";
            }
        };
    }

    private static String argument(Signature.TypeArg argument) {
        return switch (argument) {
            case Signature.TypeArg.Unbounded any -> "?";
            case Signature.TypeArg.Bounded bounded -> switch (bounded.wildcardIndicator()) {
                case NONE -> of(bounded.boundType());
                case EXTENDS -> "? extends " + of(bounded.boundType());
                case SUPER -> "? super " + of(bounded.boundType());
            };
        };
    }
}
