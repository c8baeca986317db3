import TerminalKit

/// One screen: a value that keys and messages change and that draws itself.
protocol Screen: Sendable {
  /// What the help screen calls it.
  var title: String { get }
  /// Its keys, for footer and help.
  var hints: [KeyHint] { get }
  /// Whether letters are text at the moment, and no commands.
  var isTyping: Bool { get }
  /// Whether escape has something to do on the screen before it leaves it.
  var usesEscape: Bool { get }

  /// The names of the tables of its keys, the first of which holds where two have one.
  var keyTables: [String] { get }
  /// What it says of what the user did last, or could not do.
  var notice: String? { get }

  /// Whether it saves itself otherwise than as the text that is in sight.
  var savesItself: Bool { get }
  /// The command that opens it again; `nil` where none does.
  var command: String? { get }

  /// What to load when the screen is shown, and whenever the model has changed.
  func refresh() -> [Effect]
  /// What to load besides, after what came was not all that is to be shown.
  mutating func missing() -> [Effect]
  /// What to load each second, since it changes all the time and nobody tells.
  func refreshEachSecond() -> [Effect]
  /// What it was asked for and had to wait for something to do.
  mutating func due() -> [ScreenAction]
  /// Ends what goes on for it while it is shown; tells what has to be done for that.
  mutating func leave() -> [Effect]
  mutating func update(_ input: Input) -> [ScreenAction]
  /// Takes in what came; tells whether the screen looks different.
  mutating func update(_ message: Message) -> Bool
  /// Takes in how much room there is for ``draw(on:in:)``.
  mutating func resize(_ region: Region)
  func draw(on canvas: inout Canvas, in region: Region)

  /// What it is to be like again in another run.
  var kept: [String: String] { get }
  /// Becomes as it was kept; what it does not know, it passes over.
  mutating func restore(_ kept: [String: String])
}

extension Screen {
  var isTyping: Bool { false }
  var usesEscape: Bool { isTyping }
  var savesItself: Bool { false }
  var keyTables: [String] { [KeyTable.name(of: self)] }
  var notice: String? { nil }
  var command: String? { nil }
  mutating func missing() -> [Effect] { [] }
  mutating func due() -> [ScreenAction] { [] }
  func refreshEachSecond() -> [Effect] { [] }
  mutating func leave() -> [Effect] { [] }
  mutating func resize(_ region: Region) {}
  var kept: [String: String] { [:] }
  mutating func restore(_ kept: [String: String]) {}
}

/// What a screen asks of the program.
enum ScreenAction: Sendable {
  case push(any Screen)
  case pop
  case quit
  case perform(Effect)
  /// Run a command as if it had been typed.
  case run(String)
  /// Open the command line with this text, to which something is missing.
  case type(String)
}
