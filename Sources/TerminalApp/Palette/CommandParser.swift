import KubernetesObjects
import Monitoring
import NameMatching
import TerminalKit

/// Reads commands: `pods shop app=cart,env in (a,b) /web @prod`, in any order after the first word.
struct CommandParser {
  let vocabulary: Vocabulary

  func parse(_ text: String) throws(CommandMistake) -> Command {
    var words = Self.words(of: text)
    guard !words.isEmpty else { throw .missing("command", examples: []) }
    let first = words.removeFirst()
    if let command = CommandWord.named(first) { return try parse(command, words) }
    guard let resource = vocabulary.resource(named: first) else {
      if vocabulary.contents.resources.isEmpty { throw .nothingKnown }
      throw .unknown("kind or command", first, nearest: vocabulary.nearestFirstWord(to: first))
    }
    return try parse(resource, words)
  }

  // MARK: - Screens

  private func parse(_ word: CommandWord, _ words: [String]) throws(CommandMistake) -> Command {
    switch word.argument {
    case .nothing:
      if let extra = words.first { throw .tooMuch(extra) }
      switch word.names[0] {
      case "aliases": return .aliases
      case "copy": return .copy
      case "log": return .log
      case "mouse": return .mouse
      case "pulse": return .pulse
      case "queue": return .queue
      case "quit": return .quit
      case "suspend": return .suspend
      case "views": return .views
      default: return .help
      }
    case .words:
      let clusters = words.filter { $0.hasPrefix("@") }
      if clusters.count > 1 { throw .tooMuch(clusters[1]) }
      var cluster: String?
      if let name = clusters.first { cluster = try self.cluster(name.dropFirst()) }
      let isGrouping = { (word: String) in word.hasPrefix("by:") }
      let filter = words.filter { !$0.hasPrefix("@") && !isGrouping($0) }
        .map { $0.hasPrefix("/") ? String($0.dropFirst()) : $0 }
        .joined(separator: " ")
      let grouping = try words.first(where: isGrouping).map(Self.grouping)
      return switch word.names[0] {
      case "journal": .journal(cluster: cluster, filter: filter)
      case "checks": .checks(cluster: cluster, filter: filter)
      case "dangling": .dangling(cluster: cluster, filter: filter, by: grouping ?? .kind)
      default: .findings(cluster: cluster, filter: filter, by: grouping ?? .none)
      }
    case .view: return try view(words)
    case .cluster:
      guard let name = try only(words) else { return .clusters }
      return .cluster(try cluster(name.hasPrefix("@") ? name.dropFirst() : name[...]))
    case .theme:
      if let path = words.first, words.count == 1, ThemeFolder.isPath(path) { return .theme(path) }
      return .theme(try argument(words, "theme", among: vocabulary.themes))
    case .check:
      let check = try argument(words, "check", among: vocabulary.contents.checks)
      return .findings(cluster: nil, filter: "check:\(check)")
    }
  }

  private static func grouping(_ word: String) throws(CommandMistake) -> FindingGrouping {
    let name = String(word.dropFirst(3))
    guard let grouping = FindingGrouping(rawValue: name) else {
      let names = FindingGrouping.allCases.map(\.rawValue)
      throw .unknown("grouping", name, nearest: name.nearest(of: names))
    }
    return grouping
  }

  /// `view NAME`, `view save NAME`, `view delete NAME`.
  private func view(_ words: [String]) throws(CommandMistake) -> Command {
    let names = vocabulary.views.keys.sorted()
    guard let first = words.first, words.count > 1 else {
      let name = try argument(words, "view", among: names)
      return try parse(vocabulary.views[name] ?? "")
    }
    let rest = Array(words.dropFirst())
    switch first {
    case "save":
      if rest.count > 1 { throw .tooMuch(rest[1]) }
      return .saveView(rest[0])
    case "delete": return .deleteView(try argument(rest, "view", among: names))
    default: throw .tooMuch(rest[0])
    }
  }

  /// The words by which a command gives a filter that may have several.
  static func filterWords(_ filter: String) -> String {
    filter.split(separator: " ").map { "/\($0)" }.joined(separator: " ")
  }

  private func only(_ words: [String]) throws(CommandMistake) -> String? {
    if words.count > 1 { throw .tooMuch(words[1]) }
    return words.first
  }

  private func argument(
    _ words: [String],
    _ what: String,
    among known: [String]
  ) throws(CommandMistake) -> String {
    guard let name = try only(words) else {
      throw .missing(what, examples: Array(known.prefix(6)))
    }
    guard known.contains(name) else {
      throw .unknown(what, name, nearest: name.nearest(of: known))
    }
    return name
  }

  // MARK: - Kinds

  private func parse(
    _ resource: APIResource,
    _ words: [String]
  ) throws(CommandMistake) -> Command {
    var scope = ResourceScope(resource)
    var namespaces: [String] = []
    scope.filter = words.filter { $0.hasPrefix("/") }.map { $0.dropFirst() }
      .joined(separator: " ")
    var rest = LabelSelector.joining(words.filter { !$0.hasPrefix("/") })[...]
    while let word = rest.popFirst() {
      switch word {
      case "-A", "all": break
      case "-n": namespaces.append(try next(&rest, "namespace"))
      case "-l": scope.selector = try selector(next(&rest, "label"))
      case _ where word.hasPrefix("@"): scope.cluster = try cluster(word.dropFirst())
      case _ where word.contains(where: { "=!,(".contains($0) }):
        scope.selector = try selector(word)
      default: namespaces.append(word)
      }
    }
    if namespaces.count > 1 { throw .tooMuch(namespaces[1]) }
    guard let namespace = namespaces.first else {
      let isSwitch =
        resource.kind == Namespace.kind && words.contains { ["all", "-A"].contains($0) }
      return isSwitch ? .namespace(nil) : .resources(scope)
    }
    let known = vocabulary.contents.namespaces
    guard known.contains(namespace) || !vocabulary.contents.knowsAllNamespaces else {
      throw .unknown("namespace", namespace, nearest: namespace.nearest(of: known))
    }
    if resource.kind == Namespace.kind { return .namespace(namespace) }
    guard resource.isNamespaced else {
      throw .notNamespaced(vocabulary.shortestName(of: resource))
    }
    scope.namespace = namespace
    return .resources(scope)
  }

  private func next(
    _ rest: inout ArraySlice<String>,
    _ what: String
  ) throws(CommandMistake) -> String {
    guard let word = rest.popFirst() else { throw .missing(what, examples: []) }
    return word
  }

  private func selector(_ text: String) throws(CommandMistake) -> LabelSelector {
    do {
      return try LabelSelector(parsing: text)
    } catch {
      throw .selector(error)
    }
  }

  private func cluster(_ name: Substring) throws(CommandMistake) -> String {
    let (name, known) = (String(name), vocabulary.contents.clusters)
    guard !name.isEmpty else { throw .missing("cluster", examples: Array(known.prefix(6))) }
    guard known.contains(name) else {
      throw .unknown("cluster", name, nearest: name.nearest(of: known))
    }
    return name
  }
}

// MARK: - Words

extension CommandParser {
  /// What stands between spaces that are in no parentheses.
  static func words(of text: String) -> [String] {
    var words = [""]
    var isInside = false
    for character in text {
      if character == "(" { isInside = true }
      if character == ")" { isInside = false }
      if character == " ", !isInside {
        words.append("")
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words.filter { !$0.isEmpty }
  }
}
