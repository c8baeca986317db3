package import ClusterGraph
package import Inspection
package import KubernetesClient
package import KubernetesObjects

/// What a user may ask for an object by hand; what each would do is in a file of its own.
package enum ObjectAction: Sendable, Equatable {
  case apply(EditedObject)
  case cordon
  case delete(DeleteOptions.Propagation = .background)
  case drain
  case evict
  case restart
  case scale(to: Int)
  case trigger
  case uncordon

  /// Its name in identities and in the journal.
  package var id: RemedyID {
    switch self {
    case .apply: "apply"
    case .cordon: "cordon"
    case .delete: "delete"
    case .drain: "drain"
    case .evict: "evict"
    case .restart: "restart"
    case .scale: "scale"
    case .trigger: "trigger"
    case .uncordon: "uncordon"
    }
  }

  /// Works out what to do to an object of a cluster, without doing anything.
  package func plan(
    for object: ObjectKey,
    of cluster: String,
    in graph: ClusterGraph,
    at time: Timestamp
  ) -> Proposal {
    let origin = PlanOrigin(id, on: object, of: cluster, at: time)
    do throws(Obstacle) {
      return .plan(try planner.plan(for: object, origin, in: graph))
    } catch {
      return .unavailable(error.reason)
    }
  }

  private var planner: any PlanningAction {
    switch self {
    case .apply(let edited): ApplyEdit(edited: edited)
    case .cordon: CordonByHand(isUnschedulable: true)
    case .delete(let propagation): DeleteByHand(propagation: propagation)
    case .drain: DrainByHand()
    case .evict: EvictByHand()
    case .restart: RestartByHand()
    case .scale(let replicas): ScaleByHand(replicas: replicas)
    case .trigger: TriggerByHand()
    case .uncordon: CordonByHand(isUnschedulable: false)
    }
  }
}

/// Works out one kind of ``ObjectAction``.
protocol PlanningAction {
  func plan(
    for object: ObjectKey,
    _ origin: PlanOrigin,
    in graph: ClusterGraph
  ) throws(Obstacle) -> HealPlan
}

extension ClusterGraph {
  /// The record of an object of one kind that is there to stay.
  func settledRecord<Record: TypedRecord>(
    _ key: ObjectKey,
    as type: Record.Type
  ) throws(Obstacle) -> Record {
    guard let record = try settledRecord(.object(key)) as? Record else {
      throw Obstacle("\(key) is no \(Record.kind.name).")
    }
    return record
  }
}
