package cli;

import grading.gradebook.CountingRule;
import grading.gradebook.GradebookFiles;
import grading.gradebook.GradebookMaker;
import grading.gradebook.GradedSubmission;
import grading.gradebook.GradingFolder;
import grading.gradebook.GradingRun;
import grading.gradebook.HandedIn;
import grading.gradebook.Roster;
import grading.host.VerificationService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import lab.Versions;
import lab.provider.Providers;
import lesson.Home;
import lesson.UnknownName;
import org.apache.commons.cli.Option;
import terminal.screen.TerminalEnvironment;
import terminal.screen.TerminalWriter;

/** {@code grade submissions/}: judges the submissions of a class again, each as it was handed in, and goes on where it was interrupted. */
final class GradeCommand extends Command {
    private static final Option OUT = value("out", "DIR", "where what came of it is kept and written (default: beside the folder, with -graded after its name)");
    private static final Option SINCE = value("since", "TIME", "submissions packed before do not count: 2026-11-30 or 2026-11-30T18:00");
    private static final Option UNTIL = value("until", "TIME", "submissions packed after are late; a day alone means its end");
    private static final Option ATTEMPT = value("attempt", "WHICH", "the attempt that counts, latest or best (default: latest)");
    private static final Option ROSTER = value("roster", "FILE", "who is in the class, a CSV file with id, name and e-mail; finds learners by the names of files");
    private static final Option JOBS = value("jobs", "N", "judge so many side by side, each on a server of its own (default: 1)");

    GradeCommand() {
        super("grade", "Judge the submissions of a class.", Arguments.any("FOLDER", "a folder of submissions"),
            OUT, JOBS, SINCE, UNTIL, ATTEMPT, ROSTER, DATABASE);
    }

    @Override protected int run(ParsedArguments arguments) throws InterruptedException {
        var folder = folder(arguments.words());
        var out = arguments.value(OUT).map(Path::of).orElse(folder.resolveSibling(folder.getFileName() + "-graded")).toAbsolutePath();
        var files = HandedIn.in(folder, out);
        if (files.isEmpty()) {
            throw new UnknownName("there is nothing to grade: " + folder + " holds no file");
        }
        var rule = rule(arguments);
        var roster = arguments.value(ROSTER).map(Path::of).map(Roster::of).orElse(Roster.NONE);
        var kept = new GradingFolder(out);
        var submissions = judge(files, kept, arguments);
        var page = GradebookFiles.write(new GradebookMaker(Home.here(), kept, roster, rule).of(submissions), kept);
        return summary(submissions, page);
    }

    private Path folder(List<String> words) {
        if (words.size() != 1) {
            throw new UnknownName("grade needs one FOLDER, of submissions (./jbang grade --help shows what there is)");
        }
        var folder = Path.of(words.getFirst()).toAbsolutePath().normalize();
        if (!Files.isDirectory(folder)) {
            throw new UnknownName("there is no folder " + folder);
        }
        return folder;
    }

    private static CountingRule rule(ParsedArguments arguments) {
        var attempt = UnknownName.check("attempt", arguments.value(ATTEMPT).orElse("latest"), List.of("latest", "best"));
        return new CountingRule(CountingRule.Attempt.valueOf(attempt.toUpperCase(Locale.ROOT)),
            arguments.value(SINCE).map(word -> CountingRule.time(word, false)), arguments.value(UNTIL).map(word -> CountingRule.time(word, true)));
    }

    private List<GradedSubmission> judge(List<HandedIn> files, GradingFolder kept, ParsedArguments arguments) throws InterruptedException {
        var home = Home.here();
        var db = Providers.resolve(arguments.database(), System.err::println);
        var environment = TerminalEnvironment.here();
        var progress = new GradingProgress(TerminalWriter.here(home.root()), environment.hasColour(), files.size());
        var submissions = new ArrayList<GradedSubmission>();
        new GradingRun(home, kept, release(db), services(db)).grade(files, number(arguments, JOBS, 1), submission -> {
            progress.accept(submission);
            submissions.add(submission);
        });
        progress.end();
        return submissions;
    }

    /** One place says in which surroundings strangers' code runs. */
    private static Supplier<VerificationService> services(String db) {
        return () -> VerificationService.open(db, System.err::println);
    }

    /** Which PostgreSQL the word means, as far as can be said before it runs. */
    private static String release(String db) {
        return db.startsWith("embedded") ? "embedded " + Versions.embedded(db.contains(":") ? Integer.parseInt(db.substring(db.indexOf(':') + 1)) : Versions.DEFAULT) : db;
    }

    private static int summary(List<GradedSubmission> submissions, Path page) {
        var judged = submissions.stream().filter(GradedSubmission::isJudged).count();
        submissions.stream().filter(submission -> !submission.isJudged())
            .forEach(bad -> System.out.println("Not judged: " + kernel.output.VisibleText.of(bad.file()) + ": " + bad.problem()));
        System.out.println(judged + " of " + submissions.size() + " submissions judged. The gradebook: " + page);
        return judged == submissions.size() ? Main.OK : judged > 0 ? Main.FAILED : Main.UNUSABLE;
    }
}
