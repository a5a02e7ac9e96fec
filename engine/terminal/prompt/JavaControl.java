package terminal.prompt;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import jdk.jshell.execution.LocalExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Runs snippets in this process and keeps what JShell itself would turn into text: the exception and the value. */
final class JavaControl extends LocalExecutionControl {
    private Throwable failure;

    private JavaControl(ClassLoader parent) {
        super(parent);
    }

    @Override protected String invoke(Method snippet) throws Exception {
        failure = null;
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(snippet.getDeclaringClass().getClassLoader()); // the snippet's own thread inherits it
        try {
            return super.invoke(snippet);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Override protected String throwConvertedInvocationException(Throwable cause) throws RunException, InternalException {
        failure = cause;
        return super.throwConvertedInvocationException(cause);
    }

    /** What the last snippet threw, with its SQLSTATE and everything else. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** The value of a variable of the shell; empty where it is null or cannot be read. */
    Optional<Object> value(String className, String variable) {
        try {
            var field = findClass(className).getDeclaredField(variable);
            field.setAccessible(true);
            return Optional.ofNullable(field.get(null));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    /** Makes one control and remembers it. */
    static final class Provider implements ExecutionControlProvider {
        private JavaControl control;

        @Override public String name() {
            return "course";
        }

        @Override public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
            control = new JavaControl(JavaControl.class.getClassLoader());
            return control;
        }

        JavaControl control() {
            return control;
        }
    }
}
