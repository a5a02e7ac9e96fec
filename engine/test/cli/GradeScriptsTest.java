package cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import lab.os.Processes;
import lesson.Home;
import org.apache.commons.cli.Option;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Their lines run as the engine would run them, with its variables set; in place of ./jbang stands a script that notes its words. */
@EnabledIf("isPossible")
@DisplayName("What spreads the grading of a class over machines")
class GradeScriptsTest {
    private static final String READ = "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1], encoding='utf-8')), sys.stdout, default=str)";
    @TempDir Path folder;

    /** A reader of YAML is there, Debian's. */
    static boolean isPossible() throws IOException, InterruptedException {
        return Files.isExecutable(Path.of("/usr/bin/python3")) && new ProcessBuilder("/usr/bin/python3", "-c", "import yaml").start().waitFor() == 0;
    }

    @BeforeEach void standIns() throws IOException {
        standIn("jbang", """
            printf '%s\\n' "$@" '' >>said
            [ "$1" != grade ] || { mkdir -p graded/classroom && echo cmVzdWx0 >graded/classroom/result.txt; }
            exit "${CODE:-0}"
            """);
        standIn("docker", "exit 0\n");
    }

    @Test @DisplayName("GitLab: each of its machines has another shard, and there are as many as machines")
    void gitlab() throws Exception {
        var pipeline = yaml("docs/grading/gitlab-ci.yml");
        int machines = pipeline.at("/grade/parallel").asInt();
        var shards = new ArrayList<String>();
        for (int i = 1; i <= machines; i++) {
            run(lines(pipeline.at("/grade/script")), Map.of("CI_NODE_INDEX", "" + i, "CI_NODE_TOTAL", "" + machines));
            shards.add(said().getLast().get("--shard"));
        }
        assertEquals(all(machines), shards);
        run(lines(pipeline.at("/gradebook/script")), Map.of());
        assertTrue(said().getLast().containsKey("--merge"));
    }

    @Test @DisplayName("Kubernetes: its index begins with 0, a shard with 1")
    void kubernetes() throws Exception {
        var job = yaml("docs/grading/kubernetes.yml").at("/spec");
        var container = job.at("/template/spec/containers/0");
        int machines = job.get("completions").asInt();
        assertEquals("SHARDS", container.at("/env/0/name").asString());
        assertEquals("" + machines, container.at("/env/0/value").asString());
        assertEquals("Indexed", job.get("completionMode").asString());
        assertEquals("[\"bash\",\"-c\"]", container.get("command").toString());
        var shards = new ArrayList<String>();
        for (int i = 0; i < machines; i++) {
            run(List.of(container.at("/args/0").asString()), Map.of("JOB_COMPLETION_INDEX", "" + i, "SHARDS", "" + machines));
            shards.add(said().getLast().get("--shard"));
        }
        assertEquals(all(machines), shards);
    }

    @Test @DisplayName("GitHub, for a class: one machine for each number of its matrix, and a gradebook of all")
    void github() throws Exception {
        var jobs = yaml(".github/workflows/grade.yml").get("jobs");
        var numbers = jobs.at("/shard/strategy/matrix/shard");
        var shards = new ArrayList<String>();
        for (var number : numbers) {
            for (var step : jobs.at("/shard/steps")) {
                run(step, "${{ matrix.shard }}", number.asString());
            }
            shards.add(said().getLast().get("--shard"));
        }
        assertEquals(all(numbers.size()), shards);
        for (var step : jobs.at("/gradebook/steps")) {
            run(step, "", "");
        }
        assertTrue(said().getLast().containsKey("--merge"));
    }

    @Test @DisplayName("GitHub, for a learner: the reporter gets the points under the name by which it asks for them")
    void classroom() throws Exception {
        var steps = yaml("docs/grading/classroom.yml").at("/jobs/run-autograding-tests/steps");
        for (var step : steps) {
            run(step, "", "");
        }
        assertEquals(List.of("submit", "grade"), said().stream().map(words -> words.get("")).toList());
        assertEquals("result=cmVzdWx0\n", Files.readString(folder.resolve("output")));
        var reporter = steps.get(steps.size() - 1);
        var grader = steps.get(steps.size() - 2).get("id").asString();
        assertEquals(grader, reporter.at("/with/runners").asString());
        assertEquals("${{ steps." + grader + ".outputs.result }}", reporter.get("env").get(grader.toUpperCase() + "_RESULTS").asString());
    }

    @Test @DisplayName("Slurm: the task's number and how many there are; words behind it go to grade")
    void slurm() throws Exception {
        var script = Home.here().root().resolve("docs/grading/grade.sbatch").toString();
        for (int code : List.of(0, 1, 2)) {
            var run = execute(List.of("bash", script, "handed in", "out", "--db", "embedded"), Map.of("SLURM_ARRAY_TASK_ID", "3", "SLURM_ARRAY_TASK_COUNT", "8", "CODE", "" + code));
            assertEquals(code == 2, run != 0, "grade's exit code " + code);
        }
        assertEquals(Map.of("", "grade", "--shard", "3/8", "--out", "out/3", "--db", "embedded"), said().getLast());
    }

    @ParameterizedTest(name = "exit code {0}") @ValueSource(ints = { 0, 1, 2 })
    @DisplayName("A file that cannot be judged stops nobody, whatever else goes wrong does")
    void exitCodes(int code) throws Exception {
        for (var script : List.of(yaml("docs/grading/gitlab-ci.yml").at("/grade/script/0"), yaml("docs/grading/kubernetes.yml").at("/spec/template/spec/containers/0/args/0"))) {
            var ended = execute(List.of("bash", "-ec", script.asString()), Map.of("CI_NODE_INDEX", "1", "CI_NODE_TOTAL", "1", "JOB_COMPLETION_INDEX", "0", "SHARDS", "1", "CODE", "" + code));
            assertEquals(code == 2, ended != 0, script::asString);
        }
    }

    private static List<String> all(int count) {
        assertNotEquals(0, count);
        return IntStream.rangeClosed(1, count).mapToObj(i -> i + "/" + count).toList();
    }

    private static List<String> lines(JsonNode script) {
        return StreamSupport.stream(script.spliterator(), false).map(JsonNode::asString).toList();
    }

    /** What a step of a workflow runs, with what GitHub puts in place of an expression. */
    private void run(JsonNode step, String expression, String value) throws Exception {
        if (step.has("run")) {
            run(List.of(step.get("run").asString().replace(expression.isEmpty() ? "${{ }}" : expression, value)), Map.of("FOLDER", "submissions"));
        }
    }

    private void run(List<String> lines, Map<String, String> variables) throws Exception {
        var script = String.join("\n", lines);
        assertTrue(!script.contains("${{"), script);
        assertEquals(0, execute(List.of("bash", "-eu", "-o", "pipefail", "-c", script), variables), script);
    }

    private int execute(List<String> command, Map<String, String> variables) throws Exception {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(folder.resolve("printed").toFile());
        builder.environment().putAll(variables);
        builder.environment().put("GITHUB_OUTPUT", folder.resolve("output").toString());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        var process = builder.start();
        assertTrue(Processes.endsWithin(Duration.ofSeconds(30), process));
        return process.exitValue();
    }

    /** Each call of ./jbang: the command by the empty name, its options by theirs. Whatever the command does not know fails the test. */
    private List<Map<String, String>> said() throws IOException {
        var calls = new ArrayList<Map<String, String>>();
        for (var call : Files.readString(folder.resolve("said")).split("\n\n")) {
            var words = List.of(call.split("\n"));
            var command = words.getFirst().equals("grade") ? new GradeCommand() : new SubmitCommand();
            var known = new TreeMap<String, String>(Map.of("", command.name()));
            for (int i = 1; i < words.size(); i++) {
                if (words.get(i).startsWith("--")) {
                    var name = words.get(i);
                    var option = command.options().stream().filter(one -> name.equals("--" + one.getLongOpt())).findFirst();
                    assertEquals(name, option.map(one -> "--" + one.getLongOpt()).orElse("none of " + command.name()));
                    known.put(name, option.filter(Option::hasArg).isPresent() ? words.get(++i) : "");
                }
            }
            calls.add(known);
        }
        return calls;
    }

    private void standIn(String name, String script) throws IOException {
        Files.setPosixFilePermissions(Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static JsonNode yaml(String file) throws Exception {
        var process = new ProcessBuilder("/usr/bin/python3", "-c", READ, Home.here().root().resolve(file).toString()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        return JsonMapper.shared().readTree(process.getInputStream().readAllBytes());
    }
}
