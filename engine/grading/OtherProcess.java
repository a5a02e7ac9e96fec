package grading;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The answer once more, with statics of its own, as another process of the application has them: a lock or a set that lives in one
 * JVM is seen by nobody there.
 */
public final class OtherProcess {
    private OtherProcess() { }

    /**
     * Makes an object of a class of the verifier that calls the answer. That class, and all that is in its package, is
     * loaded anew.
     *
     * @param caller public or not, with a constructor without parameters
     * @param role   how the verifier talks to it: a type of the JDK or of the kit, since it knows no other in common with it
     */
    public static <T> T start(Class<? extends T> caller, Class<T> role) {
        return start(role, new Loader(caller, false), caller);
    }

    /** The same, where the clocks of Java run as {@link FastTime}: what happens only every hour happens soon. Waiting takes as long as ever. */
    public static <T> T startInFastTime(Class<? extends T> caller, Class<T> role) {
        return start(role, new Loader(caller, true), caller);
    }

    private static <T> T start(Class<T> role, Loader loader, Class<? extends T> caller) {
        Kit.exportTo(loader.getUnnamedModule());
        try {
            var constructor = loader.loadClass(caller.getName()).getDeclaredConstructor();
            constructor.setAccessible(true);
            return role.cast(constructor.newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot start " + caller + " in another process", e);
        }
    }

    /** Loads for itself what is in the package of the caller and in the unnamed one, where answers are, and asks the other one for everything else. */
    private static final class Loader extends ClassLoader {
        private final ClassLoader original;
        private final String ownPackage;
        private final boolean fast;

        Loader(Class<?> caller, boolean fast) {
            super(caller.getClassLoader());
            this.fast = fast;
            original = caller.getClassLoader();
            ownPackage = caller.getPackageName();
        }

        @Override protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            var itsPackage = name.substring(0, Math.max(0, name.lastIndexOf('.')));
            if (name.equals(FastTime.class.getName()) || !(itsPackage.isEmpty() || itsPackage.equals(ownPackage))) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                var loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (var in = original.getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                var bytes = fast ? FastTime.looksHere(in.readAllBytes(), original) : in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + name, e);
            }
        }
    }
}
