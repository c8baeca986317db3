import KubernetesObjects
package import Monitoring
import NameMatching

/// What commands may name.
package struct Vocabulary: Sendable, Equatable {
  package var contents: FleetContents
  package var themes: [String]

  package init(_ contents: FleetContents = FleetContents(), themes: [String] = []) {
    self.contents = contents
    self.themes = themes
  }
}

extension Vocabulary {
  /// The kind that a word names, in whatever way kubectl takes it; of several groups the core one comes
  /// first, then those that every cluster has.
  func resource(named word: String) -> APIResource? {
    let word = word.lowercased()
    return contents.resources.filter { $0.names.contains(word) }
      .min { $0.precedence < $1.precedence }
  }

  /// A name that means just this kind.
  func shortestName(of resource: APIResource) -> String {
    self.resource(named: resource.plural)?.kind == resource.kind
      ? resource.plural : resource.qualifiedPlural
  }

  /// The name that was probably meant: one that goes on with the word, or is written nearly so.
  func nearestFirstWord(to word: String) -> String? {
    if let whole = Completion.completions(of: word, from: self).first?.text, !whole.contains(" "),
      whole.hasPrefix(word.lowercased())
    {
      return whole
    }
    let commands = CommandWord.all.flatMap(\.names)
    return word.lowercased().nearest(of: commands + contents.resources.flatMap(\.names))
  }
}

extension APIResource {
  /// Every way to write it, in small letters.
  var names: [String] {
    let kindName = kind.name.lowercased()
    let plain = [plural, singular.isEmpty ? kindName : singular, kindName] + shortNames
    guard !kind.group.isEmpty else { return plain }
    return plain + [
      "\(plural).\(kind.group)", "\(plain[1]).\(kind.group)", "\(plural).\(version).\(kind.group)",
    ]
  }

  /// The plural as people write it: `NetworkPolicies`.
  var title: String {
    let name = kind.name
    let same = zip(name.lowercased(), plural.lowercased()).prefix { $0 == $1 }.count
    let group = kind.isBuiltIn ? "" : ".\(kind.group)"
    return name.prefix(same) + plural.dropFirst(same) + group
  }

  fileprivate var precedence: (Int, String) {
    (kind.group.isEmpty ? 0 : kind.isBuiltIn ? 1 : 2, kind.group)
  }
}
