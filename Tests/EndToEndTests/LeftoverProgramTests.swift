import Foundation
import SimulatedCluster
import TestServers
import Testing
import WireFormats

/// What is left over in a cluster, healed together and journaled by the real program in a real terminal.
@Suite(
  .fewAtOnce,
  .timeLimit(.minutes(10)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct LeftoverProgramTests {
  private static func claim(_ number: Int) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "PersistentVolumeClaim",
      "metadata": ["name": .string("left-\(number)"), "namespace": "shop"],
      "spec": [
        "accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": "1Gi"]],
      ],
    ]
  }

  private static func claims(_ cluster: SimulatedCluster) -> [Int] {
    (1...3).filter { number in
      cluster.object(of: "persistentvolumeclaims", namespace: "shop", name: "left-\(number)") != nil
    }
  }

  /// Has a healthy cluster with three claims that nobody mounts, and the program's options for it.
  private static func leftovers(
    for session: TerminalSession
  ) async throws -> (cluster: SimulatedCluster, options: String) {
    let cluster = try await SimulatedCluster.start(SimulationOptions(scenario: .healthy))
    for number in 1...3 { _ = try cluster.create(claim(number)) }
    let kubeconfig = session.path(of: "amber.yaml")
    try cluster.kubeconfig(contextName: "amber")
      .write(toFile: kubeconfig, atomically: true, encoding: .utf8)
    let settings = session.path(of: "settings.yaml")
    try "checks: {dangling/claim-unused: {settles: 0s}}\n"
      .write(toFile: settings, atomically: true, encoding: .utf8)
    return (cluster, "--kubeconfig \(kubeconfig) --config \(settings)")
  }

  @Test func whoReadsLinesAloneKeepsTheJournalAsWell() async throws {
    let session = try TerminalSession(columns: 160)
    let (cluster, options) = try await Self.leftovers(for: session)
    try session.type("\(TerminalSession.program) --plain \(options)")
    try session.press("Enter")
    #expect(await session.shows("raised, info: Claim shop/left-3"))
    try session.press("C-c")
    try session.type("clear; \(TerminalSession.program) journal list; echo code $?")
    try session.press("Enter")
    #expect(await session.shows("code 0"))
    for number in 1...3 { #expect(session.screen.contains("Claim shop/left-\(number)")) }
    #expect(session.screen.contains("not over"))
    await cluster.stop()
  }

  @Test func whatDanglesIsHealedTogetherFromItsGroup() async throws {
    let session = try TerminalSession(columns: 120, rows: 40)
    let (cluster, options) = try await Self.leftovers(for: session)
    try session.type("\(TerminalSession.program) \(options)")
    try session.press("Enter")
    try #require(await session.shows("Claim shop/left-3"))
    try session.type(":dangling left-")
    try session.press("Enter")
    #expect(await session.shows("▸ PersistentVolumeClaim  ● 3"))
    // A mark on a group is one on each of its findings.
    try session.press("Space")
    #expect(await session.shows("* 3 marked"))
    try session.press("h")
    try #require(await session.shows("3 plans in 1 cluster"))
    #expect(Self.claims(cluster) == [1, 2, 3], "Nothing is done before it is confirmed.")
    try session.type("3 plans")
    try session.press("Enter")
    #expect(await session.shows("3 of 3 carried out"))
    #expect(await eventually { Self.claims(cluster).isEmpty })
    try await session.quit()
    await cluster.stop()
  }

  @Test func threeMarkedFindingsAreHealedTogetherAndOneIsTakenBack() async throws {
    let session = try TerminalSession(columns: 120, rows: 40)
    let (cluster, options) = try await Self.leftovers(for: session)
    try session.type("\(TerminalSession.program) \(options)")
    try session.press("Enter")
    try #require(await session.shows("Claim shop/left-3"))
    try session.type("/left-")
    try session.press("Enter")
    #expect(await session.shows("3 of "))

    try session.press("g", "Space", "G", "C-Space")
    try session.press("h")
    try #require(await session.shows("3 plans in 1 cluster"))
    #expect(session.screen.contains("3 in amber."))
    #expect(Self.claims(cluster) == [1, 2, 3], "Nothing is done before it is confirmed.")
    try session.type("3 plans")
    try session.press("Enter")
    #expect(await session.shows("3 of 3 carried out"))
    #expect(await eventually { Self.claims(cluster).isEmpty })

    try session.press("Escape")
    try session.type(":journal")
    try session.press("Enter")
    for number in 1...3 {
      let heal = "Heal: Delete PersistentVolumeClaim shop/left-\(number)"
      #expect(await session.shows(heal))
    }
    try session.press("h")
    try session.type("/left-2")
    try session.press("Enter")
    #expect(await session.hides("left-3"))
    try session.press("Enter")
    #expect(await session.shows("Backup of PersistentVolumeClaim"))
    try session.press("u")
    #expect(await session.shows("Undo: Delete PersistentVolumeClaim"))
    try session.press("y")
    #expect(await eventually { Self.claims(cluster) == [2] })
    try await session.quit()
    await cluster.stop()
  }
}
