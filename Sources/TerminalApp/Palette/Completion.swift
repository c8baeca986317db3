import KubernetesObjects
import Monitoring
import NameMatching

/// A command that what is typed may be the beginning of.
struct Completion: Sendable, Equatable {
  /// The whole line.
  let text: String
  /// What it means.
  let detail: String

  /// How many are offered.
  static let limit = 50

  /// What a text may be completed to, the best first.
  static func completions(of text: String, from vocabulary: Vocabulary) -> [Completion] {
    guard let space = text.lastIndex(of: " ") else {
      return best(of: firstWords(vocabulary), for: text)
    }
    let before = String(text[...space])
    let word = String(text[text.index(after: space)...])
    let candidates = arguments(after: before, word, vocabulary).map { argument, detail in
      Candidate(text: before + argument, names: [argument], detail: detail)
    }
    return best(of: candidates, for: word)
  }

  private init(_ candidate: Candidate) {
    text = candidate.text
    detail = candidate.detail
  }

  private struct Candidate {
    let text: String
    let names: [String]
    let detail: String
    /// Whether it is found by an argument that nobody typed a command for.
    var isRemote = false
  }

  private static func best(of candidates: [Candidate], for word: String) -> [Completion] {
    // Who has typed nothing yet sees what there is.
    guard !word.isEmpty else {
      return candidates.filter { !$0.isRemote }.prefix(limit).map(Completion.init)
    }
    let pattern = FuzzyPattern(word)
    var found = candidates.compactMap { candidate in
      candidate.names.compactMap(pattern.match).min().map { ($0, candidate) }
    }
    // Letters that are scattered over long names are in most of these.
    let isTogether = found.contains { !$0.0.isScattered }
    if isTogether { found.removeAll { $0.0.isScattered } }
    return found.sorted { left, right in
      if left.1.isRemote != right.1.isRemote { return right.1.isRemote }
      return left.0 == right.0 ? left.1.text < right.1.text : left.0 < right.0
    }.prefix(limit).map { Completion($0.1) }
  }

  private static func firstWords(_ vocabulary: Vocabulary) -> [Candidate] {
    let contents = vocabulary.contents
    func commands(_ words: [CommandWord]) -> [Candidate] {
      words.map {
        Candidate(text: $0.names[0], names: $0.names, detail: $0.help, isRemote: $0.isRare)
      }
    }
    let kinds = Self.usualFirst(contents.resources).map { resource in
      let others = resource.shortNames.joined(separator: ", ")
      return Candidate(
        text: vocabulary.shortestName(of: resource),
        names: vocabulary.namesByKind[resource.kind] ?? [],
        detail: resource.kind.description + (others.isEmpty ? "" : " (\(others))")
      )
    }
    func remote(_ word: String, _ names: [String], _ detail: String) -> [Candidate] {
      names.map {
        Candidate(text: "\(word) \($0)", names: [$0], detail: detail, isRemote: true)
      }
    }
    // Who has named nothing yet looks for other things than views.
    let isView = { (word: CommandWord) in word.names[0].hasPrefix("view") }
    return commands(CommandWord.all.filter { !isView($0) }) + kinds
      + commands(CommandWord.all.filter(isView))
      + remote("clusters", contents.clusters, "this cluster alone")
      + remote("ns", contents.namespaces, "this namespace alone")
      + remote("theme", vocabulary.themes, "other colours")
      + vocabulary.views.map {
        Candidate(text: "view \($0.key)", names: [$0.key], detail: $0.value, isRemote: true)
      }
      + remote("check", contents.checks, "the findings of this check")
  }

  /// The kinds that people ask for most, then the others.
  private static func usualFirst(_ resources: [APIResource]) -> [APIResource] {
    let usual = [
      "pods", "deployments", "services", "nodes", "events", "namespaces", "statefulsets",
      "daemonsets", "jobs", "ingresses", "configmaps", "secrets", "persistentvolumeclaims",
    ]
    let first = usual.compactMap { name in
      resources.first { $0.plural == name && $0.kind.isBuiltIn }
    }
    return first + resources.filter { !first.contains($0) }
  }

  /// What may follow the words before.
  private static func arguments(
    after before: String,
    _ word: String,
    _ vocabulary: Vocabulary
  ) -> [(argument: String, detail: String)] {
    let contents = vocabulary.contents
    let words = CommandParser.words(of: before)
    guard let first = words.first else { return [] }
    let clusters = contents.clusters.map { ("@\($0)", "of this cluster alone") }
    switch CommandWord.named(first)?.argument {
    case .cluster?: return words.count > 1 ? [] : contents.clusters.map { ($0, "cluster") }
    case .theme?: return words.count > 1 ? [] : vocabulary.themes.map { ($0, "theme") }
    case .check?: return words.count > 1 ? [] : contents.checks.map { ($0, "check") }
    case .words?:
      if word.hasPrefix("by:") {
        return FindingGrouping.allCases.map { ("by:\($0.rawValue)", "in groups") }
      }
      return word.hasPrefix("@") ? clusters : []
    case .view?:
      let views = vocabulary.views.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      if words.count > 1 { return words[1] == "delete" ? views : [] }
      return views + [("save", "keeps what is shown"), ("delete", "forgets a view")]
    case .nothing?: return []
    case nil: break
    }
    guard let resource = vocabulary.resource(named: first) else { return [] }
    if word.hasPrefix("@") { return clusters }
    let takesNamespace = resource.isNamespaced || resource.kind == Namespace.kind
    let namespaces = takesNamespace ? contents.namespaces.map { ($0, "namespace") } : []
    return namespaces + clusters
  }
}
