import KubernetesObjects
package import Monitoring
import NameMatching

/// What commands may name.
package struct Vocabulary: Sendable {
  package let contents: FleetContents
  package let themes: [String]
  /// The commands of the views that the user named.
  package let views: [String: String]
  /// The kind that each name means; of several groups' the core one, then those that every cluster has.
  private let resourcesByName: [String: APIResource]
  /// Every name, in small letters, of each kind.
  let namesByKind: [ObjectKind: [String]]

  package init(
    _ contents: FleetContents = FleetContents(),
    themes: [String] = [],
    views: [String: String] = [:]
  ) {
    self.contents = contents
    self.themes = themes
    self.views = views
    var byName: [String: APIResource] = [:]
    var byKind: [ObjectKind: [String]] = [:]
    for resource in contents.resources.sorted(by: { $0.precedence < $1.precedence }) {
      let names = resource.names
      byKind[resource.kind] = names
      for name in names where byName[name] == nil { byName[name] = resource }
    }
    resourcesByName = byName
    namesByKind = byKind
  }
}

extension Vocabulary: Equatable {
  package static func == (left: Self, right: Self) -> Bool {
    left.contents == right.contents && left.themes == right.themes && left.views == right.views
  }
}

extension Vocabulary {
  /// The kind that a word names, in whatever way kubectl takes it.
  func resource(named word: String) -> APIResource? { resourcesByName[word.lowercased()] }

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
    return word.lowercased().nearest(of: commands + resourcesByName.keys.sorted())
  }
}

extension APIResource {
  /// Every way to write it, in small letters.
  fileprivate var names: [String] {
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
