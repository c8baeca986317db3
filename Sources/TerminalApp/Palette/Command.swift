package import KubernetesObjects
import Monitoring

/// Which objects a list shows.
package struct ResourceScope: Sendable, Equatable {
  package var resource: APIResource
  /// The only cluster; `nil` for all.
  package var cluster: String?
  /// The only namespace; `nil` for all.
  package var namespace: String?
  package var selector: LabelSelector?
  package var filter: String

  package init(
    _ resource: APIResource,
    cluster: String? = nil,
    namespace: String? = nil,
    selector: LabelSelector? = nil,
    filter: String = ""
  ) {
    self.resource = resource
    self.cluster = cluster
    self.namespace = namespace
    self.selector = selector
    self.filter = filter
  }
}

/// What the command line can be told.
enum Command: Sendable, Equatable {
  case resources(ResourceScope)
  case findings(cluster: String?, filter: String, by: FindingGrouping = .none)
  case dangling(cluster: String?, filter: String, by: FindingGrouping = .kind)
  case checks(cluster: String?, filter: String)
  case journal(cluster: String?, filter: String)
  case clusters
  case pulse
  /// The same as now, of this cluster alone.
  case cluster(String)
  /// The same as now, of this namespace alone; `nil` for all.
  case namespace(String?)
  case theme(String)
  /// The plans that wait for a person.
  case queue
  /// All named views.
  case views
  /// Keep what is shown under a name.
  case saveView(String)
  case deleteView(String)
  case help
  /// All that can be named, with its short names.
  case aliases
  /// What was told in this run.
  case log
  /// The text of the screen goes to the clipboard.
  case copy
  /// The mouse is the program's, or the terminal's again.
  case mouse
  case suspend
  case quit
}

/// A command that is no kind: its names, and what may follow them.
struct CommandWord: Sendable {
  enum Argument: Sendable { case nothing, words, cluster, theme, check, view }

  /// The first is the one that is shown.
  let names: [String]
  let argument: Argument
  let help: String
  /// Whether it is offered only to those who begin to type it.
  var isRare = false

  static let all = [
    CommandWord(names: ["findings", "f"], argument: .words, help: "what is inconsistent"),
    CommandWord(
      names: ["clusters", "fleet", "ctx", "context", "contexts"],
      argument: .cluster,
      help: "the clusters, or one of them"
    ),
    CommandWord(names: ["check"], argument: .check, help: "the findings of one check"),
    CommandWord(
      names: ["checks", "catalogue"],
      argument: .words,
      help: "all checks: what they find and what they cost"
    ),
    CommandWord(
      names: ["dangling"],
      argument: .words,
      help: "what names something absent, or is needed by nobody"
    ),
    CommandWord(
      names: ["journal", "history", "audit"],
      argument: .words,
      help: "what happened, and what was healed"
    ),
    CommandWord(
      names: ["view"],
      argument: .view,
      help: "a named view; view save NAME keeps what is shown, view delete NAME forgets it"
    ),
    CommandWord(
      names: ["queue"],
      argument: .nothing,
      help: "plans that policies propose, to be confirmed",
      isRare: true
    ),
    CommandWord(names: ["views"], argument: .nothing, help: "all named views"),
    CommandWord(
      names: ["pulse", "pulses"],
      argument: .nothing,
      help: "findings, events, latency and memory of the last hour"
    ),
    CommandWord(names: ["theme"], argument: .theme, help: "other colours"),
    CommandWord(
      names: ["aliases", "alias"],
      argument: .nothing,
      help: "all kinds and commands with their short names",
      isRare: true
    ),
    CommandWord(names: ["help", "h", "?"], argument: .nothing, help: "the keys of this screen"),
    CommandWord(
      names: ["copy"],
      argument: .nothing,
      help: "puts this screen's text on the clipboard",
      isRare: true
    ),
    CommandWord(
      names: ["log", "messages"],
      argument: .nothing,
      help: "what was told in this run",
      isRare: true
    ),
    CommandWord(
      names: ["mouse"],
      argument: .nothing,
      help: "leaves the mouse to the terminal, or not",
      isRare: true
    ),
    CommandWord(
      names: ["suspend"],
      argument: .nothing,
      help: "stops KPatrol until fg",
      isRare: true
    ),
    CommandWord(names: ["quit", "q", "q!", "exit"], argument: .nothing, help: "ends KPatrol"),
  ]

  static func named(_ word: String) -> CommandWord? {
    all.first { $0.names.contains(word.lowercased()) }
  }
}
