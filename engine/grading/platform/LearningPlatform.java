package grading.platform;

import grading.report.Report;
import grading.report.Reports;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lesson.UnknownName;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Who takes what came of one submission, each in a format of its own. */
public enum LearningPlatform {
    /** XML as JUnit writes it: Artemis and build servers. */
    JUNIT,
    GRADESCOPE,
    PRAIRIELEARN,
    /** Version 3 of the interface of Exercism's test runners. */
    EXERCISM,
    /** What the graders of GitHub Classroom give to its reporter. */
    CLASSROOM;

    static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    /** For who bounds what it takes. */
    static final JsonMapper COMPACT = JsonMapper.builder().build();

    /** @throws UnknownName where there is none of that name */
    public static LearningPlatform of(String word) {
        return valueOf(UnknownName.check("platform", word, Arrays.stream(values()).map(LearningPlatform::word).toList()).toUpperCase(Locale.ROOT));
    }

    /** As after {@code --for}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The files that a platform wants.
     *
     * @param reports of one submission, each of another exercise
     * @param problem why it could not be judged; empty where it was
     * @return contents by their names, with slashes
     */
    public Map<String, String> files(List<Report> reports, String problem) {
        return switch (this) {
            case JUNIT -> Map.of("results.xml", Reports.junit(problem.isEmpty() ? reports : with(reports, problem)));
            case GRADESCOPE -> Map.of("results.json", JSON.writeValueAsString(Gradescope.of(reports, problem)) + "\n");
            case PRAIRIELEARN -> Map.of("results.json", PrairieLearn.json(reports, problem) + "\n");
            case EXERCISM -> exercism(reports, problem);
            case CLASSROOM -> Classroom.files(reports, problem);
        };
    }

    /** Exercism knows one exercise at a time: each has a folder, as a solution there has. */
    private static Map<String, String> exercism(List<Report> reports, String problem) {
        var files = new LinkedHashMap<String, String>();
        reports.forEach(report -> files.put(report.id().replace('/', '-') + "/results.json", JSON.writeValueAsString(Exercism.of(report)) + "\n"));
        if (reports.isEmpty()) {
            files.put("results.json", JSON.writeValueAsString(Exercism.error(problem)) + "\n");
        }
        return files;
    }

    /** A suite of its own for what concerns the submission as a whole. */
    private static List<Report> with(List<Report> reports, String problem) {
        var test = new Report.Test("The submission can be judged", "", "error", "broken", problem, "", 0, "submission", new Report.Cause("", "", "", ""), "", "", "", 0, 1, 0);
        var whole = new Report(3, Reports.ERROR, problem, List.of(test), "submission", "submission", 0, 1, 0, List.of(), "", "", "", "");
        return java.util.stream.Stream.concat(reports.stream(), java.util.stream.Stream.of(whole)).toList();
    }

    /** The beginning of a text that may be as long as somebody likes. */
    static String cut(String text, int most, String note) {
        if (text.length() <= most) {
            return text;
        }
        var end = most - note.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + note;
    }
}
