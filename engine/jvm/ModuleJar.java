package jvm;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
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
 * The classes of a jar, or of a folder, as a named module: nobody outside gets at what is not public, by reflection neither.
 *
 * @param name     of the module
 * @param requires names of the modules that it reads
 * @param exports  whether others may use its public types
 * @param toJunit  packages whose public types JUnit may use, though nobody else may
 * @param provides implementations of a service, by the name of the service
 */
record ModuleJar(String name, Collection<String> requires, boolean exports, List<String> toJunit, Map<String, String> provides) {
    private static final String CLASS = ".class";
    private static final String INFO = "module-info.class";

    /** Writes it, uncompressed. Classes in no package cannot be in a module, and are left out. */
    void write(Path source, Path jar) throws IOException {
        var files = Files.isDirectory(source) ? inFolder(source) : inJar(source);
        try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(jar), 1 << 16))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (var file : files.entrySet()) {
                put(zip, file.getKey(), file.getValue());
            }
            put(zip, INFO, descriptor(packages(files.keySet())));
        }
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

    private byte[] descriptor(List<String> packages) {
        return ClassFile.of().buildModule(ModuleAttribute.of(ModuleDesc.of(name), module -> {
            requires.forEach(required -> module.requires(ModuleDesc.of(required), required.equals("java.base") ? ClassFile.ACC_MANDATED : 0, null));
            packages.stream().filter(each -> exports).forEach(each -> module.exports(PackageDesc.of(each), 0));
            toJunit.forEach(each -> module.exports(PackageDesc.of(each), 0, ModuleDesc.of("org.junit.platform.commons")));
            provides.forEach((service, implementation) -> module.provides(ClassDesc.of(service), ClassDesc.of(implementation)));
        }));
    }
}
