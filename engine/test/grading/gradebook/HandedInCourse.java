package grading.gradebook;

import grading.host.SampleCourse;
import grading.host.VerificationService;
import grading.submission.SubmissionWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lab.Progress;

/** A class of the sample course, and what it has handed in. */
final class HandedInCourse implements AutoCloseable {
    static final String FORMATTED = SampleCourse.GOOD.replace("\n    ", "\n\t").replace("public class", "/* mine */ public class");
    private final SampleCourse course = new SampleCourse();
    private final VerificationService service = VerificationService.open("embedded", Progress.SILENT);
    final AtomicInteger services = new AtomicInteger();

    SampleCourse course() {
        return course;
    }

    /** A learner packs this answer, and hands it in under this name. */
    Path handIn(Path folder, String name, String answer) throws Exception {
        course.answer(answer);
        try (var copies = new SubmissionWriter.Copies(List.of(course.exercise()))) {
            var packed = SubmissionWriter.write(List.of(service.verify(course.exercise(), copies.folder(course.exercise()))), folder.resolveSibling("packed"));
            Files.createDirectories(folder.resolve(name).getParent());
            return Files.move(packed, folder.resolve(name));
        }
    }

    List<GradedSubmission> grade(Path folder, Path out, int jobs) throws Exception {
        return grade(HandedIn.in(folder, out), out, jobs);
    }

    List<GradedSubmission> grade(List<HandedIn> files, Path out, int jobs) throws Exception {
        var graded = new ArrayList<GradedSubmission>();
        new GradingRun(course.home(), GradingFolder.at(out), "embedded", Optional.empty(), () -> {
            services.incrementAndGet();
            return service;
        }, one -> { }).grade(files, jobs, graded::add);
        graded.sort(java.util.Comparator.comparing(GradedSubmission::file));
        return graded;
    }

    static long verdicts(Path out) throws IOException {
        try (var files = Files.walk(out.resolve("verdicts"))) {
            return files.filter(file -> file.toString().endsWith(".json")).count();
        }
    }

    @Override public void close() {
        service.close();
        course.close();
    }
}
