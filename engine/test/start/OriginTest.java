package start;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {
    @ParameterizedTest
    @CsvSource({
        "https://github.com/owner/repository/blob/HEAD/, https://github.com/owner/repository/archive/HEAD.zip",
        "https://github.com/owner/repository/blob/v2/, https://github.com/owner/repository/archive/v2.zip",
        "https://gitlab.com/group/sub/repository/-/blob/HEAD/, https://gitlab.com/group/sub/repository/-/archive/HEAD/course.zip",
        "https://bitbucket.org/owner/repository/src/HEAD/, https://bitbucket.org/owner/repository/get/HEAD.zip",
        "https://course.example.org/pg/, https://course.example.org/pg/archive/HEAD.zip"})
    void theArchiveIsWhereEachForgeHasIt(String base, String archive) {
        assertEquals(archive, new Origin("any", base).archive());
    }
}
