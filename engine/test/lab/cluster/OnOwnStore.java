package lab.cluster;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests that have clusters in a cache of their own, each a new one. */
abstract class OnOwnStore {
    OwnStore own;

    @BeforeEach
    void prepare() throws IOException {
        own = new OwnStore();
    }

    @AfterEach
    void remove() throws IOException {
        own.close();
    }
}
