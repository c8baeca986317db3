import Foundation
import SimulatedCluster
import TestServers
import Testing
import WireFormats

/// `kpatrol journal` on what another program has healed.
@Suite(.fewAtOnce) struct JournalCommandTests {
  private func run(_ arguments: String..., after program: HealingProgram) async throws
    -> Program.Outcome
  {
    let kpatrol = try Program()
    return try await kpatrol.run(arguments, ["XDG_STATE_HOME": program.stateHome])
  }

  @Test func whatWasHealedIsListedShownAndExported() async throws {
    let program = try await HealingProgram.start()
    #expect(try await !program.heal())
    let list = try await run("journal", after: program)
    #expect(list.code == 0 && list.text.contains("heal  1   "))
    #expect(list.text.contains("Delete one, change the other"))
    let json = try await run("journal", "list", "--kind", "heal", "-o", "json", after: program)
    #expect(try JSONValue(parsing: Array(json.out))[0]?["id"] == "1")
    let none = try await run("journal", "list", "--cluster", "other", after: program)
    #expect(none.code == 0 && none.text.isEmpty)
    let shown = try await run("journal", "show", "1", after: program)
    #expect(shown.text.contains("Backup of ConfigMap shop/first\n  apiVersion: v1\n"))
    let unknown = try await run("journal", "show", "2", after: program)
    #expect(unknown.code == 2)
    #expect(unknown.errors.contains("The journal knows nothing of 2."))
    let export = try await run("journal", "export", after: program)
    let line = try JSONValue(parsing: Array(export.out))
    #expect(line["type"] == "heal" && line["steps"]?[0]?["backup"] == program.before[0])
    await program.cluster.stop()
  }

  @Test func aDamagedJournalIsToldWithWhatToDo() async throws {
    let program = try await HealingProgram.start()
    try program.folder.write("state/kpatrol/journal.sqlite", "no database")
    let list = try await run("journal", "list", after: program)
    #expect(list.code == 2)
    #expect(list.errors.contains("journal.sqlite is damaged (file is not a database)."))
    await program.cluster.stop()
  }

  private func kubeconfig(_ program: HealingProgram) throws -> String {
    try program.folder.write("kubeconfig", program.cluster.kubeconfig(contextName: "sim"))
  }

  @Test func aDryRunShowsThePlanAndChangesNothing() async throws {
    let program = try await HealingProgram.start()
    #expect(try await !program.heal())
    let config = try kubeconfig(program)
    let plan = try await run(
      "journal",
      "undo",
      "1",
      "--dry-run",
      "--kubeconfig",
      config,
      after: program
    )
    #expect(plan.code == 0, "\(plan.errors)")
    #expect(plan.text.hasPrefix("Undo: Delete one, change the other\n"))
    #expect(plan.text.contains("1  Patch ConfigMap shop/second"))
    #expect(plan.text.contains("2  Create ConfigMap shop/first"))
    #expect(plan.text.contains("comes back with another uid"))
    #expect(program.changes.count == 2 && program.object("first") == nil)
    let refused = try await run(
      "journal",
      "undo",
      "1",
      "--kubeconfig",
      config,
      after: program
    )
    #expect(refused.code == 2 && refused.errors.contains("takes a terminal"))
    await program.cluster.stop()
  }

  @Test(.enabled(if: TerminalSession.isAvailable))
  func anUndoThatIsConfirmedPutsBackWhatWasThere() async throws {
    let program = try await HealingProgram.start()
    #expect(try await !program.heal())
    let session = try TerminalSession(columns: 120, rows: 50)
    let environment = "XDG_STATE_HOME=\(program.stateHome)"
    let kpatrol = "env \(environment) \(TerminalSession.program) journal"
    try session.type("\(kpatrol) undo 1 --kubeconfig \(try kubeconfig(program))")
    try session.press("Enter")
    try #require(await session.shows("Type second and press enter"))
    try session.type("second")
    try session.press("Enter")
    #expect(await session.shows("done, the cluster showed it"))
    let first = try #require(program.object("first"))
    #expect(first["data"] == program.before[0]["data"])
    #expect(program.object("second")?["data"] == program.before[1]["data"])
    try session.type("clear; \(kpatrol) list")
    try session.press("Enter")
    #expect(await session.shows("undone by 2"))
    await program.cluster.stop()
  }
}
