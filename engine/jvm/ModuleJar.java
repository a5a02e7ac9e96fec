package jvm;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The classes of jars, or of a folder, as a named module: nobody outside gets at what is not public, by reflection neither.
 *
 * @param name     of the module
 * @param requires names of the modules that it reads
 * @param exports  whether others may use its public types
 * @param toJunit  packages whose public types JUnit may use, though nobody else may
 * @param provides implementations of services, by the name of the service; those of libraries stand in their jars
 */
record ModuleJar(String name, Collection<String> requires, boolean exports, List<String> toJunit, Map<String, List<String>> provides) {
    private static final String CLASS = ".class";
    private static final String INFO = "module-info.class";
    private static final String SERVICES = "META-INF/services/";

    /** One of a library, for everybody: all of its packages may be used, and none of them opened. */
    static ModuleJar ofLibrary(String name, Collection<String> requires) {
        return new ModuleJar(name, requires, true, List.of(), Map.of());
    }

    /** Writes it, uncompressed. Classes in no package cannot be in a module, and are left out. */
    void write(List<Path> sources, Path jar) throws IOException {
        var files = new TreeMap<String, byte[]>();
        for (var source : sources) {
            (Files.isDirectory(source) ? inFolder(source) : inJar(source)).forEach((file, bytes) -> files.merge(file, bytes, ModuleJar::joined));
        }
        try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar), 1 << 16))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (var file : files.entrySet()) {
                put(zip, file.getKey(), file.getValue());
            }
            put(zip, INFO, descriptor(packages(files.keySet()), services(files)));
        }
    }

    /** Several jars may name implementations of the same service. Of other files that they both have, nobody reads more than the beginning. */
    private static byte[] joined(byte[] one, byte[] other) {
        return (new String(one, StandardCharsets.UTF_8) + "\n" + new String(other, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, List<String>> services(Map<String, byte[]> files) {
        var services = new TreeMap<>(provides);
        files.forEach((name, bytes) -> {
            if (exports && name.startsWith(SERVICES)) {
                services.put(name.substring(SERVICES.length()), new String(bytes, StandardCharsets.UTF_8).lines().map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty()).distinct().toList());
            }
        });
        return services;
    }

    private static void put(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(bytes);
        zip.closeEntry();
    }

    private static Map<String, byte[]> inFolder(Path root) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (var all = Files.walk(root)) {
            for (var file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                var name = root.relativize(file).toString().replace('\\', '/');
                if (belongs(name)) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    private static Map<String, byte[]> inJar(Path jar) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (var zip = new ZipFile(jar.toFile())) {
            for (var entry : zip.stream().filter(each -> !each.isDirectory() && belongs(each.getName())).toList()) {
                try (var in = zip.getInputStream(entry)) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return files;
    }

    private static boolean belongs(String file) {
        return !file.endsWith(INFO) && !(file.endsWith(CLASS) && file.indexOf('/') < 0);
    }

    private static List<String> packages(Collection<String> files) {
        var packages = new TreeSet<String>();
        files.stream().filter(name -> name.endsWith(CLASS)).map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
            .forEach(name -> packages.add(name.substring(0, name.lastIndexOf('/')).replace('/', '.')));
        return List.copyOf(packages);
    }

    private byte[] descriptor(List<String> packages, Map<String, List<String>> services) {
        return ClassFile.of().buildModule(ModuleAttribute.of(ModuleDesc.of(name), module -> {
            requires.forEach(required -> module.requires(ModuleDesc.of(required), required.equals("java.base") ? ClassFile.ACC_MANDATED : 0, null));
            packages.stream().filter(each -> exports).forEach(each -> module.exports(PackageDesc.of(each), 0));
            toJunit.forEach(each -> module.exports(PackageDesc.of(each), 0, ModuleDesc.of("org.junit.platform.commons")));
            services.forEach((service, implementations) -> {
                module.provides(ClassDesc.of(service), implementations.stream().map(ClassDesc::of).toArray(ClassDesc[]::new));
                module.uses(ClassDesc.of(service));
            });
        }));
    }
}
