package check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lesson.Home;

/** The packages of the engine: which uses which, what their types are called, how large they are. Tests aside. */
final class PackageCheck {
    private static final String LIST = "CONTRIBUTING.md";
    private static final int MANY_FILES = 25;
    private static final String REASON = "More than " + MANY_FILES + " files";
    private final Home home;
    private final List<SourceFile> sources;

    private PackageCheck(Home home) throws IOException {
        this.home = home;
        this.sources = SourceFile.under(home.root().resolve("engine"));
    }

    static List<Result> of(Home home) throws IOException {
        var check = new PackageCheck(home);
        return List.of(
            Result.of("packages use what is on lower floors alone", check.arrows()),
            Result.of("no two types of the engine share a simple name", check.sharedNames()),
            Result.of("large packages say why they are", check.largePackages()));
    }

    private List<String> arrows() throws IOException {
        var floors = Floors.read(home.root().resolve(LIST));
        var packages = byPackage().keySet();
        var complaints = new ArrayList<String>();
        packages.stream().filter(name -> !floors.packages().contains(name)).forEach(name -> complaints.add(
            name + " is not among the floors in " + LIST + "; add it, above what it uses"));
        floors.packages().stream().filter(name -> !packages.contains(name)).forEach(name -> complaints.add(
            LIST + " has " + name + " among the floors, which is no package of the engine; remove it there"));
        if (complaints.isEmpty()) {
            var types = types();
            sources.stream().filter(source -> !source.packageName().isEmpty())
                .forEach(source -> complaints.addAll(arrows(source, types, floors)));
        }
        return complaints;
    }

    private List<String> arrows(SourceFile source, Map<String, String> types, Floors floors) {
        var used = new TreeSet<String>();
        source.names().forEach(name -> type(name, types).ifPresent(used::add));
        return used.stream().filter(type -> !floors.mayUse(source.packageName(), types.get(type)))
            .map(type -> path(source) + " uses " + type + ", but " + types.get(type) + " is not below " + source.packageName()
                + " among the floors in " + LIST + "; move one of the two").toList();
    }

    /** Full names of all top-level types, and of all packages followed by a star, each with its package. */
    private Map<String, String> types() {
        var types = new TreeMap<String, String>();
        sources.stream().filter(source -> !source.packageName().isEmpty()).forEach(source -> {
            types.put(source.packageName() + ".*", source.packageName());
            source.types().forEach(type -> types.put(source.packageName() + "." + type, source.packageName()));
        });
        return types;
    }

    /** The type that a dotted name begins with: {@code lab.os.Folders} of {@code lab.os.Folders.delete}. */
    private static Optional<String> type(String name, Map<String, String> types) {
        for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
            if (types.containsKey(name.substring(0, end))) {
                return Optional.of(name.substring(0, end));
            }
        }
        return Optional.empty();
    }

    private List<String> sharedNames() {
        var paths = new TreeMap<String, List<String>>();
        sources.forEach(source -> source.types().forEach(type -> paths.computeIfAbsent(type, t -> new ArrayList<>()).add(path(source))));
        return paths.entrySet().stream().filter(entry -> entry.getValue().size() > 1)
            .map(entry -> entry.getKey() + " is in " + String.join(" and in ", entry.getValue()) + "; rename one").toList();
    }

    private List<String> largePackages() throws IOException {
        var complaints = new ArrayList<String>();
        for (var large : byPackage().entrySet()) {
            var info = large.getValue().getFirst().path().resolveSibling("package-info.java");
            if (large.getValue().size() > MANY_FILES && !says(info)) {
                complaints.add(large.getKey() + " has " + large.getValue().size() + " files; part it, or say in its package-info.java: \""
                    + REASON + ", because …\"");
            }
        }
        return complaints;
    }

    private static boolean says(Path info) throws IOException {
        return Files.exists(info) && Files.readString(info).contains(REASON);
    }

    private Map<String, List<SourceFile>> byPackage() {
        return sources.stream().filter(source -> !source.packageName().isEmpty())
            .collect(Collectors.groupingBy(SourceFile::packageName, TreeMap::new, Collectors.toList()));
    }

    private String path(SourceFile source) {
        return home.root().relativize(source.path()).toString();
    }
}
