import ClusterGraph
import KubernetesClient
import KubernetesObjects

/// What goes with an object that is deleted.
struct DeletionLoss {
  /// What becomes of the object itself.
  let effect: String
  /// What becomes of others.
  let others: [BlastRadius.Impact]
  let disruption: HealPlan.Disruption
  /// Whether nobody misses it.
  let isLight: Bool
  /// Why its deletion helps.
  let reason: String

  /// `propagation` tells what becomes of what the object owns.
  init(
    of record: any ObjectRecord,
    in graph: ClusterGraph,
    _ propagation: DeleteOptions.Propagation = .background
  ) {
    let key = record.key
    let owned = BlastRadius.ownedObjects(of: key, in: graph, propagation)
    var others = propagation == .orphan ? [] : owned
    if let handle = graph.handle(of: .object(key)) {
      others += Self.dependents(of: handle, named: key.name, in: graph)
    }
    effect = Self.effect(on: record, in: graph)
    self.others = propagation == .orphan ? owned + others : others
    disruption =
      Self.losesData(record, in: graph)
      ? .dataLoss : others.isEmpty && !Self.isActive(record) ? .none : .outage
    isLight = disruption == .none && Self.isOfLittleWeight(record)
    reason =
      record.metadata.controller.map {
        "\($0.kind.name) \($0.name), which controls it, may make it anew as it should be."
      } ?? "Without it the finding's condition ends."
  }

  /// The relations over which whoever names an object does worse without it.
  private static let needs: Set<Relation> = [
    .accountSecret, .attachedVolume, .backend, .certificate, .claim, .configuration, .driver,
    .finalizer, .gateway, .gatewayClass, .governingService, .ingressClass, .measurements, .mount,
    .priorityClass, .pullSecret, .role, .runtimeClass, .scaleTarget, .serviceAccount,
    .storageClass, .webhook,
  ]

  /// Those that need the object, are defined by it, or are inside it, in the order of their names.
  private static func dependents(
    of handle: Handle,
    named name: String,
    in graph: ClusterGraph
  ) -> [BlastRadius.Impact] {
    var impacts = graph.referrers(of: handle).compactMap { referrer -> BlastRadius.Impact? in
      switch referrer.relation {
      case .definition: .init(referrer.id, "is deleted with its definition")
      case .namespace: .init(referrer.id, "is deleted with its namespace")
      case let relation where needs.contains(relation) && !referrer.isOptional:
        .init(referrer.id, "\(relation.phrase) \(name), which is gone then")
      default: nil
      }
    }
    if graph.record(of: handle) is NetworkPolicy {
      impacts += graph.targets(of: handle, over: .selection).map {
        .init($0.id, "is isolated by \(name); may be open to everybody then")
      }
    }
    return impacts.sorted { $0.vertex < $1.vertex }
  }

  private static func effect(on record: any ObjectRecord, in graph: ClusterGraph) -> String {
    switch record {
    case is Pod: "is deleted, and nobody starts another: what only it holds is lost"
    case is PersistentVolumeClaim: "is deleted, and its volume is dealt with by its reclaim policy"
    case let volume as PersistentVolume:
      volume.reclaimPolicy == "Retain"
        ? "is deleted; its reclaim policy Retain leaves the storage behind it in place"
        : "is deleted, perhaps with its storage (reclaim policy \(volume.reclaimPolicy))"
    case is Node: "is deleted; a kubelet that still runs registers it anew"
    case is Namespace: "is deleted with all that is in it, seen by KPatrol or not"
    case let definition as CustomResourceDefinition:
      graph.ignorance(of: definition.definedKind, in: "").map {
        "is deleted with all objects of its kind; whether there are any is not known (\($0))"
      } ?? "is deleted with all objects of its kind"
    case let configuration as MutatingWebhookConfiguration:
      "is deleted with its \(configuration.webhooks.count) webhooks: nobody is asked any more"
    case let configuration as ValidatingWebhookConfiguration:
      "is deleted with its \(configuration.webhooks.count) webhooks: nobody is asked any more"
    case let attachment as VolumeAttachment where attachment.isAttached:
      "is deleted; a machine that still runs unseen may go on writing beside the next one"
    default: "is deleted"
    }
  }

  /// Whether something is lost that no manifest brings back.
  private static func losesData(_ record: any ObjectRecord, in graph: ClusterGraph) -> Bool {
    switch record {
    case is ConfigMap, is Namespace, is PersistentVolumeClaim, is Secret: return true
    case let volume as PersistentVolume: return volume.reclaimPolicy != "Retain"
    case let attachment as VolumeAttachment: return attachment.isAttached
    case let definition as CustomResourceDefinition:
      guard graph.ignorance(of: definition.definedKind, in: "") == nil,
        let handle = graph.handle(of: .object(record.key))
      else { return true }
      return graph.hasReferrer(handle, over: .definition)
    // Controllers of custom kinds often delete what the object stands for.
    case is CustomRecord: return true
    default: return false
    }
  }

  /// Whether something runs, or is served, by it.
  private static func isActive(_ record: any ObjectRecord) -> Bool {
    switch record {
    case let pod as Pod: !pod.isFinished
    case let job as Job: !job.isComplete && !job.hasFailed
    case let replicaSet as ReplicaSet: replicaSet.replicas > 0
    case is APIService, is CronJob, is DaemonSet, is Deployment, is Gateway, is Ingress,
      is MutatingWebhookConfiguration, is Service, is StatefulSet,
      is ValidatingWebhookConfiguration:
      true
    default: false
    }
  }

  /// Whether an object of this kind is easily made again, or by itself.
  private static func isOfLittleWeight(_ record: any ObjectRecord) -> Bool {
    switch record {
    case is ClusterRoleBinding, is EndpointSlice, is HorizontalPodAutoscaler, is Job, is Lease,
      is NetworkPolicy, is Pod, is PodDisruptionBudget, is ReplicaSet, is RoleBinding:
      true
    default: false
    }
  }
}
