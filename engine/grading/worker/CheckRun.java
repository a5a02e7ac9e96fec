package grading.worker;

import grading.Answer;
import grading.Clone;
import grading.RedisClone;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The verification that is running in this worker: what its checks get, and how they ended so far. */
final class CheckRun {
    private static volatile CheckRun current;
    private final Answer answer;
    private final Clone clone;
    private final Supplier<Clone> freshClones;
    private final Supplier<RedisClone> redis;
    private final List<String> order;
    private final boolean toFirstRefusal;
    private final Set<String> passed = new HashSet<>();
    private final Set<String> failed = new HashSet<>();

    private CheckRun(Answer answer, Clone clone, Supplier<Clone> freshClones, Supplier<RedisClone> redis, List<String> order, boolean toFirstRefusal) {
        this.answer = answer;
        this.clone = clone;
        this.freshClones = freshClones;
        this.redis = redis;
        this.order = order;
        this.toFirstRefusal = toFirstRefusal;
    }

    static CheckRun start(Answer answer, Clone clone, Supplier<Clone> freshClones, Supplier<RedisClone> redis, List<String> order, boolean toFirstRefusal) {
        current = new CheckRun(answer, clone, freshClones, redis, order, toFirstRefusal);
        return current;
    }

    /** JUnit makes extensions itself, so they find the run here. */
    static CheckRun current() {
        return current;
    }

    Answer answer() {
        return answer;
    }

    Clone sharedClone() {
        return clone;
    }

    Clone freshClone() {
        return freshClones.get();
    }

    RedisClone redis() {
        return redis.get();
    }

    List<String> order() {
        return order;
    }

    boolean passed(String check) {
        return passed.contains(check) && !failed.contains(check);
    }

    /** Whether the checks that are left need not run: one refusal was enough, and there was one. */
    boolean isOver() {
        return toFirstRefusal && !failed.isEmpty();
    }

    void ended(String check, boolean hasPassed) {
        (hasPassed ? passed : failed).add(check);
    }
}
