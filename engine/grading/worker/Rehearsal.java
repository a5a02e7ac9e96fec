package grading.worker;

import grading.Answer;
import grading.Clone;
import grading.RedisClone;
import java.io.OutputStream;
import lab.Login;
import lesson.Exercise;

/** Loads what every verification needs, before the first one asks for it. */
public final class Rehearsal {
    private static final Login NOBODY = new Login("jdbc:postgresql://127.0.0.1:1/none", "nobody", "none");

    private static final RedisClone NO_REDIS = new RedisClone("127.0.0.1", 1, "", "redis://127.0.0.1:1");

    private Rehearsal() { }

    /**
     * Does in this JVM what a worker does with a solution, all but reaching a database, so that a training run for the
     * AOT cache sees the worker's classes too. What the checks say is not heard.
     */
    public static void inThisJvm(Exercise exercise) throws ClassNotFoundException {
        var files = Exercise.answerFiles(exercise.solution()).stream().filter(file -> file.toString().endsWith(".java")).toList();
        if (AnswerCompiler.compile(files, exercise.verifier()) instanceof AnswerCompiler.Result.Compiled compiled) {
            var clone = new Clone(NOBODY, NOBODY, NOBODY);
            var verification = new Verification(compiled, exercise.verifierClass());
            verification.checks();
            verification.run(new Answer(exercise.solution()), clone, () -> clone, () -> NO_REDIS,
                false, Channel.to(OutputStream.nullOutputStream()), new Output());
        }
    }

    static void loadJUnit() {
        try {
            Class.forName(Verification.class.getName());
        } catch (ClassNotFoundException e) {
            throw new AssertionError("a class of the course is missing", e);
        }
    }
}
