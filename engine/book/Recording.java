package book;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import kernel.output.Output;
import kernel.output.PlanJson;
import kernel.sql.syntax.StatementText;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the steps of a lesson printed when somebody recorded it, and on what. */
public record Recording(String lesson, String postgres, String provider, String jdk, String date, List<Step> steps) {
    private static final JsonMapper PRETTY = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT)
        .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"))).build();

    /** @param source the {@link lesson.Region#fingerprint} of the code that showed the outputs */
    public record Step(String id, String source, List<Output> outputs) {

        /** What is shown, with the plans called as remarks in the step's SQL call them, where each explain in it gave one plan. */
        public List<Output> titled(String sql) {
            var titles = StatementText.planTitles(sql);
            if (outputs.stream().filter(Output.Plan.class::isInstance).count() != titles.size()) {
                return outputs;
            }
            var next = titles.iterator();
            return outputs.stream().map(output -> output instanceof Output.Plan ? PlanJson.titled(output, next.next()) : output).toList();
        }
    }

    /**
     * Reads {@code lessonNN.out}; nothing where the lesson has not been recorded yet.
     *
     * @throws IOException when the file is there and is not a recording
     */
    public static Optional<Recording> read(Path file) throws IOException {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(PRETTY.readValue(Files.readString(file), Recording.class));
        } catch (JacksonException broken) {
            throw new IOException(file + " is not a recording: " + broken.getOriginalMessage()
                + ". Record it again with ./jbang record.", broken);
        }
    }

    /** Writes {@code lessonNN.out}. */
    public void write(Path file) throws IOException {
        Files.writeString(file, json());
    }

    /** One field a line and the same line ends everywhere, so that a change of one figure is a change of one line. */
    String json() {
        return PRETTY.writeValueAsString(this) + "\n";
    }

    /** What was recorded of a step. */
    public Optional<Step> step(String id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }

    /** The steps that could not run here, and did when the lesson was recorded before. */
    public List<String> skippedSince(Recording before) {
        return steps.stream().filter(step -> Output.Skipped.isAmong(step.outputs())).map(Step::id)
            .filter(id -> before.step(id).filter(step -> !Output.Skipped.isAmong(step.outputs())).isPresent()).toList();
    }

    /** "PostgreSQL 18.6 (embedded) · JDK 25 · 2026-11-22" */
    public String origin() {
        return "PostgreSQL " + postgres + " (" + provider + ") · JDK " + jdk.replaceFirst("[.+].*", "") + " · " + date;
    }
}
