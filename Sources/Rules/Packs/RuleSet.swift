package import Inspection
package import KubernetesObjects

/// A check that a pack brings.
package protocol PackCheck: Check {
  /// The pack's name.
  var pack: String { get }
}

extension RuleCheck: PackCheck {}
extension DeclaredReferenceCheck: PackCheck {}

/// The packs that are in force together.
package struct RuleSet: Sendable {
  package let packs: [RulePack]

  package init(_ packs: [RulePack] = []) { self.packs = packs }

  /// The same with more packs; tells of those whose names are taken.
  package func adding(_ others: [RulePack]) -> (set: RuleSet, clashes: [RuleFault]) {
    var packs = packs
    var clashes: [RuleFault] = []
    for pack in others {
      if let other = packs.first(where: { $0.name == pack.name }) {
        clashes.append(
          RuleFault(
            pack.path,
            "It is not in force: its name \(pack.name) is that of \(other.path), too"
          )
        )
      } else {
        packs.append(pack)
      }
    }
    return (RuleSet(packs), clashes)
  }

  package var checks: [any Check] { packs.flatMap(\.checks) }

  /// What has to be kept of objects for all of them.
  package var extensions: [ObjectKind: KindExtension] {
    packs.reduce(into: [:]) { extensions, pack in
      for (kind, known) in pack.extensions {
        extensions[kind, default: KindExtension()].formUnion(known)
      }
    }
  }

  /// The same with meters of their own for the rules; packs that `old` has, too, go on as they are.
  package func measuredApart(keeping old: RuleSet) -> RuleSet {
    RuleSet(
      packs.map { pack in
        old.packs.first { $0.isSame(as: pack) } ?? pack.measuredApart()
      }
    )
  }

  /// The checks of packs that only one of both has.
  package func difference(from old: RuleSet) -> [any Check] {
    let gone = old.packs.filter { pack in !packs.contains { $0.isSame(as: pack) } }
    let new = packs.filter { pack in !old.packs.contains { $0.isSame(as: pack) } }
    return (gone + new).flatMap(\.checks)
  }
}
