package grading.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import grading.Clone;
import grading.PostgresPrograms;
import grading.RedisClone;
import grading.protocol.WorkerReport.LeftThread;
import grading.protocol.WorkerReport.PlannedCheck;
import grading.report.Check.Cause;
import grading.report.Check;
import grading.report.Got;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lab.Installation;
import lab.Login;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Commands to the worker and its reports")
class WorkerMessageTest {
    private static final String ANY = "a\tb\\n\nc\r\0 ü → 漢";
    /** Of an answer, without what a terminal obeys. */
    private static final String SAID = "a\tb\\n\nc ü → 漢";
    private static final Login LOGIN = new Login("jdbc:postgresql://localhost/x?a=b", "course_app", ANY);
    private static final Clone CLONE = new Clone(LOGIN, LOGIN.on("y"), new Login("", "", ""));
    private static final ClassFiles CLASSES = new ClassFiles(Map.of("SumUp", new byte[] {(byte) 0xca, 0, '\n'}, "SumUp$1", new byte[0]));
    private static final List<WorkerCommand> COMMANDS = List.of(
        new WorkerCommand.Compile("SumUpTest", Path.of("course sämple", "SumUpTest.java"), List.of(Path.of("a", "A.java"), Path.of("B.java"))),
        new WorkerCommand.CompileOnly(new WorkerCommand.Compile("SumUpTest", Path.of("SumUpTest.java"), List.of(Path.of("A.java")))),
        new WorkerCommand.Load("SumUpTest", CLASSES, new ClassFiles(Map.of())), new WorkerCommand.Run(Path.of("answer"), CLONE, CheckSelection.only(List.of("grows"))), new WorkerCommand.TakeClone(CLONE),
        new WorkerCommand.TakeRedis(new RedisClone("localhost", 6379, ANY, "redis://x")), new WorkerCommand.Locate(), new WorkerCommand.TakeWord("0af3"),
        new WorkerCommand.TakePrograms(PostgresPrograms.of(new Installation(Path.of("pg"), "18.6", ANY))), new WorkerCommand.TakePrograms(PostgresPrograms.none(ANY)),
        new WorkerCommand.TakeClassPath(List.of(Path.of("a.jar"), Path.of(ANY.replace("\0", ""))), ANY),
        new WorkerCommand.TakeLog(Optional.of(List.of(ANY, ""))), new WorkerCommand.TakeLog(Optional.empty()),
        new WorkerCommand.WarmUpCompiler(Path.of("V.java"), List.of()), new WorkerCommand.WarmUpConnection(LOGIN));
    private static final List<WorkerReport.Sent> REPORTS = List.of(new WorkerReport.Ready(),
        new WorkerReport.Compiled(List.of(new PlannedCheck("sums", SAID, 1, ""), new PlannedCheck("ignoresNull", "", 0, "sums,others"))),
        new WorkerReport.Classes(CLASSES, CLASSES),
        new WorkerReport.Refused(WorkerReport.Stage.VERIFIER, List.of(SAID, "")), new WorkerReport.Started("sums"),
        new WorkerReport.Skipped("ignoresNull", "sums"),
        new WorkerReport.Ended("sums", Check.Status.FAILED, new Cause(SAID, "1", new Got(SAID, "2 pages", "Seq Scan"), "SumUp.java:6", "42P01", "42"), SAID, Duration.ofNanos(Long.MAX_VALUE), "0af3"),
        new WorkerReport.CloneWanted(), new WorkerReport.RedisWanted(), new WorkerReport.ProgramsWanted(), new WorkerReport.ClassPathWanted(),
        new WorkerReport.LogWanted(Instant.parse("2026-11-22T10:00:00.123Z")),
        new WorkerReport.Done(List.of(new LeftThread(SAID, true), new LeftThread("x", false))),
        new WorkerReport.Died("why", "SumUp.java:6", SAID), new WorkerReport.Exiting("", ""), new WorkerReport.Position("SumUp.java:6", SAID));

    @Test @DisplayName("bring the words of an answer without what a terminal obeys")
    void visible() {
        var said = new WorkerReport.Died("\u001b[2J", "SumUp.java:6", "\r✓ Passed: 9 of 9");
        assertEquals(new WorkerReport.Died("␛[2J", "SumUp.java:6", "␍✓ Passed: 9 of 9"), WorkerReport.of(said.bytes()));
    }

    @Test @DisplayName("are read as they were written, every type of them")
    void roundTrip() {
        COMMANDS.forEach(command -> assertEquals(command, WorkerCommand.of(command.bytes())));
        REPORTS.forEach(report -> assertEquals(report, WorkerReport.of(report.bytes())));
        assertEquals(types(WorkerCommand.class), COMMANDS.stream().map(Object::getClass).collect(Collectors.toSet()));
        assertEquals(types(WorkerReport.Sent.class), REPORTS.stream().map(Object::getClass).collect(Collectors.toSet()));
    }

    @Test @DisplayName("are refused where they are cut or longer than they should be")
    void cut() {
        COMMANDS.forEach(command -> cut(command.bytes(), WorkerCommand::of));
        REPORTS.forEach(report -> cut(report.bytes(), WorkerReport::of));
    }

    @Test @DisplayName("are refused, and nothing worse, whatever else the bytes are")
    void garbage() {
        var random = new Random(7);
        for (var report : Stream.concat(REPORTS.stream(), REPORTS.stream()).toList()) {
            for (int i = 0; i < 500; i++) {
                var bytes = report.bytes();
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                try {
                    WorkerReport.of(bytes);
                } catch (IllegalArgumentException e) {
                    // as it should be; a message that happens to be one is as good
                }
            }
        }
        assertThrows(IllegalArgumentException.class, () -> WorkerReport.of("ended\tsums\tSUCCESSFUL".getBytes()));
    }

    private static void cut(byte[] whole, Function<byte[], ?> reader) {
        for (int length = 0; length <= whole.length + 1; length++) {
            var other = Arrays.copyOf(whole, length);
            if (length != whole.length) {
                assertThrows(IllegalArgumentException.class, () -> reader.apply(other));
            }
        }
    }

    private static Set<Class<?>> types(Class<?> sealed) {
        return Set.of(sealed.getPermittedSubclasses());
    }
}
