package browser.notebook.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import browser.http.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kernel.sql.SessionState;
import lab.Role;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("A window is told")
class WindowMessageTest {
    private final PlayedNotebook played = new PlayedNotebook();

    private static void assertJson(String json, Object message) {
        var mapper = JsonMapper.shared();
        assertEquals(mapper.readTree(json.replace('\'', '"')), mapper.readTree(mapper.writeValueAsString(message)));
    }

    @Test @DisplayName("how the run of a cell goes, and what it shows")
    void cells() {
        var status = "'id':'price','status':'idle','stale':false,'why':'','ms':0,'count':0,'line':0,'need':null";
        assertJson("{" + status + "}", new WindowMessage.Cell(CellView.Status.of(played.state.cell("price"))));
        assertJson("{'id':'price'}", new WindowMessage.Clear("price"));
        assertJson("{'id':'price','seq':1,'kind':'table','html':'<p>','shape':'table[1]'}",
            new WindowMessage.Output("price", new CellOutput.Drawn(1, "table", "<p>", "table[1]", "", 0)));
        assertJson("{'id':'price','seq':1,'kind':'table','html':'<p>','shape':'table[1]','result':'rows-1','rows':900}",
            new WindowMessage.Output("price", new CellOutput.Drawn(1, "table", "<p>", "table[1]", "rows-1", 900)));
        assertJson("{'id':'price','seq':1,'stream':'out','text':'hello'}", new WindowMessage.Print("price", 1, "out", "hello"));
        assertJson("{'cell':{" + status + ",'place':'step','after':'','language':'java','role':'app','session':'','original':'text of price',"
            + "'source':'text of price','rev':0,'shapes':[],'outputs':[]}}", new WindowMessage.Added(played.state.view("price")));
        assertJson("{'seq':1,'kind':'print','stream':'out','text':'hello'}", new CellOutput.Printed(1, "out", "hello"));
    }

    @Test @DisplayName("how server, kernel and sessions are")
    void runtime() {
        assertJson("{'status':'busy','says':''}", new WindowMessage.Kernel(new KernelStatus(KernelStatus.Kind.BUSY, "")));
        assertJson("{'status':'lost','says':'gone','version':''}", new WindowMessage.Database(new DatabaseStatus(DatabaseStatus.Kind.LOST, "gone", "")));
        var sessions = WindowMessage.Session.of(List.of(new SessionState("A", Role.OWNER, 7, SessionState.Transaction.OPEN, false)));
        assertJson("{'sessions':[{'name':'A','role':'owner','pid':7,'running':false,'transaction':'open'}]}", new WindowMessage.Sessions(sessions));
    }

    @Test @DisplayName("what is broken, with the button that repairs it")
    void notices() {
        assertJson("{'level':'warning','text':'careful'}", new WindowMessage.Noticed(Notice.warning("careful")));
        assertJson("{'level':'info','text':'well','key':'broken'}", Notice.solved("well"));
        assertJson("{'level':'error','text':'gone','key':'broken','action':{'label':'Try again','path':'reset','body':{}}}", Notice.broken("gone", Notice.TRY_AGAIN));
        assertEquals(Optional.of(new Notice.Body(true)), Notice.broken("gone", Notice.REPLAY).action().map(Notice.Action::body));
        assertJson("{'replay':true}", new Notice.Body(true));
    }

    @Test @DisplayName("the whole state first, with what is not the notebook's own beside it")
    void state() {
        played.state = NotebookState.opened(List.of(), 3, List.of(), Optional.empty());
        assertJson("{'lesson':'01','rev':3,'cells':[],'kernel':{'status':'none','says':''},'database':{'status':'none','says':'','version':''},"
            + "'sessions':[],'exercises':[1]}", NotebookView.of("01", played.state, new More(List.of(1))));
    }

    private record More(List<Integer> exercises) { }

    @Test @DisplayName("why a command is refused, with the text that another window has written beside it")
    void refusals() {
        assertJson("{'error':'no'}", new Refusal(404, "no").body());
        assertJson("{'error':'no','source':'text','rev':2}", new Refusal(409, "no", new Editing.Meanwhile("text", 2)).body());
    }

    @Test @DisplayName("each by the name that the page listens to")
    void names() {
        var names = Map.of("cell", new WindowMessage.Cell(CellView.Status.of(played.state.cell("price"))), "removed", new WindowMessage.Removed("price"),
            "notice", new WindowMessage.Noticed(Notice.warning("")), "sessions", new WindowMessage.Sessions(List.of()));
        names.forEach((name, message) -> assertEquals(name, message.type()));
    }
}
