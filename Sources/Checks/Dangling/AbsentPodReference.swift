import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds workloads, and Pods of no workload, that name something that does not exist.
struct AbsentPodReference: Check {
  let id: CheckID
  let title: String
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(30)
  let needs: [ObjectKind]
  let explains: [Explanation]
  let explanation: String
  /// Over which the missing object is named.
  let relation: Relation
  /// What is missing.
  let kind: ObjectKind

  private init(
    _ id: CheckID,
    _ kind: ObjectKind,
    over relation: Relation,
    explains consequences: [CheckID] = [],
    _ explanation: String
  ) {
    self.id = id
    self.kind = kind
    self.relation = relation
    self.explanation = explanation
    title = "\(kind.name) that Pods need does not exist"
    needs = [kind]
    explains = [.referrers(over: .owner)] + consequences.map(Explanation.sameSubject)
  }

  func inspect(_ subject: PodTemplateSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.misses(over: relation), !subject.isOver else { return [] }
    let speaksForItself = subject.speaksForItself(in: cluster)
    return cluster.missingTargets(over: relation).compactMap { target in
      guard let key = target.id.objectKey, key.kind == kind,
        speaksForItself || subject.hasAlone(key)
      else { return nil }
      return Observation(
        "\(subject.name) \(relation.phrase) \(kind.name) \(key.qualifiedName), which does not exist",
        evidence: [Evidence(subject.id, subject.path(to: target.id, over: relation), key.name)],
        related: [target.id],
        beginning: .notBefore(subject.metadata.creationTimestamp),
        severity: subject.isDormant ? .info : nil,
        discriminator: key.name
      )
    }
  }
}

extension PodTemplateSubject {
  /// Whether this Pod names the claim, and the template that it was made after does not: a
  /// StatefulSet's Pods, and those with volumes that live as long as they do, have claims of their
  /// own, whose names hold the Pod's.
  fileprivate func hasAlone(_ key: ObjectKey) -> Bool {
    guard record is Pod, key.kind == PersistentVolumeClaim.kind else { return false }
    return key.name.hasSuffix("-\(metadata.name)") || key.name.hasPrefix("\(metadata.name)-")
  }
}

extension AbsentPodReference {
  static let claim = Self(
    "dangling/pod-claim",
    PersistentVolumeClaim.kind,
    over: .mount,
    explains: ["stuck/unschedulable", "stuck/creating"],
    """
    A volume of the Pod is a PersistentVolumeClaim that does not exist, so the Pod is not scheduled. \
    A claim that was deleted has to be made again; the one of a StatefulSet's Pod is made by its \
    controller once the Pod is deleted. \
    Verify: kubectl get pvc NAME -n NAMESPACE
    """
  )

  static let configMap = Self(
    "dangling/pod-configmap",
    ConfigMap.kind,
    over: .configuration,
    explains: ["stuck/container-config", "stuck/creating"],
    """
    A volume or an environment variable is taken from a ConfigMap that does not exist, and the \
    reference is not optional: no container of the Pod starts, and one that runs does not start \
    again. It heals by itself once the ConfigMap is there. \
    Verify: kubectl get configmap NAME -n NAMESPACE
    """
  )

  static let priorityClass = Self(
    "dangling/pod-priority-class",
    PriorityClass.kind,
    over: .priorityClass,
    explains: ["stuck/replica-creation"],
    """
    Pods that name a PriorityClass that does not exist are refused when they are made. Those that \
    were made while it existed keep their priority, so this shows at the next rollout or eviction. \
    Verify: kubectl get priorityclass NAME
    """
  )

  static let pullSecret = Self(
    "dangling/pod-pull-secret",
    Secret.kind,
    over: .pullSecret,
    explains: ["stuck/image-pull"],
    """
    The Secret that images are to be pulled with does not exist. The kubelet goes on without it, \
    which is enough for public images and for those that a Node already has; a private image cannot \
    be pulled on any other Node. \
    Verify: kubectl get secret NAME -n NAMESPACE
    """
  )

  static let runtimeClass = Self(
    "dangling/pod-runtime-class",
    PodTemplate.runtimeClassKind,
    over: .runtimeClass,
    explains: ["stuck/replica-creation", "stuck/creating"],
    """
    Pods that name a RuntimeClass that does not exist are refused when they are made, and a kubelet \
    that has to start one fails. \
    Verify: kubectl get runtimeclass NAME
    """
  )

  static let secret = Self(
    "dangling/pod-secret",
    Secret.kind,
    over: .configuration,
    explains: ["stuck/container-config", "stuck/creating"],
    """
    A volume or an environment variable is taken from a Secret that does not exist, and the \
    reference is not optional: no container of the Pod starts, and one that runs does not start \
    again. It heals by itself once the Secret is there. \
    Verify: kubectl get secret NAME -n NAMESPACE
    """
  )

  static let serviceAccount = Self(
    "dangling/pod-service-account",
    ServiceAccount.kind,
    over: .serviceAccount,
    explains: ["stuck/replica-creation", "stuck/creating"],
    """
    Pods that run as a ServiceAccount that does not exist are refused when they are made, and those \
    that run already get no new token when theirs ends. \
    Verify: kubectl get serviceaccount NAME -n NAMESPACE
    """
  )
}
