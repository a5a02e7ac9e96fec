package kernel.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The Java variables that a cell can use as {@code {{name}}}. */
public interface BindVariables {
    BindVariables NONE = of(List::of, name -> Optional.empty());

    /** Which there are. */
    List<String> names();

    /**
     * The value of one of them; empty where it is null.
     *
     * @throws IllegalArgumentException with a sentence, where it is nothing that PostgreSQL could be given
     */
    Optional<Object> value(String name);

    static BindVariables of(Supplier<List<String>> names, Function<String, Optional<Object>> value) {
        return new BindVariables() {
            @Override public List<String> names() {
                return names.get();
            }

            @Override public Optional<Object> value(String name) {
                return value.apply(name);
            }
        };
    }
}
