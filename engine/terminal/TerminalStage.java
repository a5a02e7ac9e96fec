package terminal;
final class TerminalStage { }
