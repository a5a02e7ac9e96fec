package cli;

import grading.gradebook.CountingRule;
import grading.gradebook.GradebookFiles;
import grading.gradebook.GradebookMaker;
import grading.gradebook.GradedSubmission;
import grading.gradebook.GradingFolder;
import grading.gradebook.GradingRun;
import grading.gradebook.HandedIn;
import grading.gradebook.Merge;
import grading.gradebook.PlatformFiles;
import grading.gradebook.Roster;
import grading.gradebook.Shard;
import grading.host.VerificationService;
import grading.platform.LearningPlatform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    private static final Option SHARD = value("shard", "I/N", "judge the I-th of N parts alone, for one of several machines; --merge puts them together");
    private static final Option MERGE = flag("merge", "judge nothing: make one gradebook of the folders that --shard has written");
    private static final Option SINCE = value("since", "TIME", "submissions packed before do not count: 2026-11-30 or 2026-11-30T18:00");
    private static final Option UNTIL = value("until", "TIME", "submissions packed after are late; a day alone means its end");
    private static final Option ATTEMPT = value("attempt", "WHICH", "the attempt that counts, latest or best (default: latest)");
    private static final Option ROSTER = value("roster", "FILE", "who is in the class, a CSV file with id, name and e-mail; finds learners by the names of files");
    private static final Option FOR = value("for", "PLATFORM", "write each submission's results for junit, gradescope, prairielearn, exercism or classroom, too");
    private static final Option JOBS = value("jobs", "N", "judge so many side by side, each on a server of its own (default: 1)");

    GradeCommand() {
        super("grade", "Judge the submissions of a class.", Arguments.any("FOLDER", "a folder of submissions; with --merge, folders of what came of them"),
            OUT, JOBS, SHARD, MERGE, SINCE, UNTIL, ATTEMPT, ROSTER, OthersCode.SIGNERS, FOR, OthersCode.SANDBOX, OthersCode.TRUST, DATABASE);
    }

    @Override protected List<Option> alternatives() {
        return List.of(SHARD, MERGE);
    }

    @Override protected int run(ParsedArguments arguments) throws InterruptedException {
        var rule = rule(arguments);
        var platform = arguments.value(FOR).map(LearningPlatform::of);
        var roster = arguments.value(ROSTER).map(Path::of).map(Roster::of).orElse(Roster.NONE);
        if (arguments.has(MERGE)) {
            return merge(arguments, rule, roster, platform);
        }
        var signers = OthersCode.signers(arguments);
        var folder = folder(arguments.words());
        var out = arguments.value(OUT).map(Path::of).orElse(folder.resolveSibling(folder.getFileName() + "-graded")).toAbsolutePath().normalize();
        var shard = arguments.value(SHARD).map(Shard::of).orElse(new Shard(1, 1));
        var all = HandedIn.in(folder, out);
        if (all.isEmpty()) {
            throw new UnknownName("there is nothing to grade: " + folder + " holds no file");
        }
        var sandbox = OthersCode.sandbox(arguments);
        OthersCode.agree(sandbox, arguments, "whoever handed in");
        var kept = GradingFolder.at(out);
        kept.keepOnly(all);
        var db = Providers.resolve(arguments.database(), System.err::println);
        var run = new GradingRun(Home.here(), kept, release(db), signers, () -> VerificationService.openForOthers(db, System.err::println, sandbox));
        var submissions = judge(run, all.stream().filter(shard::holds).toList(), number(arguments, JOBS, 1));
        if (arguments.has(SHARD)) {
            kept.ended(shard);
            return summary(submissions, "When all " + shard.count() + " shards are judged: ./jbang grade --merge " + kept.root() + " …");
        }
        return summary(submissions, "The gradebook: " + written(submissions, kept, roster, rule, platform));
    }

    private int merge(ParsedArguments arguments, CountingRule rule, Roster roster, Optional<LearningPlatform> platform) {
        var folders = arguments.words().stream().map(word -> new GradingFolder(Path.of(word).toAbsolutePath().normalize())).toList();
        if (folders.isEmpty()) {
            throw new UnknownName("grade --merge needs the folders that grade --shard has written");
        }
        var kept = GradingFolder.at(arguments.value(OUT).map(Path::of).orElse(Path.of("graded")).toAbsolutePath().normalize());
        var merge = Merge.into(kept, folders);
        var code = summary(merge.submissions(), "The gradebook: " + written(merge.submissions(), kept, roster, rule, platform));
        if (!merge.missing().isEmpty()) {
            System.err.println("Not all is there: shard " + String.join(", ", merge.missing()) + " has not ended");
            return Math.max(code, Main.FAILED);
        }
        return code;
    }

    private static Path written(List<GradedSubmission> submissions, GradingFolder kept, Roster roster, CountingRule rule, Optional<LearningPlatform> platform) {
        platform.ifPresent(one -> System.out.println("For " + one.word() + ": " + PlatformFiles.write(one, submissions, kept)));
        return GradebookFiles.write(new GradebookMaker(Home.here(), kept, roster, rule).of(submissions), kept);
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

    private static List<GradedSubmission> judge(GradingRun run, List<HandedIn> files, int jobs) throws InterruptedException {
        var progress = new GradingProgress(TerminalWriter.here(Home.here().root()), TerminalEnvironment.here().hasColour(), files.size());
        var submissions = new ArrayList<GradedSubmission>();
        run.grade(files, jobs, submission -> {
            progress.accept(submission);
            submissions.add(submission);
        });
        progress.end();
        return submissions;
    }

    /** Which PostgreSQL the word means, as far as can be said before it runs. */
    private static String release(String db) {
        return db.startsWith("embedded") ? "embedded " + Versions.embedded(db.contains(":") ? Integer.parseInt(db.substring(db.indexOf(':') + 1)) : Versions.DEFAULT) : db;
    }

    private static int summary(List<GradedSubmission> submissions, String next) {
        var judged = submissions.stream().filter(GradedSubmission::isJudged).count();
        submissions.stream().filter(submission -> !submission.isJudged())
            .forEach(bad -> System.out.println("Not judged: " + kernel.output.VisibleText.of(bad.file()) + ": " + bad.problem()));
        System.out.println(judged + " of " + submissions.size() + " submissions judged. " + next);
        return judged == submissions.size() ? Main.OK : judged > 0 ? Main.FAILED : Main.UNUSABLE;
    }
}
