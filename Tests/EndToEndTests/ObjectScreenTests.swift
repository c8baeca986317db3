import Foundation
import SimulatedCluster
import TestServers
import Testing

/// Objects, logs and fleets in a real terminal.
@Suite(
  .fewAtOnce,
  .serialized,
  .timeLimit(.minutes(10)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct ObjectScreenTests {
  @Test func aLogIsReadSearchedSavedAndLeft() async throws {
    let session = try TerminalSession()
    try session.type("\(TerminalSession.program) --demo")
    try session.press("Enter")
    #expect(await session.shows("demo: live"))
    try session.type(":pods inventory")
    try session.press("Enter")
    #expect(await session.shows(" Running "))
    try session.type("l")
    #expect(await session.shows("container main, tail, following"))
    #expect(await session.shows("msg=\"request served\""))
    try session.type("t")
    #expect(await eventually { session.screen.contains(#/ \d\d:\d\d:\d\d\.\d{3} level=/#) })
    try session.type("/status=200")
    #expect(await session.shows(" of "))
    try session.press("Enter")
    try session.type("n")
    #expect(await eventually { session.screen.contains(#/ \d+ of \d+/#) })
    try session.press("C-s")
    #expect(await session.shows(" lines saved in "))
    let folder = URL(filePath: session.path(of: ".local/state/kpatrol/logs"))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let file = try #require(files.first)
    let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    #expect(text.contains("msg=\"request served\""))
    try session.press("Escape", "Escape")
    #expect(await session.shows("── Pods in inventory"))
    try session.type("q")
    #expect(await session.shows("$"))
  }

  @Test func aDescriptionLeadsFromObjectToObject() async throws {
    let session = try TerminalSession()
    try session.type("\(TerminalSession.program) --demo")
    try session.press("Enter")
    #expect(await session.shows("demo: live"))
    try session.type(":pods inventory")
    try session.press("Enter")
    #expect(await session.shows(" Running "))
    try session.type("d")
    #expect(await session.shows("owner       ReplicaSet.apps inventory/"))
    try session.type("j")
    try session.press("Enter")
    #expect(await session.shows("── ReplicaSet.apps inventory/"))
    try session.type("x")
    #expect(await session.shows("Deployment.apps inventory/"))
    #expect(await session.shows("▾ owns ReplicaSet.apps"))
    try session.type("l")
    #expect(await session.shows("container main, tail, following"))
    try session.type("--")
    #expect(await session.shows("container main, tail, following"))
    try session.press("q")
    #expect(await session.shows("$"))
  }

  @Test func ofThreeClustersOneDiesAndTheFleetSaysSo() async throws {
    let names = ["amber", "birch", "cedar"]
    let session = try TerminalSession()
    var clusters: [SimulatedCluster] = []
    var files: [String] = []
    for name in names {
      let cluster = try await SimulatedCluster.start(SimulationOptions(scenario: .healthy))
      clusters.append(cluster)
      let file = session.path(of: "\(name).yaml")
      try cluster.kubeconfig(contextName: name)
        .write(toFile: file, atomically: true, encoding: .utf8)
      files.append(file)
    }
    let list = files.joined(separator: ":")
    try session.type("KUBECONFIG=\(list) \(TerminalSession.program) --all-contexts")
    try session.press("Enter")
    #expect(await session.shows("3 clusters"))
    try session.type(":fleet")
    try session.press("Enter")
    let isLive = await eventually {
      names.allSatisfy { session.line(with: $0)?.contains(" live ") == true }
    }
    #expect(isLive)
    await clusters[1].stopListening()
    let isTold = await eventually {
      session.line(with: "birch")?.contains("disconnected") == true
        && session.screen.contains("3 clusters, 1 unreachable")
        && session.screen.contains("1 not up to date")
    }
    #expect(isTold)
    #expect(session.line(with: "amber")?.contains(" live ") == true)
    try session.type("j")
    #expect(await session.shows("trouble"))
    try await clusters[1].listenAgain()
    let isBack = await eventually {
      session.line(with: "birch")?.contains(" live ") == true
    }
    #expect(isBack)
    try session.type(":pulse")
    try session.press("Enter")
    #expect(await session.shows("Memory of KPatrol"))
    try session.press("q")
    #expect(await session.shows("$"))
    for cluster in clusters { await cluster.stop() }
  }
}

extension TerminalSession {
  /// The first line below the title with a text.
  fileprivate func line(with text: String) -> Substring? {
    screen.split(separator: "\n").dropFirst(2).first { $0.contains(text) }
  }
}
