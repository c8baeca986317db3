package import Inspection
import KubernetesObjects
import Monitoring
package import TerminalKit

/// The program's state: a stack of screens, and what all of them show above and below.
package struct App: Model {
  package typealias Message = TerminalApp.Message
  package typealias Effect = TerminalApp.Effect

  enum Action {
    case back, command, aliases, help, quit, redraw, save, historyBack, historyForward, lastView
  }

  static let bindings: [Binding<Action>] = [
    Binding(
      ":",
      label: "Command",
      help: "Opens the command line: kinds of objects, screens, clusters, themes",
      isAlwaysShown: true,
      .command
    ),
    Binding(
      "?",
      label: "Help",
      help: "Shows all keys of this screen",
      isAlwaysShown: true,
      .help
    ),
    Binding("esc", label: "Back", help: "Goes back to the screen before", .back),
    Binding("q", "ctrl-c", label: "Quit", help: "Ends KPatrol", .quit),
    Binding("ctrl-a", help: "Lists all kinds and commands with their short names", .aliases),
    Binding("[", help: "Goes back to the screen before; ] comes back", .historyBack),
    Binding("]", help: "Goes to the screen that was left with [ or esc", .historyForward),
    Binding("-", help: "Goes to the last screen, and back again", .lastView),
    Binding("ctrl-r", help: "Loads and draws everything anew", .redraw),
    Binding("ctrl-s", help: "Saves the screen as text", .save),
  ]

  var screens: [any Screen]
  /// The screens that were left, the last of them last.
  var leftScreens: [any Screen] = []
  /// The command line, while it is open.
  var palette: Palette?
  /// What was run from it, newest last.
  var commandHistory: [String] = []
  var vocabulary = Vocabulary()
  /// What could not be done, until the next key.
  var notice: String?
  var keys = KeyMap()
  /// Whether the mouse is ours, and not the terminal's.
  var usesMouse = true
  /// What is remembered from one run to the next, and what of it is written.
  var kept = KeptState()
  var written = KeptState()
  /// The command that leads to the last run's screen, until it can be run.
  var pendingCommand: String?
  var hasLookedForLast = false
  private var keepsState = false
  var waitedForLast = 0
  /// What is told at the first start, until any key.
  var introduction: [String] = []
  /// All that was told in this run.
  var log = NoticeLog()
  /// The last tick of the clock.
  private var now: Timestamp?
  var size = Size(columns: 80, rows: 24)
  private(set) var statuses: [ClusterStatus] = []
  var statusLine = StatusLine([])
  var statusNotes = StatusNotes([])
  package private(set) var look = 0
  /// Whether what is shown is being loaded; changes until then are loaded after.
  private var isLoading = false
  private var isStale = false
  /// Whether a second has passed for which the screen was not asked yet what it wants.
  private var isSecondDue = false
  /// Asks before ending while a plan is being carried out.
  var asksWhetherToQuit = false
  package private(set) var isFinished = false
  /// The signal that ended the program; `nil` where the user did.
  package private(set) var endingSignal: Int32?

  /// Opens a finding, where one is named, once it is there.
  package init(opening finding: FindingID? = nil) {
    screens = [FindingsScreen()]
    if let finding { screens.append(SoughtFindingScreen(finding)) }
  }

  /// Begins with something to be told.
  init(_ setUp: SetUp, at time: Timestamp) {
    self.init(opening: setUp.finding)
    keys = setUp.keys
    usesMouse = setUp.usesMouse
    now = time
    if let kept = setUp.kept {
      (self.kept, written) = (kept, kept)
      if !kept.isIntroduced { introduction = Self.firstHints }
      screens[0].restore(kept.screens[KeyTable.name(of: screens[0])] ?? [:])
    }
    // Whoever names a finding wants that, and not the last screen.
    hasLookedForLast = setUp.kept == nil || setUp.finding != nil
    keepsState = setUp.kept != nil
    for text in setUp.notices { tell(text) }
  }
}

// MARK: - Changes

extension App {
  package mutating func update(_ input: Input) -> [Effect] {
    look += 1
    switch input {
    case .key, .click, .wheel, .paste: forgetLastScreen()
    case .resize, .signal: break
    }
    switch input {
    case .resize(let size):
      self.size = size
      screens.indices.forEach { screens[$0].resize(body) }
      return refresh()
    case .signal(let number):
      isFinished = true
      endingSignal = number
      return []
    case .key(let key) where asksWhetherToQuit:
      asksWhetherToQuit = false
      isFinished = key == "y" || key == "ctrl-c"
      return []
    case .key(let pressed):
      notice = nil
      if palette != nil, pressed != "ctrl-c" { return handleInPalette(pressed) }
      guard let key = isTyping ? pressed : keys.key(pressed, on: keyTables) else { return [] }
      return handleGlobally(key) ?? pass(.key(key))
    case .paste(let text): return paste(text)
    case .click(row: size.rows - 1, let column):
      guard !asksWhetherToQuit,
        let key = Footer.key(at: column, of: footer, width: size.columns)
      else { return [] }
      return update(.key(key))
    case .click where isTooSmall, .wheel where isTooSmall: return []
    case .click where palette != nil, .wheel where palette != nil: return []
    case .click, .wheel: break
    }
    return pass(input)
  }

  /// Has the screen take in what the user did; what it says to that is kept in the log.
  private mutating func pass(_ input: Input) -> [Effect] {
    let index = screens.count - 1
    let before = screens[index].notice
    let actions = screens[index].update(input)
    if let notice = screens[index].notice, notice != before { log.add(notice, at: now) }
    return perform(actions)
  }

  package mutating func update(_ message: Message) -> [Effect] {
    switch message {
    case .stale:
      guard !isLoading else {
        isStale = true
        return []
      }
      return refresh()
    case .statuses(let statuses): take(statuses)
    case .vocabulary: if palette != nil { look += 1 }
    case .themed(let name): kept.theme = name
    case .notice(let text): tell(text)
    case .open(let object): return perform([.push(ObjectScreen(object))])
    case .containers(let containers, let pod):
      return perform([.push(ContainersScreen(pod, containers))])
    case .proposed(let proposals): return perform(ask(about: proposals))
    case .edited(let proposals, let remark):
      let effects = perform(ask(about: proposals))
      if let remark { tell(remark) }
      return effects
    case .tick(let time): now = time
    case .findings, .marked, .detail, .catalogue, .rows, .cells, .column, .object, .facts,
      .surroundings, .events, .log, .history, .waited, .rehearsed, .replanned, .heals, .queue,
      .journal, .journalDetail:
      break
    }
    for index in screens.indices {
      let looksDifferent = screens[index].update(message)
      if looksDifferent, index == screens.count - 1 { look += 1 }
    }
    switch message {
    case .tick:
      isSecondDue = true
      var besides = isLoading ? [] : takeSecond()
      if keepsState { besides += reopenLastScreen() + keep() }
      return besides + screens[screens.count - 1].missing()
    case .statuses:
      // The status is loaded last, so that with it the screen is up to date.
      isLoading = false
      // In a busy cluster it is stale again already, and nothing is ever not being loaded.
      let besides = takeSecond()
      guard isStale else { return besides }
      isStale = false
      let effects = refresh()
      return effects + besides.filter { !effects.contains($0) }
    case .findings, .rows, .cells, .column, .surroundings, .log, .waited, .replanned:
      return screens[screens.count - 1].missing()
    case .detail: return perform(screens[screens.count - 1].due())
    case .vocabulary(let vocabulary): return take(vocabulary) + tryLastScreen(vocabulary)
    case .themed, .stale, .marked, .catalogue, .object, .facts, .events, .history, .notice, .open,
      .containers, .proposed, .edited, .rehearsed, .heals, .queue, .journal, .journalDetail:
      return []
    }
  }

  /// What the screen wants each second, once for each.
  private mutating func takeSecond() -> [Effect] {
    defer { isSecondDue = false }
    return isSecondDue ? screens.last?.refreshEachSecond() ?? [] : []
  }

  /// Keeps in the log which clusters were lost, why, and when they came back.
  private mutating func note(_ statuses: [ClusterStatus]) {
    let old = Dictionary(self.statuses.map { ($0.name, $0.connection) }) { first, _ in first }
    for status in statuses {
      let before = old[status.name]
      if let trouble = status.connection.trouble, trouble != before?.trouble {
        log.add("\(status.name): \(status.connection.word). \(trouble)", at: now)
      } else if status.connection == .watching, before?.trouble != nil {
        log.add("\(status.name): live again.", at: now)
      }
    }
  }

  /// Shows a text until the next key, and keeps it in the log.
  mutating func tell(_ text: String) {
    notice = text
    log.add(text, at: now)
    look += 1
  }

  private mutating func take(_ statuses: [ClusterStatus]) {
    note(statuses)
    self.statuses = statuses
    let (line, notes) = (StatusLine(statuses), StatusNotes(statuses))
    guard line != statusLine || notes != statusNotes else { return }
    (statusLine, statusNotes) = (line, notes)
    look += 1
  }

  /// Keys that mean the same everywhere, unless the screen is being typed into.
  private mutating func handleGlobally(_ key: Key) -> [Effect]? {
    guard !isTyping || key == "ctrl-c" else { return nil }
    switch Self.bindings.action(for: key) {
    case .command: return openPalette()
    case .aliases: return run(.aliases)
    case .help: return showHelp()
    case .back:
      guard screens.last?.usesEscape != true else { return nil }
      return perform([.pop])
    case .quit: return perform([.quit])
    case .historyBack: return perform([.pop])
    case .historyForward: return comeBack()
    case .lastView: return leftScreens.isEmpty ? perform([.pop]) : comeBack()
    // A tab loads anew what it has already.
    case .redraw: return [.redraw] + refresh() + pass(.key(key))
    case .save where screens.last?.savesItself == true: return nil
    case .save:
      return [.save(lines, named: screens.last?.title ?? "")]
    case nil: return nil
    }
  }

  /// What the screen shows, as text.
  var lines: [String] {
    var canvas = Canvas(size)
    draw(on: &canvas)
    return canvas.lines
  }

  /// Pasted text goes where text is typed, in one line; elsewhere it would be taken for keys.
  private mutating func paste(_ text: String) -> [Effect] {
    guard palette != nil || isTyping, !asksWhetherToQuit else {
      tell("Pasted text is ignored here: as keys it might do anything.")
      return []
    }
    let line = text.map { $0.isWhitespace ? " " : $0 }.drop { $0 == " " }
    let safe = DisplayText(String(String(line).prefix(Self.pasteLimit))).string
      .filter { $0 != "\u{fffd}" }
    var effects: [Effect] = []
    // What each character asks for is stale with the next.
    for character in safe {
      let key = Key.character(character)
      effects =
        palette != nil
        ? handleInPalette(key) : pass(.key(key))
    }
    return effects
  }

  /// Nobody types more into one line.
  private static let pasteLimit = 1000

  var keyTables: [String] { screens.last?.keyTables ?? [] }

  mutating func showHelp() -> [Effect]? {
    guard !(screens.last is HelpScreen), let screen = screens.last else { return nil }
    let help = HelpScreen(
      about: screen.title,
      hints: shown(screen.hints),
      everywhere: shown(Self.bindings.map(\.hint))
    )
    return perform([.push(help)])
  }

  /// Whether letters are text at the moment, and no commands.
  var isTyping: Bool { screens.last?.isTyping == true }

  mutating func perform(_ actions: [ScreenAction]) -> [Effect] {
    var effects: [Effect] = []
    for action in actions {
      switch action {
      case .push(let screen):
        leftScreens = []
        effects += show(screen)
      case .pop:
        guard screens.count > 1 else { break }
        effects += leave(1)
        effects += refresh() + screens[screens.count - 1].missing()
      case .quit:
        if statuses.contains(where: { $0.healsUnderWay > 0 }) {
          asksWhetherToQuit = true
        } else {
          isFinished = true
        }
      case .perform(let effect): effects.append(effect)
      case .run(let text): effects += run(text)
      case .type(let text): effects += openPalette(with: text)
      }
    }
    return effects
  }

  /// How many of the screens that were left are kept.
  private static let mostLeftScreens = 10

  /// Puts a screen above the others.
  private mutating func show(_ screen: any Screen) -> [Effect] {
    if let top = screens.last { remember(top) }
    screens.append(screen)
    screens[screens.count - 1].restore(kept.screens[KeyTable.name(of: screen)] ?? [:])
    screens[screens.count - 1].resize(body)
    return refresh() + screens[screens.count - 1].missing()
  }

  /// Leaves the uppermost screens.
  mutating func leave(_ count: Int) -> [Effect] {
    var effects: [Effect] = []
    for _ in 0..<count {
      var screen = screens.removeLast()
      remember(screen)
      effects += screen.leave()
      leftScreens = (leftScreens + [screen]).suffix(Self.mostLeftScreens)
    }
    return effects
  }

  /// Shows the screen again that was left last.
  private mutating func comeBack() -> [Effect] {
    guard let screen = leftScreens.popLast() else {
      tell("No screen was left.")
      return []
    }
    return show(screen)
  }

  mutating func refresh() -> [Effect] {
    isLoading = true
    return (screens.last?.refresh() ?? []) + [.loadStatuses]
  }
}
