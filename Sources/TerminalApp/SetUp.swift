package import Inspection
package import Journal
package import TerminalKit

/// What the screens are told before they open.
package struct SetUp: Sendable {
  package var themes: ThemeFolder
  package var keys: KeyMap
  package var usesMouse: Bool
  /// What is to be told at once.
  package var notices: [String]
  /// Where what is to be kept is written; `nil` where nothing is.
  package var stateFolder: String?
  /// What was kept in it; `nil` where nothing is kept.
  package var kept: KeptState?
  /// Where users write down what they say of findings.
  package var notebook: Notebook?
  /// Where is written what happens; `nil` where nothing is.
  package var journal: JournalKeeper?
  /// The finding to begin with.
  package var finding: FindingID?
  /// What may be opened on the terminal.
  package var programs: UserPrograms

  package init(
    themes: ThemeFolder = ThemeFolder(folders: []),
    keys: KeyMap = KeyMap(),
    usesMouse: Bool = true,
    notices: [String] = [],
    stateFolder: String? = nil,
    kept: KeptState? = nil,
    notebook: Notebook? = nil,
    journal: JournalKeeper? = nil,
    finding: FindingID? = nil,
    programs: UserPrograms = UserPrograms(environment: [:])
  ) {
    self.themes = themes
    self.keys = keys
    self.usesMouse = usesMouse
    self.notices = notices
    self.stateFolder = stateFolder
    self.kept = kept
    self.notebook = notebook
    self.journal = journal
    self.finding = finding
    self.programs = programs
  }
}
