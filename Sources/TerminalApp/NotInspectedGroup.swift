import Inspection
import KubernetesObjects
import Monitoring

/// Kinds that are not inspected for one reason.
struct NotInspectedGroup: Equatable {
  let reason: String
  var kinds: [ObjectKind]
  var checks: [CheckID]

  /// The groups in the order in which their reasons first occur.
  static func groups(of all: [ClusterStatus.NotInspected]) -> [NotInspectedGroup] {
    var groups: [NotInspectedGroup] = []
    for missing in all {
      let reason = withoutResource(missing.reason)
      if let index = groups.firstIndex(where: { $0.reason == reason }) {
        groups[index].kinds.append(missing.kind)
        groups[index].checks += missing.checks.filter { !groups[index].checks.contains($0) }
      } else {
        groups.append(
          NotInspectedGroup(reason: reason, kinds: [missing.kind], checks: missing.checks)
        )
      }
    }
    return groups.map { group in
      var group = group
      group.checks.sort()
      return group
    }
  }

  /// The reason without what an API server says of the one resource alone:
  /// `nodes is forbidden: User "x" cannot list resource "nodes" in API group "" at …`.
  private static func withoutResource(_ reason: String) -> String {
    reason.replacing(#/[a-z0-9.\/-]+ is forbidden: /#, with: "")
      .replacing(#/ resource "[^"]*" in API group "[^"]*"/#, with: "")
  }
}
