package grading;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import kernel.output.Output.Plan;
import kernel.output.Output.Plan.Node;
import org.junit.jupiter.api.Test;

class QueryPlanTest {
    private static final QueryPlan JOIN = new QueryPlan(new Plan(node("Nested Loop", "",
        node("Hash Join", "", node("Seq Scan", "on posts")), node("Index Scan", "using users_pkey on users")), 0, 0));

    private static Node node(String type, String detail, Node... children) {
        return new Node(type, detail, 1, 1, 1, 4, 0, 1, List.of(children));
    }

    @Test void aPlanReadsAsATreeWithItsPagesBehindIt() {
        assertEquals("""
            Nested Loop
            ├─ Hash Join
            │  └─ Seq Scan on posts
            └─ Index Scan using users_pkey on users; %d buffers""".formatted(JOIN.buffers()), JOIN.toString());
    }

    @Test void itsFigureIsOneAndItsTreeIsWithoutIt() {
        assertEquals(JOIN.buffers() + " pages", JOIN.figure());
        assertEquals(4, JOIN.described().lines().count());
    }
}
