import Checks
import Foundation
import Glibc
import HTTP
import Healing
import Inspection
import Journal
import KubernetesClient
import Monitoring
import SimulatedCluster
import TerminalKit
import TestServers
import Testing
import WireFormats

@testable import TerminalApp

/// Whatever is pressed on whichever screen, a cluster is changed by confirmed plans alone.
@Suite(.fewAtOnce, .timeLimit(.minutes(15))) struct ChangesOnlyByHealingTests {
  /// What opens a screen, from any other: a command, and then keys.
  struct Way {
    let command: String
    let keys: [Key]
    /// How the screen's title begins; `nil` where another may come as well.
    let title: String?

    init(_ command: String, _ keys: Key..., to title: String? = nil) {
      (self.command, self.keys, self.title) = (command, keys, title)
    }
  }

  private static let ways = [
    Way("findings", to: "Findings"), Way("findings", "enter", to: "Finding "),
    Way("findings", "enter", "h"), Way("clusters", to: "Fleet"), Way("pulse", to: "Pulse"),
    Way("checks", to: "Checks"), Way("checks", "enter", to: "Check "),
    Way("queue", to: "Heal queue"), Way("log", to: "Log"), Way("views", to: "Views"),
    Way("aliases", to: "Aliases"), Way("help", to: "Help"), Way("pods", to: "Pods"),
    Way("pods", "enter", to: "Pod "), Way("pods", "enter", "3"),
    Way("deployments", to: "Deployments"), Way("deployments", "enter", "3"),
    Way("deployments", "e"), Way("deployments", "ctrl-d"), Way("nodes", to: "Nodes"),
    Way("nodes", "space", "down", "space", "u"), Way("configmaps", "enter", "2"),
    Way("configmaps", "u", to: "Who"), Way("secrets", "ctrl-d"),
    Way("journal", to: "Journal"), Way("journal", "enter"), Way("journal", "u"),
    Way("findings", "P", "P"),
  ]

  /// How each screen's title begins; that it came to each is demanded.
  private static let titles = [
    "AliasesScreen": "Aliases", "CatalogueScreen": "Checks", "CheckScreen": "Check",
    "ClustersScreen": "Fleet", "ConfirmScreen": "Confirm", "FindingScreen": "Finding",
    "FindingsScreen": "Findings", "HealQueueScreen": "Heal", "HealScreen": "Healing",
    "HelpScreen": "Help", "JournalScreen": "Journal", "LogScreen": "Log", "ObjectScreen": "Pod",
    "PulseScreen": "Pulse", "ResourcesScreen": "Pods", "UsersScreen": "Who", "ViewsScreen": "Views",
  ]

  /// What has no title of its own, or comes only where something particular is asked for;
  /// `HealScreensTests` presses keys on each.
  private static let drivenElsewhere: Set = [
    "ChoiceScreen", "ContainersScreen", "JournalEntryScreen", "SoughtFindingScreen",
  ]

  @Test func noScreenIsForgotten() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/TerminalApp/Screens")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let screens = files.filter { $0.hasSuffix("Screen.swift") }.map { $0.dropLast(6).description }
    #expect(Set(screens) == Set(Self.titles.keys).union(Self.drivenElsewhere))
  }

  /// Keys that mean something somewhere; none ends the program.
  private static let keys: [Key] = [
    "enter", "esc", "tab", "space", "up", "down", "page-down", "home", "end", "backspace", "left",
    "right", "ctrl-u", "ctrl-d", "ctrl-p", "ctrl-k", "ctrl-e", "a", "b", "c", "d", "e", "f", "g",
    "h", "i", "j", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "v", "w", "x", "y", "z", "A",
    "C", "D", "E", "G", "H", "K", "M", "R", "S", "T", "U", "X", "+", "-", "1", "2", "3", "4",
    "5",
  ]
  private static let keysOnEach = 10

  @Test(
    "Each request that changes something is of a heal that was confirmed",
    arguments: [UInt64(1)]
  )
  func changes(seed: UInt64) async throws {
    try await run(seed, Guardrails()) { cluster, journal, display in
      let entries = try await journal.entries(JournalQuery(kinds: [.heal], limit: 100_000))
      var heals: [HealRecord] = []
      for entry in entries {
        if let id = entry.healID, let heal = try await journal.heal(id) { heals.append(heal) }
      }
      let written = Set(heals.flatMap(\.calls).map { "\($0.method) \($0.path)" })
      let changes = Self.changes(of: cluster)
      for change in changes { #expect(written.contains(change), "\(change)") }
      #expect(Set(changes).count >= Self.fewest, "Nothing is shown where nothing is done.")
      for heal in heals where !heal.calls.isEmpty {
        let isShown = await display.hasAsked { text in
          text.contains(heal.title) && heal.steps.allSatisfy { text.contains($0.summary) }
        }
        #expect(isShown, "\(heal.title)")
      }
      let missed = await Set(Self.titles.values).subtracting(display.titles)
      #expect(missed.isEmpty, "It never came to \(missed.sorted()).")
    }
  }

  @Test func whereNothingMayBeChangedNothingIs() async throws {
    try await run(3, Guardrails(isReadOnly: true)) { cluster, journal, _ in
      #expect(Self.changes(of: cluster).isEmpty)
      let heals = try await journal.entries(JournalQuery(kinds: [.heal], limit: 10))
      #expect(heals.isEmpty)
    }
  }

  /// How many different requests there are that change something, or nothing would be shown.
  private static let fewest = 3

  /// What was asked for that may change something, whatever came of it.
  private static func changes(of cluster: SimulatedCluster) -> [String] {
    cluster.requestLog.compactMap { request in
      guard request.method != "GET", request.query.contains("dryRun=All") == false,
        !request.path.contains("/selfsubject")
      else { return nil }
      return "\(request.method) \(request.path)"
        + (request.query.isEmpty ? "" : "?\(request.query)")
    }
  }

  private func run(
    _ seed: UInt64,
    _ guardrails: Guardrails,
    _ check: (SimulatedCluster, JournalStore, RandomUser) async throws -> Void
  ) async throws {
    let folder = try TemporaryFolder()
    // Opened again after a mistake, it changes nothing more.
    let editor = try folder.script(
      "editor",
      #"grep -q edited: "$1" || sed -i 's/^  labels:$/  labels:\n    edited: "yes"/' "$1""#
    )
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .nightShift, requestLogLimit: 1_000_000)
    )
    let eventLoop = EventLoop()
    let keeper = JournalKeeper(JournalStore(folder: folder.path + "/state"), JournalRetention())
    let fleet = Fleet(
      [Self.client(of: cluster, on: eventLoop)],
      options: MonitorOptions(
        checks: Catalogue.checks,
        settlePolicy: .atMost(.zero),
        guardrails: guardrails,
        policies: [
          HealPolicy("all", remedy: "uncordon-node"), HealPolicy("pods", remedy: "delete-pod"),
        ]
        .map { policy in
          var policy = policy
          policy.after = .zero
          return policy
        },
        recorder: keeper.history,
        journal: keeper.store
      )
    )
    let patrol = Task { await fleet.run() }
    let user = await RandomUser(seed: seed)
    let setUp = SetUp(
      journal: keeper,
      programs: UserPrograms(
        environment: ["EDITOR": editor, "TMPDIR": folder.path, "PATH": "/usr/bin:/bin"],
        whyNoShell: "It is a test."
      )
    )
    let screens = Task { @MainActor in
      // Whoever ends it begins anew.
      while !user.isDone { _ = await Launch.run(fleet, on: user, with: setUp) }
    }
    #expect(await eventually { await user.frameCount > 0 })
    for way in Self.ways {
      let isReached = await user.go(by: way)
      #expect(isReached, "\(way)")
      for _ in 0..<Self.keysOnEach { await user.press(oneOf: Self.keys) }
    }
    for number in 1...Self.fewest where !guardrails.isReadOnly {
      await user.deleteSomething()
      let isDone = await eventually { Set(Self.changes(of: cluster)).count >= number }
      #expect(isDone)
    }
    await user.end()
    await screens.value
    // What was begun is waited for, so that nothing is sent behind the test's back.
    #expect(await eventually { await fleet.statuses().allSatisfy { $0.healsUnderWay == 0 } })
    try await check(cluster, keeper.store, user)
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
    withExtendedLifetime(folder) {}
  }

  private static func client(
    of cluster: SimulatedCluster,
    on eventLoop: EventLoop
  ) -> KubernetesClient {
    var tls = TLSSettings()
    tls.certificateAuthority = Array(cluster.certificateAuthorityPEM.utf8)
    return KubernetesClient(
      ClusterConnection(
        contextName: "sim",
        server: cluster.url,
        tls: tls,
        credential: .token(cluster.token)
      ),
      eventLoop: eventLoop,
      userAgent: "kpatrol/test"
    )
  }
}

/// Somebody who presses keys at random on a large display, and now and then answers what is asked.
@MainActor
private final class RandomUser: Display {
  let size = Size(columns: 140, rows: 110)
  let inputs = Inputs()
  private(set) var frameCount = 0
  /// The first words of what the screens call themselves.
  private(set) var titles: Set<String> = []
  private var title = ""
  private(set) var isDone = false
  private var lines: [String] = []
  /// What was on the screen whenever a plan could be confirmed.
  private var questions: Set<String> = []
  private var random: SplitMix

  init(seed: UInt64) { random = SplitMix(state: seed) }

  func present(_ canvas: Canvas) {
    lines = canvas.lines
    frameCount += 1
    let title = lines.dropFirst().first?.split(separator: "─").first { $0.contains(" ") } ?? ""
    // What follows tells which object or cluster it is, or how many plans.
    self.title = title.drop { $0 == " " }.description
    titles.insert(self.title.prefix { $0.isLetter }.description)
    if isAsked { questions.insert(lines.joined(separator: "\n")) }
  }

  func use(_ theme: Theme) {}

  /// Whether what can be confirmed is in sight.
  private var isAsked: Bool { lines.contains { $0.contains("to do this now") } }

  func hasAsked(_ isMeant: (String) -> Bool) -> Bool { questions.contains(where: isMeant) }

  /// Leaves whatever is open, and opens a screen; tells whether that is there in the end.
  func go(by way: ChangesOnlyByHealingTests.Way) async -> Bool {
    for patience in 1...8 {
      for _ in 0..<3 { await send("esc") }
      await send(":")
      for letter in way.command { await send(.character(letter)) }
      await send("enter")
      for key in way.keys {
        _ = await soon(within: .milliseconds(200) * patience) { false }
        await send(key)
      }
      guard let title = way.title else { return true }
      if await soon(within: .seconds(3 * patience), { self.title.hasPrefix(title) }) { return true }
    }
    return false
  }

  /// Presses a key, or answers as it is wanted.
  func press(oneOf keys: [Key]) async {
    guard isAsked, Int.random(in: 0..<3, using: &random) == 0 else {
      return await send(keys[Int.random(in: 0..<keys.count, using: &random)])
    }
    await answer()
  }

  /// Deletes the ConfigMap that is at hand.
  func deleteSomething() async {
    guard await go(by: ChangesOnlyByHealingTests.Way("configmaps", to: "ConfigMaps")) else {
      return
    }
    for _ in 0..<60 where !isAsked {
      await send("ctrl-d")
      _ = await soon(within: .seconds(1)) { isAsked }
    }
    if isAsked { await answer() }
  }

  /// Answers what is asked.
  private func answer() async {
    guard let index = lines.firstIndex(where: { $0.contains("press enter") }),
      index + 1 < lines.count
    else { return await send("y") }
    await send("ctrl-u")
    for letter in lines[index + 1].split(separator: " ").joined(separator: " ") {
      await send(.character(letter))
    }
    await send("enter")
    for letter in "a test" { await send(.character(letter)) }
    await send("enter")
  }

  /// Waits until what was asked for has come; tells whether it has.
  private func soon(within limit: Duration, _ condition: () -> Bool) async -> Bool {
    let end = ContinuousClock.now + limit
    while !condition(), ContinuousClock.now < end {
      try? await Task.sleep(for: .milliseconds(10))
    }
    return condition()
  }

  private func send(_ key: Key) async {
    inputs.send(.key(key))
    // What a key asks for may come before the next one, or not: both are to be borne.
    if Bool.random(using: &random) { try? await Task.sleep(for: .milliseconds(5)) }
    await Task.yield()
  }

  func end() {
    isDone = true
    inputs.send(.signal(SIGTERM))
  }
}

/// Random numbers that are the same in each run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
