package grading.mutation;

import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import java.util.regex.Pattern;

/** Which numbers are worth another one, and which. */
final class JavaNumbers {
    private static final Pattern COLUMN = Pattern.compile("(set|get)[A-Z]\\w*");
    private static final Pattern TIME = Pattern.compile("of(Seconds|Millis|Minutes)|sleep|\\w*Timeout|\\w*Delay");

    private JavaNumbers() { }

    /** A small number counts something, so one more is wrong. A big one is a limit, for which one more is the same. */
    static String other(int number) {
        return number == 0 ? "1" : number == 1 || number >= 10 ? "0" : Integer.toString(number + 1);
    }

    /** {@code statement.setString(1, …)}, {@code rows.getLong(1)}: the driver refuses any other. */
    static boolean firstIsColumn(MethodInvocationTree call) {
        var arguments = call.getArguments();
        var name = name(call);
        return !arguments.isEmpty() && arguments.getFirst() instanceof LiteralTree && COLUMN.matcher(name).matches()
            && (name.startsWith("get") || arguments.size() == 2);
    }

    /** A time to wait: some more or less is the same, none is not. */
    static boolean isTime(MethodInvocationTree call) {
        return !call.getArguments().isEmpty() && call.getArguments().getFirst() instanceof LiteralTree && TIME.matcher(name(call)).matches();
    }

    private static String name(MethodInvocationTree call) {
        return switch (call.getMethodSelect()) {
            case MemberSelectTree select -> select.getIdentifier().toString();
            case IdentifierTree identifier -> identifier.getName().toString();
            default -> "";
        };
    }
}
