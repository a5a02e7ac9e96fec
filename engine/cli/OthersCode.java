package cli;

import grading.sandbox.Sandbox;
import grading.sandbox.Sandboxes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lab.LabException;
import lesson.UnknownName;
import org.apache.commons.cli.Option;

/** What is to be around the code of somebody else: what was asked for, or the best that is here, or, where that is nothing, only after a question; and who may have signed it. */
final class OthersCode {
    static final Option SANDBOX = Command.value("sandbox", "KIND", "around a submission's code: docker, bubblewrap or none (default: the first that works here)");
    static final Option TRUST = Command.flag("trust", "run a submission's code with your rights where there is no sandbox, without a question");

    static final Option SIGNERS = Command.value("signers", "FILE", "whose keys may have signed, as ssh-keygen's ALLOWED SIGNERS has them");

    private OthersCode() { }

    /** @throws UnknownName where there is no such file */
    static Optional<Path> signers(ParsedArguments arguments) {
        var file = arguments.value(SIGNERS).map(Path::of);
        file.filter(each -> !Files.isReadable(each)).ifPresent(each -> {
            throw new UnknownName("there is no file of signers " + each);
        });
        return file;
    }

    /** What was asked for, or the best that is here. @throws LabException where it does not work here */
    static Sandbox sandbox(ParsedArguments arguments) {
        return arguments.value(SANDBOX).map(word -> Sandboxes.of(UnknownName.check("sandbox", word, Sandboxes.WORDS))).orElseGet(Sandboxes::best);
    }

    /**
     * Says what the sandbox does not hold; where there is none, asks first.
     *
     * @param name whose code it is
     * @throws LabException where there is none and nobody agrees to that
     */
    static void agree(Sandbox sandbox, ParsedArguments arguments, String name) {
        if (sandbox == Sandbox.NONE && !arguments.has(TRUST) && !agreed(name)) {
            throw new LabException("this runs the code of " + name + " with your rights; --trust says yes");
        }
        System.err.println((sandbox == Sandbox.NONE ? "No sandbox: " : "Sandbox: " + sandbox.name() + "; ") + sandbox.doesNotHold());
    }

    private static boolean agreed(String name) {
        var console = System.console();
        var answer = console == null || !console.isTerminal() ? null : console.readLine("This runs the code of %s with your rights. Go on? [y/N] ", name);
        return answer != null && answer.strip().equalsIgnoreCase("y");
    }
}
