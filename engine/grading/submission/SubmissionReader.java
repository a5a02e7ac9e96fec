package grading.submission;

import grading.report.Reports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import kernel.output.VisibleText;
import lesson.Hashes;
import tools.jackson.core.JacksonException;

/** Reads a submission, which may be malicious: files and bytes are bounded, and no name leads out of its folder. */
final class SubmissionReader {
    private static final int MAX_FILES = 500;
    private static final int MAX_BYTES = 20 * 1024 * 1024;
    private static final Pattern ANSWER = Pattern.compile("answers/(\\d\\d-[a-z0-9-]+)/(\\d+-[a-z0-9-]+)/([A-Za-z0-9_][A-Za-z0-9_.-]*)");
    private final Path file;
    private final TreeMap<String, byte[]> contents = new TreeMap<>();
    private int bytesLeft = MAX_BYTES;

    private SubmissionReader(Path file) {
        this.file = file;
    }

    /**
     * @param tampered  what does not agree with its sums, in sentences; empty where nothing was changed
     * @param signature of the sums; empty where nobody has signed
     */
    record Read(Submission submission, TreeMap<String, byte[]> answers, List<String> tampered, byte[] sums, Optional<byte[]> signature) { }

    /** @throws BadSubmission if it is none */
    static Read read(Path file) {
        var reader = new SubmissionReader(file);
        try (var zip = new ZipInputStream(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                reader.add(entry.getName(), zip);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new BadSubmission("cannot read the submission " + file + ": " + e.getMessage());
        }
        return reader.result();
    }

    private void add(String name, InputStream content) throws IOException {
        if (!name.equals(Submission.REPORT) && !name.equals(Submission.SUMS) && !name.equals(Submission.SIGNATURE) && !ANSWER.matcher(name).matches()) {
            throw new BadSubmission(file + " holds " + name + ", which does not belong in a submission; nothing of it was unpacked");
        }
        if (contents.size() >= MAX_FILES || contents.put(name, bounded(content)) != null) {
            throw new BadSubmission(file + " holds " + name + " twice, or more than " + MAX_FILES + " files; nothing of it was unpacked");
        }
    }

    /** The archive's own word on sizes is not asked. */
    private byte[] bounded(InputStream content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var buffer = new byte[8192];
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
            bytesLeft -= n;
            if (bytesLeft < 0) {
                throw new BadSubmission(file + " unpacks to more than " + MAX_BYTES / (1024 * 1024) + " MB; nothing of it was kept");
            }
            bytes.write(buffer, 0, n);
        }
        return bytes.toByteArray();
    }

    private Read result() {
        if (!contents.containsKey(Submission.REPORT) || !contents.containsKey(Submission.SUMS)) {
            throw new BadSubmission(file + " is no submission: " + Submission.REPORT + " or " + Submission.SUMS + " is missing");
        }
        try {
            var submission = Optional.ofNullable(Reports.JSON.readValue(contents.get(Submission.REPORT), Submission.class))
                .orElseThrow(() -> new BadSubmission(file + ": " + Submission.REPORT + " is null"));
            submission.problem().ifPresent(problem -> {
                throw new BadSubmission(file + ": " + Submission.REPORT + " " + problem);
            });
            var answers = new TreeMap<>(contents);
            answers.remove(Submission.REPORT);
            answers.remove(Submission.SUMS);
            answers.remove(Submission.SIGNATURE);
            return new Read(submission, answers, tampered(submission, answers), contents.get(Submission.SUMS), Optional.ofNullable(contents.get(Submission.SIGNATURE)));
        } catch (JacksonException e) {
            throw new BadSubmission(file + ": " + Submission.REPORT + " cannot be read (" + e.getOriginalMessage() + ")");
        }
    }

    private List<String> tampered(Submission submission, TreeMap<String, byte[]> answers) {
        var changes = new ArrayList<String>();
        var sums = new TreeMap<String, String>();
        new String(contents.get(Submission.SUMS), StandardCharsets.UTF_8).lines().filter(line -> line.contains("  "))
            .forEach(line -> sums.put(line.substring(line.indexOf("  ") + 2), line.substring(0, line.indexOf("  "))));
        contents.forEach((name, bytes) -> {
            if (!name.equals(Submission.SUMS) && !name.equals(Submission.SIGNATURE) && !Hashes.of(bytes).equals(sums.get(name))) {
                changes.add(name + " is not the file that was packed");
            }
        });
        answers.forEach((name, bytes) -> {
            if (!Hashes.of(bytes).equals(submission.files().get(name))) {
                changes.add(name + " is not the answer that the report is about");
            }
        });
        submission.files().keySet().stream().filter(name -> !answers.containsKey(name))
            .forEach(name -> changes.add(name + " was packed and is missing"));
        return changes.stream().map(VisibleText::of).toList();
    }

    /** Writes the answers below a folder; names were checked before. */
    static void unpack(Read read, Path folder) throws IOException {
        for (var answer : read.answers().entrySet()) {
            var target = folder.resolve(answer.getKey().substring(Submission.ANSWERS.length())).normalize();
            if (!target.startsWith(folder)) {
                throw new BadSubmission(answer.getKey() + " leads out of the submission");
            }
            Files.createDirectories(target.getParent());
            Files.write(target, answer.getValue());
        }
    }
}
