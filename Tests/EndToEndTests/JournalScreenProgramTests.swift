import TestServers
import Testing

/// The journal of the real program in a real terminal.
@Suite(
  .fewAtOnce,
  .timeLimit(.minutes(10)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct JournalScreenProgramTests {
  private static let limit = Duration.seconds(120)

  @Test func whatWasHealedIsInTheJournalAndTakenBackFromThere() async throws {
    let session = try TerminalSession(columns: 120, rows: 40)
    try session.type("\(TerminalSession.program) --demo")
    try session.press("Enter")
    try #require(await session.shows("dangling/claim-unused", within: Self.limit))
    try session.type("/claim-unused")
    try session.press("Enter")
    #expect(await session.shows("1 of ", within: Self.limit))
    try session.press("Enter")
    #expect(await session.shows("1 Delete the object", within: Self.limit))
    try session.press("h")
    try #require(await session.shows("Type this name", within: Self.limit))
    try session.type("archive")
    try session.press("Enter")
    #expect(await session.shows("healed", within: Self.limit))

    try session.type(":journal")
    try session.press("Enter")
    #expect(await session.shows("Heal: Delete PersistentVolumeClaim inv", within: Self.limit))
    try session.press("h")
    #expect(await session.hides("Claim inventory/archive of", within: Self.limit))
    try session.press("Enter")
    #expect(await session.shows("Backup of PersistentVolumeClaim", within: Self.limit))
    try session.press("u")
    #expect(await session.shows("Undo: Delete PersistentVolumeClaim", within: Self.limit))
    #expect(session.screen.contains("comes back with another uid"))
    try session.press("y")
    try session.press("Escape")
    #expect(await session.shows("undone by 2", within: Self.limit))
    try await session.quit()
  }
}
