import Inspection
import KubernetesObjects

/// Finds packs of rules that cannot be read, and rules that were switched off.
struct BrokenRulePack: Check {
  let id: CheckID = "unhealthy/rule-pack"
  let title = "A pack of rules is broken"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs: [ObjectKind] = []
  let explanation = """
    A pack of rules has mistakes, so that what it read last without any stays in force, or nothing of it; or \
    one of its rules failed or took so long that it was switched off. What the rule would find is not \
    found meanwhile. Verify: kubectl get configmaps -A -l \
    kpatrol.io/rule-pack; kpatrol rules check FILE
    """

  func inspect(_ cluster: ClusterRecord, in view: ClusterView) -> [Observation] {
    cluster.ruleFaults.map { fault in
      Observation(
        "\(fault.name): \(fault.reason)",
        evidence: [Evidence(cluster.id, fault.name, fault.reason)],
        discriminator: fault.name
      )
    }
  }
}
