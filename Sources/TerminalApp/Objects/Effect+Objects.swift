import Healing
import KubernetesObjects
import Monitoring

/// What keys ask for about objects, the same on every screen.
extension Effect {
  /// An editor on an object; on a Secret only where the user has seen its values.
  static func editor(on object: ClusterObject, isRevealed: Bool = false) -> Effect {
    guard object.key.kind == ObjectKind("Secret"), !isRevealed else { return .edit(object) }
    return .tell("A Secret is edited where its values are seen: y, then x, then e.")
  }

  /// What is proposed for objects by the key that restarts or drains.
  static func restart(_ objects: [ClusterObject]) -> Effect {
    guard let kind = objects.first?.key.kind else { return .tell("Nothing is selected.") }
    if kind == Node.kind { return .propose(.drain, objects) }
    guard kind.isRestarted else {
      return .tell("Deployments, StatefulSets and DaemonSets are restarted, and Nodes drained.")
    }
    return .propose(.restart, objects)
  }

  /// A run of CronJobs out of turn.
  static func trigger(_ objects: [ClusterObject]) -> Effect {
    guard objects.first?.key.kind == CronJob.kind else { return .tell("Only CronJobs are run.") }
    return .propose(.trigger, objects)
  }

  /// A shell in an object's container, or why there is none.
  static func shell(in object: ClusterObject) -> Effect {
    object.key.kind == Pod.kind
      ? .openShell(object, container: nil)
      : .tell("A shell opens in a container of a Pod; \(object.key) is none.")
  }

  static func copyName(of object: ClusterObject) -> Effect {
    .copy(object.key.name, what: object.key.name)
  }
}

extension ObjectKind {
  /// Whether `kubectl rollout restart` takes it.
  var isRestarted: Bool { [Deployment.kind, StatefulSet.kind, DaemonSet.kind].contains(self) }
}
