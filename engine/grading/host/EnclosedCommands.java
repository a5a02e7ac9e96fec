package grading.host;

import grading.Clone;
import grading.PostgresPrograms;
import grading.RedisClone;
import grading.protocol.WorkerCommand;
import grading.sandbox.Enclosure;
import java.util.List;
import lab.Installation;
import lab.net.ServerPlace;

/** Commands as a worker in a sandbox needs them: the files that they name are lent to it, the places are opened for it. */
final class EnclosedCommands {
    private EnclosedCommands() { }

    static WorkerCommand inside(WorkerCommand command, Enclosure enclosure) {
        return switch (command) {
            case WorkerCommand.Compile compile -> compile(compile, enclosure);
            case WorkerCommand.CompileOnly(var compile) -> new WorkerCommand.CompileOnly(compile(compile, enclosure));
            case WorkerCommand.Run(var answer, var database, var selection) ->
                new WorkerCommand.Run(enclosure.lendFolder(answer), clone(database, enclosure), selection);
            case WorkerCommand.TakeClone(var database) -> new WorkerCommand.TakeClone(clone(database, enclosure));
            case WorkerCommand.TakeRedis(var redis) -> new WorkerCommand.TakeRedis(redis(redis, enclosure));
            case WorkerCommand.TakePrograms(var programs) -> new WorkerCommand.TakePrograms(programs(programs, enclosure));
            case WorkerCommand.TakeClassPath(var jars, var problem) ->
                new WorkerCommand.TakeClassPath(jars.stream().map(enclosure::lendPrograms).toList(), problem);
            case WorkerCommand.WarmUpCompiler(var verifier, var ofTheClone) -> new WorkerCommand.WarmUpCompiler(enclosure.lendFile(verifier), List.of());
            case WorkerCommand.WarmUpConnection(var login) -> new WorkerCommand.WarmUpConnection(enclosure.reach(login));
            case WorkerCommand.Load _, WorkerCommand.TakeLog _, WorkerCommand.TakeWord _, WorkerCommand.Locate _ -> command;
        };
    }

    private static WorkerCommand.Compile compile(WorkerCommand.Compile command, Enclosure enclosure) {
        return new WorkerCommand.Compile(command.verifierClass(), enclosure.lendFile(command.verifier()), command.sources().stream().map(enclosure::lendFile).toList());
    }

    private static Clone clone(Clone clone, Enclosure enclosure) {
        return new Clone(enclosure.reach(clone.app()), enclosure.reach(clone.owner()), enclosure.reach(clone.observer()));
    }

    private static RedisClone redis(RedisClone redis, Enclosure enclosure) {
        var place = enclosure.reach(new ServerPlace(redis.host(), redis.port()));
        return new RedisClone(place.host(), place.port(), redis.password(), redis.uri().replace("@" + redis.host() + ":", "@" + place.host() + ":"));
    }

    private static PostgresPrograms programs(PostgresPrograms programs, Enclosure enclosure) {
        return new PostgresPrograms(programs.installation().map(one -> new Installation(enclosure.lendPrograms(one.folder()), one.version(), one.origin())),
            programs.reasonUnavailable());
    }
}
