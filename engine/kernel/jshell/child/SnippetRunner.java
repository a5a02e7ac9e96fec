package kernel.jshell.child;

import java.lang.instrument.ClassDefinition;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import jdk.jshell.execution.DirectExecutionControl;

/** Loads classes with the checks of {@link StopWeaver}, redefines them where the JVM can, and runs a snippet in a thread that can be stopped. */
final class SnippetRunner extends DirectExecutionControl {
    private static final String NO_VALUE = ""; // the host asks for the value by a request of its own, within bounds
    private final Object lock = new Object();
    private ThreadGroup running;
    private volatile Throwable failure;

    @Override public void load(ClassBytecodes[] classes) throws ClassInstallException, NotImplementedException, EngineTerminationException {
        super.load(woven(classes));
    }

    @Override public void redefine(ClassBytecodes[] classes) throws ClassInstallException, NotImplementedException, EngineTerminationException {
        var instrumentation = Agent.instrumentation().orElseThrow(() -> new NotImplementedException("redefine"));
        var woven = woven(classes);
        try {
            var definitions = new ClassDefinition[woven.length];
            for (int i = 0; i < woven.length; i++) {
                definitions[i] = new ClassDefinition(findClass(woven[i].name()), woven[i].bytecodes());
            }
            instrumentation.redefineClasses(definitions);
            classesRedefined(woven);
        } catch (UnsupportedOperationException | LinkageError | ClassNotFoundException | UnmodifiableClassException e) {
            // Its fields or methods are others than before: JShell makes a new class.
            throw new ClassInstallException("redefine: " + e, new boolean[classes.length]);
        }
    }

    private static ClassBytecodes[] woven(ClassBytecodes[] classes) {
        var woven = new ClassBytecodes[classes.length];
        for (int i = 0; i < classes.length; i++) {
            woven[i] = new ClassBytecodes(classes[i].name(), StopWeaver.weave(classes[i].bytecodes()));
        }
        return woven;
    }

    @Override protected String invoke(Method snippet) throws Exception {
        failure = null;
        stoppable(() -> snippet.invoke(null), snippet.getDeclaringClass().getClassLoader());
        return NO_VALUE;
    }

    /** Runs code of the cell in a thread of its own, which {@link #stop} can reach. */
    @SuppressWarnings("removal")
    <T> T stoppable(Callable<T> work, ClassLoader loader) throws Exception {
        var result = new FutureTask<>(work);
        var group = new ThreadGroup("cell");
        var thread = new Thread(group, result, "cell");
        thread.setContextClassLoader(loader);
        synchronized (lock) {
            StopFlag.clear();
            running = group;
            thread.start();
        }
        thread.join();
        synchronized (lock) {
            running = null;
        }
        try {
            return result.get();
        } catch (ExecutionException e) {
            var thrown = e.getCause() instanceof InvocationTargetException inside ? inside.getCause() : e.getCause();
            if (thrown instanceof ThreadDeath) {
                throw new StoppedException();
            }
            throw new InvocationTargetException(thrown);
        }
    }

    /** Stops the snippet as far as a JVM can: at the next check, in a sleep, in a wait. */
    @Override public void stop() {
        isStopping();
    }

    /** Stops what runs. @return whether there was something to stop */
    boolean isStopping() {
        synchronized (lock) {
            if (running != null) {
                StopFlag.set();
                var threads = new Thread[running.activeCount() + 16];
                var count = running.enumerate(threads);
                for (int i = 0; i < count; i++) {
                    threads[i].interrupt();
                }
            }
            return running != null;
        }
    }

    @Override protected String throwConvertedInvocationException(Throwable cause) throws RunException, InternalException {
        failure = cause;
        return super.throwConvertedInvocationException(cause);
    }

    /** What the last snippet threw; JShell's own exceptions have only a part of it. */
    Throwable failure() {
        return failure;
    }

    /** @throws ReflectiveOperationException if there is no such variable any more */
    Object value(String className, String variable) throws ReflectiveOperationException {
        var field = findClass(className).getDeclaredField(variable);
        field.setAccessible(true);
        return field.get(null);
    }

    /** @return whether the value of the one variable could be put into the other */
    boolean move(String fromClass, String from, String toClass, String to) throws ReflectiveOperationException {
        var value = value(fromClass, from);
        var field = findClass(toClass).getDeclaredField(to);
        field.setAccessible(true);
        try {
            field.set(null, value);
            return true;
        } catch (IllegalArgumentException e) {
            return false; // an object of the class as it was before
        }
    }

    @Override public void addToClasspath(String path) {
        // the course's jars are on the class path of this process
    }
}
