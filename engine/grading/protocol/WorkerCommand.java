package grading.protocol;

import grading.Clone;
import grading.PostgresPrograms;
import grading.RedisClone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import jvm.FieldReader;
import jvm.FieldWriter;
import lab.Installation;
import lab.Login;

/**
 * What the host tells its worker. Each command writes itself, with a letter for its type, and {@link #of} reads all: a library
 * for it, and a switch over types as well, take longer to load than a small verification takes.
 */
public sealed interface WorkerCommand {
    /** As {@link #of} reads it. */
    byte[] bytes();

    /** @throws IllegalArgumentException where that is no command */
    static WorkerCommand of(byte[] bytes) {
        return FieldReader.whole(bytes, in -> switch (in.octet()) {
            case 'c' -> compile(in);
            case 'a' -> new CompileOnly(compile(in));
            case 'v' -> new Load(in.text(), ClassFiles.of(in), ClassFiles.of(in));
            case 'r' -> new Run(path(in), clone(in), new CheckSelection(in.list(FieldReader::text), in.flag()));
            case 'd' -> new TakeClone(clone(in));
            case 'k' -> new TakeRedis(new RedisClone(in.text(), in.number(), in.text(), in.text()));
            case 'p' -> new TakePrograms(in.flag() ? PostgresPrograms.of(new Installation(path(in), in.text(), in.text())) : PostgresPrograms.none(in.text()));
            case 'j' -> new TakeClassPath(in.list(WorkerCommand::path), in.text());
            case 'g' -> new TakeLog(in.flag() ? Optional.of(in.list(FieldReader::text)) : Optional.empty());
            case 'o' -> new TakeWord(in.text());
            case 'l' -> new Locate();
            case 'w' -> new WarmUpCompiler(path(in), in.list(WorkerCommand::path));
            case 'x' -> new WarmUpConnection(login(in));
            default -> throw new IOException("an unknown letter");
        });
    }

    /**
     * Compiles an answer and its verifier; answered by {@link WorkerReport.Compiled} or {@link WorkerReport.Refused}.
     *
     * @param verifierClass the verifier's name in Java
     * @param verifier      its source
     * @param sources       the answer's Java sources; none where it is SQL alone
     */
    record Compile(String verifierClass, Path verifier, List<Path> sources) implements WorkerCommand {
        @Override public byte[] bytes() {
            return writtenTo(message('c')).toBytes();
        }

        private FieldWriter writtenTo(FieldWriter out) {
            return out.text(verifierClass).text(verifier.toString()).list(sources, WorkerCommand::write);
        }
    }

    /** Compiles, and loads nothing of it; answered by {@link WorkerReport.Classes} or {@link WorkerReport.Refused}. */
    record CompileOnly(Compile command) implements WorkerCommand {
        @Override public byte[] bytes() {
            return command.writtenTo(message('a')).toBytes();
        }
    }

    /** Loads what another worker has compiled; answered by {@link WorkerReport.Compiled}. */
    record Load(String verifierClass, ClassFiles answer, ClassFiles verifier) implements WorkerCommand {
        @Override public byte[] bytes() {
            var out = message('v').text(verifierClass);
            ClassFiles.write(out, answer);
            ClassFiles.write(out, verifier);
            return out.toBytes();
        }
    }

    /**
     * Runs the checks on what was compiled; each is reported, and {@link WorkerReport.Done} in the end.
     *
     * @param answer   the folder of the answer
     * @param database the database for all checks that do not ask for their own
     */
    record Run(Path answer, Clone database, CheckSelection selection) implements WorkerCommand {
        @Override public byte[] bytes() {
            var out = message('r').text(answer.toString());
            write(out, database);
            return out.list(selection.only(), FieldWriter::text).flag(selection.toFirstRefusal()).toBytes();
        }
    }

    /** Answers {@link WorkerReport.CloneWanted}. */
    record TakeClone(Clone database) implements WorkerCommand {
        @Override public byte[] bytes() {
            var out = message('d');
            write(out, database);
            return out.toBytes();
        }
    }

    /** Answers {@link WorkerReport.RedisWanted}. */
    record TakeRedis(RedisClone redis) implements WorkerCommand {
        @Override public byte[] bytes() {
            return message('k').text(redis.host()).number(redis.port()).text(redis.password()).text(redis.uri()).toBytes();
        }
    }

    /** Answers {@link WorkerReport.ProgramsWanted}. */
    record TakePrograms(PostgresPrograms programs) implements WorkerCommand {
        @Override public byte[] bytes() {
            var out = message('p').flag(programs.installation().isPresent());
            programs.installation().ifPresentOrElse(one -> {
                write(out, one.folder());
                out.text(one.version()).text(one.origin());
            }, () -> out.text(programs.reasonUnavailable()));
            return out.toBytes();
        }
    }

    /** Answers {@link WorkerReport.ClassPathWanted}. @param problem why there is none; empty where there is one */
    record TakeClassPath(List<Path> jars, String problem) implements WorkerCommand {
        @Override public byte[] bytes() {
            return message('j').list(jars, WorkerCommand::write).text(problem).toBytes();
        }
    }

    /** Answers {@link WorkerReport.LogWanted}. @param lines empty where the lab cannot read the server's log */
    record TakeLog(Optional<List<String>> lines) implements WorkerCommand {
        @Override public byte[] bytes() {
            var out = message('g').flag(lines.isPresent());
            lines.ifPresent(read -> out.list(read, FieldWriter::text));
            return out.toBytes();
        }
    }

    /** Answers {@link WorkerReport.Started}; nobody waits for it before the check ends. @param word to be brought by {@link WorkerReport.Ended} */
    record TakeWord(String word) implements WorkerCommand {
        @Override public byte[] bytes() {
            return message('o').text(word).toBytes();
        }
    }

    /** Asks for {@link WorkerReport.Position}, while checks run. */
    record Locate() implements WorkerCommand {
        @Override public byte[] bytes() {
            return message('l').toBytes();
        }
    }

    /** Compiles these until that is quick, or until there is real work; not answered. */
    record WarmUpCompiler(Path verifier, List<Path> sources) implements WorkerCommand {
        @Override public byte[] bytes() {
            return message('w').text(verifier.toString()).list(sources, WorkerCommand::write).toBytes();
        }
    }

    /** Connects once to this database, on which no answer is judged; not answered. */
    record WarmUpConnection(Login login) implements WorkerCommand {
        @Override public byte[] bytes() {
            var out = message('x');
            write(out, login);
            return out.toBytes();
        }
    }

    private static FieldWriter message(char letter) {
        return new FieldWriter().octet(letter);
    }

    private static void write(FieldWriter out, Path path) {
        out.text(path.toString());
    }

    private static Path path(FieldReader in) throws IOException {
        return Path.of(in.text());
    }

    private static Compile compile(FieldReader in) throws IOException {
        return new Compile(in.text(), path(in), in.list(WorkerCommand::path));
    }

    private static void write(FieldWriter out, Login login) {
        out.text(login.url()).text(login.user()).text(login.password());
    }

    private static Login login(FieldReader in) throws IOException {
        return new Login(in.text(), in.text(), in.text());
    }

    private static void write(FieldWriter out, Clone clone) {
        write(out, clone.app());
        write(out, clone.owner());
        write(out, clone.observer());
    }

    private static Clone clone(FieldReader in) throws IOException {
        return new Clone(login(in), login(in), login(in));
    }
}
