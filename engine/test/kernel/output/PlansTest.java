package kernel.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PlansTest {
    private static final String JSON = """
        [{"Plan": {"Node Type": "Aggregate", "Partial Mode": "Finalize", "Plan Rows": 1, "Actual Rows": 1.00, "Actual Loops": 1,
          "Shared Hit Blocks": 9, "Plans": [{"Node Type": "Seq Scan", "Subplan Name": "CTE c", "Relation Name": "t", "Plan Rows": 1,
          "Actual Rows": 0, "Actual Loops": 3, "Rows Removed by Filter": 12.5, "Rows Removed by Index Recheck": 1}]}}]""";

    @Test void aPlanKeepsWhatWasRemovedWhoSharesAnAggregateAndWhatIsRunForAnother() {
        var root = Plans.parse(JSON).root();
        assertEquals("Finalize", root.mode());
        assertEquals(13.5, root.children().getFirst().removed());
        assertEquals("CTE c", root.children().getFirst().subplan());
        assertEquals("", root.children().getFirst().mode());
    }

    @Test void aRecordingOfBeforeIsReadAndAPlanWithoutTheseIsWrittenAsBefore() {
        var old = "{\"type\":\"Limit\",\"detail\":\"\",\"planned\":1.0,\"actual\":1.0,\"loops\":1,\"hit\":1,\"read\":0,\"ms\":0.5,\"children\":[]}";
        var mapper = JsonMapper.builder().build();
        var node = mapper.readValue(old, Output.Plan.Node.class);
        assertEquals(0.0, node.removed());
        assertEquals(old, mapper.writeValueAsString(node));
    }
}
