package grading.worker;

import grading.Kit;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The named module of a verifier that judges an answer of somebody else: the answer can find its class on the stack, and its objects in
 * what it is given, and opens neither.
 */
final class VerifierModule {
    /** The name of the module and of its one package. */
    static final String NAME = "checks";

    private VerifierModule() { }

    /** Makes it of the classes of this loader. */
    static void define(ClassLoader loader, ClassLoader answer) {
        var boot = ModuleLayer.boot();
        var libraries = ClassLoader.getSystemClassLoader().getUnnamedModule();
        var configuration = boot.configuration().resolve(only(reference(descriptor(boot))), ModuleFinder.of(), Set.of(NAME));
        var controller = ModuleLayer.defineModules(configuration, List.of(boot), name -> loader);
        var module = controller.layer().findModule(NAME).orElseThrow();
        controller.addReads(module, libraries).addReads(module, answer.getUnnamedModule()).addOpens(module, NAME, libraries);
        Kit.exportTo(module);
    }

    /** It reads everything; JUnit runs it, Jackson fills its records, and the driver makes its factories. */
    private static ModuleDescriptor descriptor(ModuleLayer boot) {
        var builder = ModuleDescriptor.newModule(NAME).packages(Set.of(NAME)).exports(NAME, Set.of("org.postgresql.jdbc"))
            .opens(NAME, Set.of("org.junit.platform.commons", "tools.jackson.databind"));
        boot.modules().forEach(module -> builder.requires(module.getName()));
        return builder.build();
    }

    private static ModuleReference reference(ModuleDescriptor descriptor) {
        return new ModuleReference(descriptor, null) {
            @Override public ModuleReader open() {
                throw new UnsupportedOperationException("its classes are in memory alone");
            }
        };
    }

    private static ModuleFinder only(ModuleReference module) {
        return new ModuleFinder() {
            @Override public Optional<ModuleReference> find(String name) {
                return Optional.of(module).filter(one -> one.descriptor().name().equals(name));
            }

            @Override public Set<ModuleReference> findAll() {
                return Set.of(module);
            }
        };
    }
}
