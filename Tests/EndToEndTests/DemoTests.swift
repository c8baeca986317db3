import Foundation
import TestServers
import Testing

/// The real program in a real terminal.
@Suite(
  .fewAtOnce,
  .serialized,
  .timeLimit(.minutes(10)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct DemoTests {
  @Test func aConflictAppearsAndIsHealed() async throws {
    let session = try TerminalSession()
    let before = try await session.settings()
    try session.type("\(TerminalSession.program) --demo")
    try session.press("Enter")

    // The first finding within 20 seconds, and it is the worst, so it is selected.
    #expect(await session.shows("is used by 2 Pod"))
    #expect(session.screen.contains("windows ≤ 3 s"))
    try session.press("Enter")
    #expect(await session.shows("conflict/pod-address"))
    #expect(session.screen.contains("status.podIP"))

    #expect(await session.shows("1 Delete"))
    try session.press("h")
    #expect(await session.shows("kubectl --context demo delete pod"))
    #expect(session.screen.contains("only if uid is"))
    #expect(session.screen.contains("Blast radius: 1"))
    try session.press("y")
    #expect(await session.shows("healed, the finding was gone after"))
    #expect(session.screen.contains("✔ resolved"))

    try session.press("Escape")
    #expect(await session.hides("is used by 2 Pod"))
    try session.press("q")
    #expect(await session.shows("$"))
    #expect(try await session.settings() == before)
  }

  @Test func aKindIsListedFilteredWidenedAndLeft() async throws {
    let session = try TerminalSession()
    try session.type("\(TerminalSession.program) --demo")
    try session.press("Enter")
    #expect(await session.shows("── Findings"))
    #expect(await session.shows("demo: live"))
    try session.type(":pods")
    try session.press("Enter")
    #expect(await session.shows("── Pods ──"))
    #expect(await session.shows(" Running "))
    #expect(session.screen.contains("0 all"))

    try session.type("/coredns")
    #expect(await session.shows(" 2 of "))
    try session.press("Enter")
    #expect(await session.hides("forecast-"))
    try session.press("C-w")
    #expect(await session.shows("10.244."))
    #expect(!session.screen.contains("NODE"))
    // Picks one column after the other until this one is in sight.
    #expect(
      await eventually {
        try? session.press("S-Right")
        return session.screen.contains("NODE")
      }
    )
    try session.type("S")
    #expect(await session.shows("sorted by STATUS as of"))

    try session.type("y")
    #expect(await session.shows("apiVersion: v1"))
    try session.type("/nodename:")
    #expect(await session.shows("nodeName: node-"))
    try session.press("Escape")
    #expect(await session.shows("as of"))
    try session.press("Escape")
    #expect(await session.shows("sorted by STATUS as of"))

    // The selection stays where it is, and the others come back around it.
    try session.press("Escape")
    #expect(await session.shows("fraud-"))
    #expect(session.screen.contains(#/\n> +kube-system/#))
    try session.press("Escape")
    #expect(await session.shows("── Findings"))
    try session.type(":pdos")
    try session.press("Enter")
    #expect(await session.shows("There is no kind or command pdos. Did you mean pods?"))
    try session.press("Escape")
    try session.type(":q")
    try session.press("Enter")
    #expect(await session.shows("$"))
  }

  @Test func aCheckLeadsToItsFindingsAlone() async throws {
    let session = try TerminalSession()
    try session.type("\(TerminalSession.program) --demo")
    try session.press("Enter")
    #expect(await session.shows("is used by 2 Pod"))
    try session.type(":checks")
    try session.press("Enter")
    #expect(await session.shows("── Checks ──"))
    #expect(await session.shows(" in force, "))
    try session.type("F")
    #expect(await session.shows("FINDING↓"))
    try session.type("/conflict/pod-address")
    #expect(await session.shows(" 2 of "))
    try session.press("Enter", "Enter")
    #expect(await session.shows("── Check conflict/pod-address ──"))
    #expect(await session.shows("How it is doing"))
    #expect(await session.shows("µs,"))
    try session.press("Enter")
    #expect(await session.shows("/check:conflict/pod-address"))
    #expect(await session.shows("is used by 2 Pod"))
    try session.press("q")
    #expect(await session.shows("$"))
  }

  @Test func whatIsAcknowledgedStaysSoAtTheNextStart() async throws {
    let session = try TerminalSession()
    for isFirst in [true, false] {
      try session.type("\(TerminalSession.program) --demo")
      try session.press("Enter")
      #expect(await session.shows("is used by 2 Pod"))
      if isFirst {
        try session.press("g")
        try session.type("a")
        #expect(await session.shows("Acknowledge, why (may be empty):"))
        try session.type("ticket 12")
        try session.press("Enter")
        #expect(await session.shows(" ack"))
        try session.type(":view save mine")
        try session.press("Enter")
        #expect(await session.shows("View mine is kept: findings"))
      } else {
        #expect(await session.shows(" ack"))
        try session.type("/state:new")
        #expect(await session.hides(" ack"))
        try session.press("Escape")
        #expect(await session.shows(" ack"))
        try session.type(":views")
        try session.press("Enter")
        #expect(await session.shows("> mine  findings"), "\(session.screen)")
        try session.press("Escape")
        try session.type("a")
        #expect(await session.hides(" ack"))
      }
      try session.type("q")
      #expect(await session.shows("$"))
      #expect(await session.hides("KPatrol"))
    }
    let kept = session.path(of: ".local/state/kpatrol/findings.jsonl")
    let lines = try String(contentsOfFile: kept, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 2 && lines[0].contains("ticket 12"))
  }

  @Test func triageGoesFromTheListToTheObjectAndBack() async throws {
    let session = try TerminalSession()
    try session.type("\(TerminalSession.program) --demo")
    try session.press("Enter")
    #expect(await session.shows("is used by 2 Pod"))
    try session.type("/check:pod-address sev:crit !nothing ^address")
    #expect(await session.shows(" 1 of "))
    try session.press("Enter", "Enter")
    #expect(await session.shows("conflict/pod-address  cluster demo"))
    // There is nothing to go to before it is loaded.
    #expect(await session.shows("1 Delete"))
    try session.type("x")
    #expect(await session.shows("└─◂ is used by Pod"))
    try session.type("w")
    #expect(await session.shows("status.podIP: 10."))
    try session.type("c")
    #expect(await session.shows("Copied the finding as Markdown"))
    try session.press("Escape")
    #expect(await session.shows("/check:pod-address"))
    try session.press("Escape")
    #expect(await session.shows("outside the ranges"))
    try session.press("j")
    try session.type("y")
    #expect(await session.shows("apiVersion: v1"))
    try session.press("Escape")
    #expect(await session.shows("── Findings ──"))
  }

  @Test func aNamedFindingIsWaitedFor() async throws {
    let session = try TerminalSession(columns: 120)
    try session.type("\(TerminalSession.program) --demo --finding 0123456789abcdef")
    try session.press("Enter")
    #expect(await session.shows("There is no finding 0123456789abcdef in demo, or no longer."))
    try session.press("Escape")
    #expect(await session.shows("── Findings ──"))
    try session.type("q")
    #expect(await session.hides("── Findings ──"))
    try session.type("\(TerminalSession.program) --demo --finding nonsense")
    try session.press("Enter")
    #expect(await session.shows("it must have 16 hexadecimal digits."))
  }

  @Test func whatDanglesIsOpenedByKindAndMarked() async throws {
    let session = try TerminalSession(columns: 120)
    try session.type("\(TerminalSession.program) --demo")
    try session.press("Enter")
    #expect(await session.shows("which does not exist"))
    try session.type(":dangling")
    try session.press("Enter")
    #expect(await session.shows("── Dangling by kind ──"))
    #expect(await session.shows("▸ PersistentVolumeClaim  ● 1  10Gi"))
    try session.type("*")
    #expect(await session.shows("is absent"))
    try session.press("j", "Space")
    #expect(await session.shows("* 1 marked"))
    try session.press("C-\\")
    #expect(await session.hides("marked"))
    try session.press("C-Space")
    #expect(await session.shows("A range begins at a mark"))
    try session.press("g", "j")
    try session.type("h")
    #expect(await session.shows("── Confirm ──"))
  }

  @Test func theThemeChangesWhileScreensAreOpen() async throws {
    let session = try TerminalSession()
    try session.type("\(TerminalSession.program) --demo")
    try session.press("Enter")
    #expect(await session.shows("── Findings"))
    let dark = session.styledScreen
    try session.type(":theme default-light")
    #expect(await session.shows("theme default-light"))
    try session.press("Enter")
    #expect(await session.hides(":theme"))
    let title = { (screen: String) in screen.split(separator: "\n").first.map(String.init) }
    #expect(await eventually { title(session.styledScreen) != title(dark) })
  }

  /// Starts the demo in the foreground and answers its process.
  private func start(in session: TerminalSession) async throws -> pid_t {
    let file = session.path(of: "pid")
    try session.type("\(TerminalSession.program) --demo & echo $! > \(file); fg")
    try session.press("Enter")
    #expect(await session.shows("Findings"))
    let text = try String(contentsOfFile: file, encoding: .utf8)
    return try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  @Test(
    "Every way out gives the terminal back",
    arguments: [
      SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGSEGV, SIGABRT, SIGSYS, SIGXCPU, SIGVTALRM, SIGUSR1,
    ]
  )
  func ends(signal: Int32) async throws {
    let session = try TerminalSession()
    let before = try await session.settings()
    let modes = session.modes
    let process = try await start(in: session)
    #expect(session.modes != modes)
    kill(process, signal)
    #expect(await session.hides("── Findings"))
    try session.type("echo code $?")
    try session.press("Enter")
    #expect(await session.shows("code \(128 + signal)"))
    #expect(session.modes == modes)
    #expect(try await session.settings() == before)
  }

  @Test func theTerminalIsGivenBackEvenWhereTheProgramIsKilled() async throws {
    let session = try TerminalSession()
    let before = try await session.settings()
    let modes = session.modes
    kill(try await start(in: session), SIGKILL)
    #expect(await session.hides("── Findings"))
    try session.press("Enter")
    #expect(await session.shows("$"))
    #expect(await eventually { session.modes == modes })
    #expect(try await session.settings() == before)
  }

  @Test func aPipeThatNobodyReadsEndsNothing() async throws {
    let session = try TerminalSession()
    kill(try await start(in: session), SIGPIPE)
    try session.press("q")
    #expect(await session.hides("── Findings"))
    try session.type("echo code $?")
    try session.press("Enter")
    #expect(await session.shows("code 0"))
  }

  @Test func theMouseOpensWhatItClicks() async throws {
    let session = try TerminalSession()
    try session.type("\(TerminalSession.program) --demo")
    try session.press("Enter")
    #expect(await session.shows("is used by 2 Pod"))
    try session.click(row: 4, column: 20)
    try session.click(row: 4, column: 20)
    #expect(await session.shows("conflict/pod-address"))
    try session.turnWheel(down: true, row: 10, column: 10)
    #expect(await session.hides("✖ critical"))
  }

  @Test func aKubeconfigOfSomebodyElseIsNotOverwritten() async throws {
    let session = try TerminalSession(columns: 120)
    try session.type("cd; umask 022; echo 'current-context: prod' > config")
    try session.press("Enter")
    try session.type("\(TerminalSession.program) sim --write-kubeconfig config; cat config")
    try session.press("Enter")
    #expect(await session.shows("config: not overwritten, for no simulated cluster wrote it."))
    #expect(await session.shows("current-context: prod"))
    for _ in 1...2 {
      try session.type("clear; \(TerminalSession.program) sim --write-kubeconfig other")
      try session.press("Enter")
      #expect(await session.shows("Ctrl-C ends it."))
      try session.press("C-c")
      #expect(await session.shows("^C"))
      try session.type("echo code $?; ls -l other | cut -c1-10")
      try session.press("Enter")
      #expect(await session.shows("code 130"))
      #expect(await session.shows("-rw-------"))
    }
  }

  @Test(
    "Colours are those of the theme, and none where NO_COLOR is set",
    arguments: [
      ("", "\u{1B}[38;5;"), ("COLORFGBG='0;15' ", "\u{1B}[38;5;"),
      ("TERM=screen ", "\u{1B}[3"), ("NO_COLOR=1 ", nil),
    ]
  )
  func colors(assignment: String, sequence: String?) async throws {
    let session = try TerminalSession()
    try session.type("\(assignment)\(TerminalSession.program) --demo")
    try session.press("Enter")
    #expect(await session.shows("enter Open"))
    let styled = session.styledScreen.replacingOccurrences(of: "\u{1B}[39m", with: "")
    #expect(styled.contains(sequence ?? "\u{1B}[3") == (sequence != nil))
  }

  @Test func theScreenFollowsTheWindow() async throws {
    let session = try TerminalSession()
    try session.type("\(TerminalSession.program) --demo")
    try session.press("Enter")
    #expect(await session.shows("enter Open"))
    try session.resize(columns: 120, rows: 30)
    #expect(await session.shows("CHECK"))
    try session.resize(columns: 60, rows: 16)
    #expect(await session.hides("CHECK"))
    #expect(session.screen.contains("enter Open"))
    try session.press("C-c")
    #expect(await session.shows("$"))
  }

  @Test func noKubeconfigOffersTheDemo() async throws {
    let session = try TerminalSession()
    try session.type(TerminalSession.program)
    try session.press("Enter")
    #expect(await session.shows("Open the demo now? [y/N]"))
    #expect(session.screen.contains("No kubeconfig: looked for"))
    try session.type("n")
    try session.press("Enter")
    try session.type("echo code $?")
    try session.press("Enter")
    #expect(await session.shows("code 2"))
  }

  @Test(
    "What cannot work is said in a sentence, with exit code 2",
    arguments: [
      ("--demo < /dev/null", "must be a terminal"),
      ("--demo | cat; test ${PIPESTATUS:-2} = 2", "must be a terminal"),
      ("--kubeconfig /nowhere", "/nowhere: cannot be read: there is no such file."),
      ("--unknown-option", "Unknown option '--unknown-option'"),
      ("--demo --context x", "--demo opens a simulated cluster; it excludes --kubeconfig"),
      ("sim --write-kubeconfig /nonexistent/x", "/nonexistent/x: cannot be written: No such file"),
      ("sim --port 99999", "--port must be 0 to 65535."),
      ("sim --scenario none", "none"),
    ]
  )
  func refuses(arguments: String, sentence: String) async throws {
    let session = try TerminalSession(columns: 120)
    try session.type("\(TerminalSession.program) \(arguments)")
    try session.press("Enter")
    #expect(await session.shows(sentence))
    guard !arguments.contains("|") else { return }
    try session.type("echo code $?")
    try session.press("Enter")
    #expect(await session.shows("code 2"))
  }

  @Test(
    "A terminal that cannot show screens is refused",
    arguments: [
      ("TERM=dumb", "TERM is not set, or dumb"), ("TERM=", "TERM is not set, or dumb"),
      ("TERM=no-such-terminal", "does not know the terminal type no-such-terminal"),
    ]
  )
  func refusesTerminal(assignment: String, sentence: String) async throws {
    let session = try TerminalSession(columns: 120)
    try session.type("\(assignment) \(TerminalSession.program) --demo; echo code $?")
    try session.press("Enter")
    #expect(await session.shows(sentence))
    #expect(await session.shows("code 2"))
  }

  @Test func aSmallTerminalIsRefused() async throws {
    let session = try TerminalSession(columns: 59, rows: 15)
    try session.type("\(TerminalSession.program) --demo; echo code $?")
    try session.press("Enter")
    #expect(await session.shows("60×16"))
    #expect(await session.shows("code 2"))
  }
}
