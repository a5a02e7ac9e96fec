package kernel.jshell.child;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.HashSet;
import java.util.Set;

/** Puts a question to {@link StopFlag} wherever code of a snippet could go on for ever: no thread can be stopped from outside. */
final class StopWeaver {
    private static final ClassDesc STOP_FLAG = ClassDesc.of(StopFlag.class.getName());

    private StopWeaver() { }

    static byte[] weave(byte[] compiled) {
        var classFile = ClassFile.of();
        return classFile.transformClass(classFile.parse(compiled),
            ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(Checks::new)));
    }

    private static final class Checks implements CodeTransform {
        private final Set<Label> passed = new HashSet<>();

        @Override public void atStart(CodeBuilder builder) {
            check(builder);
        }

        @Override public void accept(CodeBuilder builder, CodeElement element) {
            switch (element) {
                case LabelTarget target -> passed.add(target.label());
                case BranchInstruction jump when passed.contains(jump.target()) -> check(builder);
                default -> { }
            }
            builder.with(element);
        }

        private static void check(CodeBuilder builder) {
            builder.invokestatic(STOP_FLAG, "check", ConstantDescs.MTD_void);
        }
    }
}
