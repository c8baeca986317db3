package import KubernetesObjects

/// Whose findings a check's finding explains, so that they are folded beneath it.
///
/// A way leads from the cause's subject up along what it names, and from there down to whoever
/// names what was reached: an attachment names a volume, which a claim names, which a Pod mounts.
/// Both ends walk towards where they meet along what they name themselves, which is little; nobody
/// walks through the thousands that name one Node.
package struct Explanation: Hashable, Sendable {
  /// Which findings at the end of the way are explained.
  package enum Consequences: Hashable, Sendable {
    case all
    case shapes(Set<Shape>)
    case checks(Set<CheckID>)
    case allBut(CheckID)

    /// What goes wrong while something else does.
    package static let failures = Consequences.shapes([.drift, .stuck, .unhealthy])

    func include(_ check: CheckID) -> Bool {
      switch self {
      case .all: true
      case .shapes(let shapes): check.shape.map(shapes.contains) ?? false
      case .checks(let checks): checks.contains(check)
      case .allBut(let other): check != other
      }
    }
  }

  /// A step up from the cause's subject.
  package enum Step: Hashable, Sendable {
    /// To what it names over a relation.
    case named(Relation)
    /// To whoever names it over a relation, which must be few.
    case naming(Relation)
  }

  private static let anywhere: UInt16 = 1000

  /// How the cause's subject leads to where the ways meet.
  let up: [Step]
  /// The relations over which that is named, the one next to it first.
  let down: [Relation]
  let consequences: Consequences
  /// Whether it holds only while something explains the cause itself.
  private(set) var isRelayed = false
  /// Whether only those are explained that are like the cause, and by the first of them alone.
  private(set) var isOfAlike = false
  /// Whether they are explained wherever they are.
  private(set) var isAnywhere = false

  package init(up: [Step], down: [Relation], _ consequences: Consequences) {
    self.up = up
    self.down = down
    self.consequences = consequences
  }

  /// How far the cause and what it explains are apart; farther than any way leads where that is anywhere.
  var length: UInt16 { isAnywhere ? Self.anywhere : UInt16(up.count + down.count) }
}

extension Explanation {
  /// The same while something explains the cause itself: that a Pod is not ready is no reason by
  /// itself, and passes on what its Node is one for.
  package var relayed: Explanation {
    var relayed = self
    relayed.isRelayed = true
    return relayed
  }

  /// Those of this check that are like the cause and name the same over a relation: of many Pods of one
  /// controller the one that waits for longest.
  package static func alike(_ check: CheckID, over relation: Relation) -> Explanation {
    var alike = Explanation(up: [.named(relation)], down: [relation], .checks([check]))
    alike.isOfAlike = true
    return alike
  }

  /// Those of this check that are like the cause and have that from the cluster.
  package static func alikeAnywhere(_ check: CheckID) -> Explanation {
    var alike = Explanation(up: [], down: [], .checks([check]))
    (alike.isOfAlike, alike.isAnywhere) = (true, true)
    return alike
  }

  /// Those about whatever names the subject over this relation: a lost Node explains its Pods.
  package static func referrers(
    over relation: Relation,
    _ consequences: Consequences = .failures
  ) -> Explanation {
    Explanation(up: [], down: [relation], consequences)
  }

  /// Those about what the subject names over this relation: a Pod that hangs explains why its claim
  /// does.
  package static func targets(
    over relation: Relation,
    _ consequences: Consequences = .failures
  ) -> Explanation {
    Explanation(up: [.named(relation)], down: [], consequences)
  }

  /// Those of this check about the same subject.
  package static func sameSubject(_ check: CheckID) -> Explanation {
    Explanation(up: [], down: [], .checks([check]))
  }
}

extension [Explanation] {
  /// Those about the owners of the subject, and about theirs: a Pod explains its Deployment.
  package static let owners: [Explanation] = [
    .targets(over: .owner),
    Explanation(up: [.named(.owner), .named(.owner)], down: [], .failures),
  ]

  /// Those about what the subject owns, and about what that owns: a template that names what is not
  /// there explains the Pods that are made after it.
  package static let dependents: [Explanation] = [
    .referrers(over: .owner),
    Explanation(up: [], down: [.owner, .owner], .failures),
  ]

  /// Those about whatever has a Pod that does not work: its owners, and those who count on it by
  /// its labels.
  package static let pod: [Explanation] =
    owners + [
      .referrers(
        over: .selection,
        .checks(["dangling/service-endpoints", "stuck/disruption-budget"])
      )
    ]

  /// Those of these checks about the same subject.
  package static func sameSubject(_ checks: CheckID...) -> [Explanation] {
    [Explanation(up: [], down: [], .checks(Set(checks)))]
  }
}
