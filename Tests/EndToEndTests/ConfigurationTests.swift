import Foundation
import TestServers
import Testing

/// The real program with a configuration file.
@Suite(
  .fewAtOnce,
  .serialized,
  .timeLimit(.minutes(10)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct ConfigurationTests {
  /// Writes the configuration file that the session's user has.
  private func write(_ text: String, for session: TerminalSession) throws {
    let path = session.path(of: ".config/kpatrol/config.yaml")
    let folder = URL(filePath: path).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try text.write(toFile: path, atomically: true, encoding: .utf8)
  }

  @Test(
    "A mistake is told before the terminal is opened, with exit code 2",
    arguments: ["--demo", "", "scan", "config", "config check", "--config bad.yaml config check"]
  )
  func refuses(arguments: String) async throws {
    let session = try TerminalSession(columns: 160)
    try write("theme: [\n]\nchecks:\n  risk/quotas: {}\n", for: session)
    try session.type(
      "cd; cp .config/kpatrol/config.yaml bad.yaml; \(TerminalSession.program) \(arguments); "
        + "echo code $?"
    )
    try session.press("Enter")
    #expect(await session.shows("code 2"))
    #expect(session.screen.contains(".yaml:1:8: theme: expected a string"))
    let mistake =
      ".yaml:4:3: checks.risk/quotas: there is no such check; did you mean risk/quota?"
    #expect(session.screen.contains(mistake))
  }

  @Test(
    "What is no configuration file is told with exit code 2",
    arguments: [
      ("--demo --config /nowhere", "/nowhere: cannot be read: there is no such file"),
      ("config check /tmp", "/tmp: cannot be read: Is a directory"),
      ("scan --config /dev/zero", "/dev/zero: cannot be read: it is larger than 1 MiB"),
    ]
  )
  func refusesFile(arguments: String, sentence: String) async throws {
    let session = try TerminalSession(columns: 120)
    try session.type("\(TerminalSession.program) \(arguments); echo code $?")
    try session.press("Enter")
    #expect(await session.shows("code 2"))
    #expect(session.screen.contains(sentence))
  }

  @Test func theConfigurationIsShownAndChecked() async throws {
    let session = try TerminalSession(columns: 120, rows: 60)
    let program = TerminalSession.program
    try session.type("\(program) config check; echo code $?")
    try session.press("Enter")
    #expect(await session.shows("code 0"))
    #expect(session.screen.contains("/.config/kpatrol/config.yaml: the defaults hold."))
    try write("readOnlyContexts: []\n", for: session)
    try session.type(
      "clear; cd; \(program) config show --config .config/kpatrol/config.yaml | head -30"
    )
    try session.press("Enter")
    #expect(await session.shows("readOnlyContexts: []  # .config/kpatrol/config.yaml:1"))
    #expect(session.screen.contains("settles: 0s  # default"))
    try session.type("clear; \(program) config check; echo code $?")
    try session.press("Enter")
    #expect(await session.shows("code 0"))
    #expect(session.screen.contains("config.yaml: no mistake."))
  }

  @Test func aThemeThatIsNowhereIsToldWithItsPlace() async throws {
    let session = try TerminalSession(columns: 160)
    try write("\ntheme: nowhere\n", for: session)
    try session.type("\(TerminalSession.program) --demo")
    try session.press("Enter")
    // The program starts all the same.
    #expect(await session.shows("config.yaml:2:1: theme: nowhere.yaml: cannot be read"))
    #expect(session.screen.contains("── Findings"))
  }

  @Test func aProtectedNamespaceIsNotHealed() async throws {
    let session = try TerminalSession(columns: 120)
    try write("protectedNamespaces: [sh*]\n", for: session)
    // The tests of signals end every demo that has no other option.
    let path = session.path(of: ".config/kpatrol/config.yaml")
    try session.type("\(TerminalSession.program) --demo --config \(path)")
    try session.press("Enter")
    #expect(await session.shows("is used by 2 Pod"))
    try session.press("Enter")
    #expect(await session.shows("conflict/pod-address"))
    // The first remedy; h would propose to cordon the Node, which is in no namespace.
    #expect(await session.shows("1 Delete"))
    try session.press("1")
    #expect(await session.shows("── Refused"))
    #expect(session.screen.contains("Namespace shop is protected: it matches sh*"))
    #expect(session.screen.contains("kubectl --context demo delete pod"))
    try session.press("y")
    try session.press("Escape")
    #expect(await session.shows("── Finding"))
    #expect(session.screen.contains("Namespace shop is protected: it"))
    #expect(!session.screen.contains("healed"))
    try session.press("q")
    #expect(await session.shows("$"))
  }

  @Test func contextsAreOpenedAndReadOnlyAsTheConfigurationSays() async throws {
    let server = try TerminalSession(columns: 100)
    let kubeconfig = server.path(of: "sim.yaml")
    try server.type("\(TerminalSession.program) sim --write-kubeconfig \(kubeconfig)")
    try server.press("Enter")
    #expect(await server.shows("Ctrl-C ends it."))
    let session = try TerminalSession(columns: 160)
    // No context is current, so that only the configuration can name it.
    try write("contexts: ['s*']\nreadOnlyContexts: [s?m]\n", for: session)
    let program = "\(TerminalSession.program) --kubeconfig \(session.path(of: "kubeconfig"))"
    try session.type(
      "grep -v current-context \(kubeconfig) > \(session.path(of: "kubeconfig")); \(program)"
    )
    try session.press("Enter")
    #expect(await session.shows("sim: live"))
    try session.press("F")
    #expect(await session.shows("read-only: matches s?m of readOnlyContexts"))
    try await session.quit()
    try write("contexts: [other]\n", for: session)
    try session.type("clear; \(program); echo code $?")
    try session.press("Enter")
    #expect(await session.shows("code 2"))
    #expect(session.screen.contains("config.yaml:1:12: contexts[0]: No context is named other."))
  }
}
