import Inspection
import KubernetesObjects

/// Finds custom kinds of which objects may be stored in a version that no longer exists.
struct UndefinedStoredVersion: Check {
  let id: CheckID = "dangling/definition-stored-version"
  let title = "Objects may be stored in a version that does not exist"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs = [CustomResourceDefinition.kind]
  let explanation = """
    The definition says that objects were stored in a version that it no longer has. Such objects \
    cannot be read, listed or deleted until the version is defined again. If all have been stored \
    anew, the version is to be taken out of status.storedVersions. \
    Verify: kubectl get crd NAME -o jsonpath='{.status.storedVersions} {.spec.versions[*].name}'
    """

  func inspect(
    _ definition: CustomResourceDefinition,
    in cluster: ClusterView
  ) -> [Observation] {
    guard !definition.metadata.isTerminating else { return [] }
    let defined = definition.versions.map(\.name)
    return definition.storedVersions.filter { !defined.contains($0) }.map { version in
      Observation(
        "\(definition.definedKind) may be stored in version \(version), which is not defined",
        evidence: [
          Evidence(
            definition.id,
            "status.storedVersions",
            definition.storedVersions.joined(separator: ", ")
          ),
          Evidence(definition.id, "spec.versions", defined.joined(separator: ", ")),
        ],
        discriminator: version
      )
    }
  }
}
