package grading.worker;

import java.util.Map;
import kernel.compile.MemoryLoader;

/** Loads an answer of somebody else, apart from the verifier, which it does not see. The course's classes win over those of the same name. */
final class AnswerLoader extends MemoryLoader {
    AnswerLoader(Map<String, byte[]> classes) {
        super(classes, AnswerLoader.class.getClassLoader());
    }

    @Override protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        try {
            return getParent().loadClass(name);
        } catch (ClassNotFoundException e) {
            return super.loadClass(name, resolve);
        }
    }
}
