package grading;

import lab.Database;
import lab.Lab;
import lab.Progress;
import lab.provider.Providers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests of what verifiers use, each on an empty database of its own. */
abstract class OnClone {
    private static Lab lab;
    Clone clone;

    @BeforeAll static void open() {
        lab = Providers.open("embedded", Progress.SILENT);
    }

    @AfterAll static void close() {
        lab.close();
    }

    @BeforeEach void take() throws Exception {
        Database database = lab.databases().create("kit");
        clone = new Clone(database.app(), database.owner(), database.admin());
    }
}
