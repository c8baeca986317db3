import Inspection
import KubernetesObjects

/// Finds roles that allow more than anybody wrote down.
struct WildcardRole: Check {
  let id: CheckID = "risk/wildcard-role"
  let title = "Role with a wildcard"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let profile = CheckProfile.hygiene
  /// None, for each kind of role is looked at by itself.
  let needs: [ObjectKind] = []
  let explanation = """
    A rule allows all verbs or all resources (*), those included that later releases add. \
    What an operator may do with all kinds of its own API group is ordinary and left out; so are \
    the roles that Kubernetes comes with. It heals by naming what is needed. \
    Verify: kubectl get clusterroles,roles -A -o yaml
    """

  func inspect(_ subject: RoleRules, in cluster: ClusterView) -> [Observation] {
    let wildcards = subject.rules.enumerated().filter { $0.element.isBoundless }
    guard !wildcards.isEmpty, !subject.isBuiltIn else { return [] }
    return [
      Observation(
        "\(subject.key.kind.name) \(subject.key.qualifiedName) allows "
          + Self.sentence(wildcards.map(\.element)),
        evidence: wildcards.map { place, rule in
          Evidence(.object(subject.key), "rules[\(place)]", rule.summary)
        },
        beginning: .notBefore(subject.metadata.creationTimestamp)
      )
    ]
  }

  private static func sentence(_ rules: [PolicyRule]) -> String {
    if rules.contains(where: { $0.verbs.contains("*") && $0.resources.contains("*") }) {
      return "everything with all resources"
    }
    return rules.contains { $0.resources.contains("*") }
      ? "something with all resources" : "everything with some resources"
  }
}

/// A Role or ClusterRole whose rules are its own.
struct RoleRules: InspectionSubject {
  static let scope = SubjectScope.kinds([ClusterRole.kind, Role.kind])

  let key: ObjectKey
  let metadata: ObjectMetadata
  let rules: [PolicyRule]

  /// The roles that Kubernetes gives users, which distributions do not always label.
  private static let forUsers: Set<String> = ["admin", "cluster-admin", "edit", "view"]

  var isBuiltIn: Bool {
    metadata.isBuiltInAccess || metadata.namespace.isEmpty && Self.forUsers.contains(metadata.name)
  }

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    switch record {
    // The rules of one that gathers them from others are these others'.
    case let role as ClusterRole where !role.isAggregated: rules = role.rules
    case let role as Role: rules = role.rules
    default: return nil
    }
    guard let record, !record.metadata.isTerminating else { return nil }
    key = record.key
    metadata = record.metadata
  }
}

extension PolicyRule {
  /// Whether it has a wildcard that reaches beyond one API group.
  fileprivate var isBoundless: Bool {
    guard apiGroups.contains("*") || apiGroups.contains("") else { return false }
    return verbs.contains("*") || resources.contains("*")
  }

  /// As in `* pods, secrets`.
  fileprivate var summary: String {
    "\(verbs.joined(separator: ", ")) on \(resources.joined(separator: ", "))"
  }
}
