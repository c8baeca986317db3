import TestServers
import Testing

/// The journal of the real program in a real terminal.
@Suite(
  .fewAtOnce,
  .timeLimit(.minutes(10)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct JournalScreenProgramTests {
  @Test func whatWasHealedIsInTheJournalAndTakenBackFromThere() async throws {
    let session = try TerminalSession(columns: 120, rows: 40)
    try session.type("\(TerminalSession.program) --demo")
    try session.press("Enter")
    try #require(await session.shows("dangling/claim-unused"))
    try session.type("/claim-unused")
    try session.press("Enter")
    #expect(await session.shows("1 of "))
    try session.press("Enter")
    #expect(await session.shows("1 Delete the object"))
    try session.press("h")
    try #require(await session.shows("Type this name"))
    try session.type("archive")
    try session.press("Enter")
    #expect(await session.shows("healed"))

    try session.type(":journal")
    try session.press("Enter")
    #expect(await session.shows("Heal: Delete PersistentVolumeClaim inv"))
    try session.press("h")
    #expect(await session.hides("Claim inventory/archive of"))
    try session.press("Enter")
    #expect(await session.shows("Backup of PersistentVolumeClaim"))
    try session.press("u")
    #expect(await session.shows("Undo: Delete PersistentVolumeClaim"))
    #expect(session.screen.contains("comes back with another uid"))
    try session.press("y")
    try session.press("Escape")
    #expect(await session.shows("undone by 2"))
    try await session.quit()
  }
}
