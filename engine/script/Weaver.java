package script;

import java.io.ByteArrayInputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LocalVariable;
import java.lang.classfile.instruction.LocalVariableType;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds to a compiled lesson, before each announcement of a step and at its end, a call that hands over the local variables alive there.
 * A running method's variables cannot be read from outside, and a lesson whose variables were fields would not look
 * like the code people write.
 */
final class Weaver {
    private static final Set<String> ANNOUNCEMENTS = Set.of("step", "sql", "sqlFails");
    private static final String SCRIPT = "script/Script";
    private static final ClassDesc VARIABLES = ClassDesc.of("script.LocalVariables");
    private static final MethodTypeDesc REMEMBER =
        MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Object.arrayType());

    private Weaver() { }

    /** @param classes of the lesson by name; some of them may be variables' types */
    static byte[] weave(byte[] compiled, Map<String, byte[]> classes) {
        var ofTheLesson = ClassHierarchyResolver.ofResourceParsing(type ->
            Optional.ofNullable(classes.get(type.descriptorString().replaceAll("^L|;$", "").replace('/', '.'))).map(ByteArrayInputStream::new).orElse(null));
        var classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.defaultResolver().orElse(ofTheLesson)));
        var model = classFile.parse(compiled);
        return classFile.transformClass(model, ClassTransform.transformingMethods((methods, element) -> {
            if (element instanceof CodeModel code) {
                methods.transformCode(code, new Announcements((CodeAttribute) code)::accept);
            } else {
                methods.with(element);
            }
        }));
    }

    /** A local variable and the stretch of code in which it has a value. */
    private record Local(String name, int slot, ClassDesc type, String source, int from, int to) { }

    /** Walks through one method and knows which variables are alive where. */
    private static final class Announcements {
        private final List<Local> locals;
        private int position;
        private boolean isMain;

        Announcements(CodeAttribute code) {
            Map<String, String> generic = new LinkedHashMap<>();
            code.elementStream().filter(LocalVariableType.class::isInstance).map(LocalVariableType.class::cast)
                .forEach(v -> generic.put(v.name().stringValue() + v.slot(), SourceTypes.of(v.signatureSymbol())));
            locals = code.elementStream().filter(LocalVariable.class::isInstance).map(LocalVariable.class::cast)
                .map(v -> new Local(v.name().stringValue(), v.slot(), v.typeSymbol(),
                    generic.getOrDefault(v.name().stringValue() + v.slot(), SourceTypes.of(v.typeSymbol())),
                    code.labelToBci(v.startScope()), code.labelToBci(v.endScope())))
                .toList();
        }

        void accept(CodeBuilder builder, CodeElement element) {
            isMain |= element instanceof InvokeInstruction call && isCallOf(call, Set.of("begin"));
            var announces = element instanceof InvokeInstruction call && isCallOf(call, ANNOUNCEMENTS);
            if (announces || isMain && element instanceof ReturnInstruction) {
                remember(builder, locals.stream().filter(l -> l.from() <= position && position < l.to()).toList());
            }
            if (element instanceof Instruction instruction) {
                position += instruction.sizeInBytes();
            }
            builder.with(element);
        }

        private static boolean isCallOf(InvokeInstruction call, Set<String> words) {
            return call.owner().asInternalName().equals(SCRIPT) && words.contains(call.name().stringValue());
        }

        private static void remember(CodeBuilder builder, List<Local> alive) {
            builder.loadConstant(alive.size() * 3).anewarray(ConstantDescs.CD_Object);
            for (int i = 0; i < alive.size(); i++) {
                var local = alive.get(i);
                put(builder, i * 3, b -> b.loadConstant(local.name()));
                put(builder, i * 3 + 1, b -> b.loadConstant(local.source()));
                put(builder, i * 3 + 2, b -> loadBoxed(b, local));
            }
            builder.invokestatic(VARIABLES, "remember", REMEMBER);
        }

        private static void put(CodeBuilder builder, int index, java.util.function.Consumer<CodeBuilder> value) {
            builder.dup().loadConstant(index);
            value.accept(builder);
            builder.aastore();
        }

        private static void loadBoxed(CodeBuilder builder, Local local) {
            var kind = TypeKind.from(local.type());
            builder.loadLocal(kind, local.slot());
            if (local.type().isPrimitive()) {
                var box = SourceTypes.box(local.type());
                builder.invokestatic(box, "valueOf", MethodTypeDesc.of(box, local.type()));
            }
        }
    }
}
