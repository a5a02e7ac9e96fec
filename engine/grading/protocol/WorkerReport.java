package grading.protocol;

import grading.report.Check.Cause;
import grading.report.Check;
import grading.report.Got;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jvm.FieldReader;
import jvm.FieldWriter;
import kernel.output.VisibleText;

/**
 * What the host hears of its worker: what the worker sends, written and read as a {@link WorkerCommand} is, or why nothing comes.
 * A place is a line of the answer, "SumUp.java:7", or empty where none is known.
 */
public sealed interface WorkerReport {
    /** What the worker sends. */
    sealed interface Sent extends WorkerReport {
        /** As {@link #of} reads it. */
        byte[] bytes();
    }

    /** Noted by the host itself: there is no report. */
    enum Missing implements WorkerReport {
        /** None came in time. */
        LATE,
        /** One came that cannot be read. */
        GARBLED,
        /** The process has closed its output, so none will come. */
        GONE
    }

    /** @throws IllegalArgumentException where that is no report */
    static Sent of(byte[] bytes) {
        return FieldReader.whole(bytes, in -> switch (in.octet()) {
            case 'y' -> new Ready();
            case 'c' -> new Compiled(in.list(each -> new PlannedCheck(text(each), text(each), each.number(), text(each))));
            case 'a' -> new Classes(ClassFiles.of(in), ClassFiles.of(in));
            case 'r' -> new Refused(in.constant(Stage.values()), in.list(WorkerReport::text));
            case 'b' -> new Started(text(in));
            case 's' -> new Skipped(text(in), text(in));
            case 'e' -> new Ended(text(in), in.constant(Check.Status.values()),
                new Cause(text(in), text(in), new Got(text(in), text(in), text(in)), text(in), text(in), text(in)), text(in), Duration.ofNanos(in.longNumber()), text(in));
            case 'd' -> new CloneWanted();
            case 'k' -> new RedisWanted();
            case 'p' -> new ProgramsWanted();
            case 'j' -> new ClassPathWanted();
            case 'g' -> new LogWanted(Instant.ofEpochMilli(in.longNumber()));
            case 'z' -> new Done(in.list(each -> new LeftThread(text(each), each.flag())));
            case 'f' -> new Died(text(in), text(in), text(in));
            case 'x' -> new Exiting(text(in), text(in));
            case 'l' -> new Position(text(in), text(in));
            default -> throw new IOException("an unknown letter");
        });
    }

    /** The one place where words of an answer come to the host: for a terminal, a page, a log or a file. */
    private static String text(FieldReader in) throws IOException {
        return VisibleText.of(in.text());
    }

    /** The worker can take commands; sent once. */
    record Ready() implements Sent {
        @Override public byte[] bytes() {
            return message('y').toBytes();
        }
    }

    /** Answer and verifier fit together. @param checks in the order in which they will run */
    record Compiled(List<PlannedCheck> checks) implements Sent {
        @Override public byte[] bytes() {
            return message('c').list(checks, (out, check) ->
                out.text(check.name()).text(check.sentence()).number(check.hint()).text(check.needs())).toBytes();
        }
    }

    /** Answer and verifier, compiled for another worker. */
    record Classes(ClassFiles answer, ClassFiles verifier) implements Sent {
        @Override public byte[] bytes() {
            var out = message('a');
            ClassFiles.write(out, answer);
            ClassFiles.write(out, verifier);
            return out.toBytes();
        }
    }

    /**
     * A check as its verifier describes it.
     *
     * @param name  of its method
     * @param hint  number of the hint that helps, 0 for none in particular
     * @param needs names of checks that must have passed, separated by commas
     */
    record PlannedCheck(String name, String sentence, int hint, String needs) { }

    /** The compiler refuses the answer, or the verifier that calls it. */
    record Refused(Stage stage, List<String> problems) implements Sent {
        @Override public byte[] bytes() {
            return message('r').octet(stage.ordinal()).list(problems, FieldWriter::text).toBytes();
        }
    }

    /** Whose source was refused. */
    enum Stage {
        /** The answer is wrong in itself. */
        ANSWER,
        /** The verifier cannot call the answer. */
        VERIFIER
    }

    record Started(String check) implements Sent {
        @Override public byte[] bytes() {
            return message('b').text(check).toBytes();
        }
    }

    /** @param reason the name of a check that it needs, or a sentence */
    record Skipped(String check, String reason) implements Sent {
        @Override public byte[] bytes() {
            return message('s').text(check).text(reason).toBytes();
        }
    }

    /**
     * @param check  its name; empty where what failed belongs to no check
     * @param status passed, failed, or skipped where it gave itself up
     * @param cause  {@link Cause#NONE} where nothing failed
     * @param output what was printed meanwhile
     * @param word   what the host has answered when the check began; empty where none did
     */
    record Ended(String check, Check.Status status, Cause cause, String output, Duration took, String word) implements Sent {
        @Override public byte[] bytes() {
            return message('e').text(check).octet(status.ordinal()).text(cause.what()).text(cause.expected())
                .text(cause.got().text()).text(cause.got().figure()).text(cause.got().plan())
                .text(cause.lookAt()).text(cause.sqlState()).text(cause.seed()).text(output).longNumber(took.toNanos()).text(word).toBytes();
        }
    }

    /** A check needs a database of its own and waits for it. */
    record CloneWanted() implements Sent {
        @Override public byte[] bytes() {
            return message('d').toBytes();
        }
    }

    /** A check needs Redis and waits for it. */
    record RedisWanted() implements Sent {
        @Override public byte[] bytes() {
            return message('k').toBytes();
        }
    }

    /** A verifier needs PostgreSQL's programs and waits for them. */
    record ProgramsWanted() implements Sent {
        @Override public byte[] bytes() {
            return message('p').toBytes();
        }
    }

    /** The answer is a script that names libraries of its own, and a verifier waits for them. */
    record ClassPathWanted() implements Sent {
        @Override public byte[] bytes() {
            return message('j').toBytes();
        }
    }

    /** A check wants what the server has logged since then, to the millisecond, and waits for it. */
    record LogWanted(Instant since) implements Sent {
        @Override public byte[] bytes() {
            return message('g').longNumber(since.toEpochMilli()).toBytes();
        }
    }

    /** All checks have run. @param threads that the answer left running */
    record Done(List<LeftThread> threads) implements Sent {
        @Override public byte[] bytes() {
            return message('z').list(threads, (out, thread) -> out.text(thread.name()).flag(thread.daemon())).toBytes();
        }
    }

    record LeftThread(String name, boolean daemon) { }

    /** What was asked for could not be done, because of this failure. */
    record Died(String failure, String place, String output) implements Sent {
        @Override public byte[] bytes() {
            return message('f').text(failure).text(place).text(output).toBytes();
        }
    }

    /** The answer has called {@code System.exit}. */
    record Exiting(String place, String output) implements Sent {
        @Override public byte[] bytes() {
            return message('x').text(place).text(output).toBytes();
        }
    }

    /** Where the answer is busy. */
    record Position(String place, String output) implements Sent {
        @Override public byte[] bytes() {
            return message('l').text(place).text(output).toBytes();
        }
    }

    private static FieldWriter message(char letter) {
        return new FieldWriter().octet(letter);
    }
}
