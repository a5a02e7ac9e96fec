package grading.gradebook;

import grading.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import lab.os.StateFile;
import lesson.Exercise;
import lesson.Hashes;
import lesson.UnknownName;

/** Where a run keeps what it knows, a file for each submission, each verdict and each answer, so that the next one goes on there. */
public record GradingFolder(Path root) {
    private static final String MARK = "grade.txt";

    /**
     * The folder of this name, new or from an earlier run.
     *
     * @throws UnknownName where it holds something else: files of it are replaced and removed
     */
    public static GradingFolder at(Path root) {
        var mark = root.resolve(MARK);
        try {
            Files.createDirectories(root);
            if (!Files.exists(mark)) {
                try (var files = Files.list(root)) {
                    if (files.findAny().isPresent() && !Files.exists(mark)) { // another shard may have made it a moment ago
                        throw new UnknownName(root + " holds what is not of grade; give --out a folder that is new or empty");
                    }
                }
                Files.writeString(mark, "Made by ./jbang grade, which goes on here; nothing else should lie in this folder.\n");
            }
            return new GradingFolder(root);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + root, e);
        }
    }

    /** All submissions of it, in order of their names. @throws UnknownName where nothing was judged there */
    public List<GradedSubmission> submissions() {
        var folder = root.resolve("submissions");
        if (!Files.exists(root.resolve(MARK)) || !Files.isDirectory(folder)) {
            throw new UnknownName(root + " is no folder of grade: nothing was judged there");
        }
        try (var files = Files.list(folder)) {
            var found = new ArrayList<GradedSubmission>();
            files.filter(file -> file.toString().endsWith(".json")).forEach(file -> found.add(state(file, GradedSubmission.class).read()));
            found.sort(Comparator.comparing(GradedSubmission::file));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    void keep(GradedSubmission submission) {
        state(submissionFile(submission.file()), GradedSubmission.class).write(submission);
    }

    private Path submissionFile(String name) {
        return root.resolve("submissions").resolve(Hashes.of(name.getBytes(StandardCharsets.UTF_8)) + ".json");
    }

    /** Forgets what is about none of these files: they were there once. */
    public void keepOnly(List<HandedIn> files) {
        var names = files.stream().map(file -> submissionFile(file.name()).getFileName()).collect(Collectors.toSet());
        try (var kept = Files.newDirectoryStream(Files.createDirectories(root.resolve("submissions")), "*.json")) {
            for (var file : kept) {
                if (!names.contains(file.getFileName())) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look through " + root, e);
        }
    }

    /** Takes over a submission with its verdicts and answers. */
    void add(GradedSubmission submission, GradingFolder from) {
        if (!from.root().toAbsolutePath().equals(root.toAbsolutePath())) {
            keep(submission);
            submission.answers().forEach(answer -> {
                from.verdict(answer.verdict()).ifPresent(report -> keep(answer.verdict(), report));
                keepAnswer(answer.answer(), from.answer(answer.answer()));
            });
        }
    }

    /** Remembers that all of it was judged. */
    public void ended(Shard shard) {
        state(root.resolve("shards").resolve(shard.index() + "-" + shard.count() + ".json"), String.class).write(shard.toString());
    }

    List<Shard> endedShards() {
        if (!Files.isDirectory(root.resolve("shards"))) {
            return List.of();
        }
        try (var files = Files.list(root.resolve("shards"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".json")).map(name -> Shard.of(name.replace(".json", ""))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + root, e);
        }
    }

    /** A verdict by its name; empty where there is none, or none that can be read: then it is judged again. */
    public Optional<Report> verdict(String name) {
        try {
            return Optional.ofNullable(state(verdictFile(name), Report.class).read());
        } catch (StateFile.Damaged e) {
            return Optional.empty();
        }
    }

    void keep(String name, Report verdict) {
        state(verdictFile(name), Report.class).write(verdict);
    }

    /** The files of an answer as they were judged. */
    public Path answer(String hash) {
        return root.resolve("answers").resolve(hash);
    }

    void keepAnswer(String hash, Path folder) {
        try {
            for (var file : Exercise.answerFiles(folder)) {
                Files.createDirectories(answer(hash));
                Files.copy(file, answer(hash).resolve(file.getFileName()), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep an answer in " + root, e);
        }
    }

    /** In folders of two digits: a class has tens of thousands. */
    private Path verdictFile(String name) {
        return root.resolve("verdicts").resolve(name.substring(0, 2)).resolve(name + ".json");
    }

    private static <T> StateFile<T> state(Path file, Class<T> type) {
        return new StateFile<>(file, type, () -> null);
    }
}
