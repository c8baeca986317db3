package import Inspection
package import KubernetesClient
package import KubernetesObjects

/// What is written down of plans that were confirmed together, before the first of them is begun.
///
/// It tells whoever comes after a crash what was not begun, and how to plan that anew.
package struct BatchIntent: Sendable, Equatable {
  /// What a journal knows such plans by.
  package struct ID: Hashable, Sendable {
    package let number: Int64

    package init(_ number: Int64) { self.number = number }
  }

  /// What one of the plans was for.
  package enum Wish: Sendable, Equatable {
    /// To heal a finding.
    case finding(FindingID, RemedyID)
    /// What a user asked for by hand.
    case request(ObjectAction.Repeatable, ObjectKey)
    /// What cannot be planned anew from here, with what to do instead.
    case other(String)
  }

  package struct Member: Sendable, Equatable {
    package let cluster: String
    package let title: String
    package let wish: Wish

    package init(cluster: String, title: String, wish: Wish) {
      (self.cluster, self.title, self.wish) = (cluster, title, wish)
    }
  }

  package let time: Timestamp
  /// In the order in which they are begun.
  package let members: [Member]

  package init(_ members: [Member], at time: Timestamp) {
    (self.members, self.time) = (members, time)
  }

  package init(_ batch: ConfirmedBatch, at time: Timestamp) {
    let plans = batch.plans.map(\.plan)
    self.init(
      plans.map { Member(cluster: $0.cluster, title: $0.title, wish: $0.wish) },
      at: time
    )
  }
}

extension ObjectAction {
  /// An action that can be asked for again by what is written down of it.
  package enum Repeatable: Sendable, Equatable {
    case delete(DeleteOptions.Propagation)
    case scale(to: Int)
    /// One that has nothing but its name.
    case plain(RemedyID)
  }

  package init?(_ action: Repeatable) {
    switch action {
    case .delete(let propagation): self = .delete(propagation)
    case .scale(let replicas): self = .scale(to: replicas)
    case .plain(let id):
      let plain: [ObjectAction] = [.cordon, .drain, .evict, .restart, .trigger, .uncordon]
      guard let action = plain.first(where: { $0.id == id }) else { return nil }
      self = action
    }
  }
}

extension HealPlan {
  fileprivate var wish: BatchIntent.Wish {
    switch cause {
    case .finding(let id): return .finding(id, remedy)
    case .undo(let id, _): return .other("Take heal \(id) back from its line in the journal.")
    case .request(let action, _, let object):
      switch steps.first {
      case .delete(_, _, _, let propagation) where action == ObjectAction.delete().id:
        return .request(.delete(propagation), object)
      case .scale(let change) where action == ObjectAction.scale(to: 0).id:
        return .request(.scale(to: change.new), object)
      default:
        let plain = ObjectAction.Repeatable.plain(action)
        return ObjectAction(plain) == nil
          ? .other("What was edited of \(object) is not kept: edit it again.")
          : .request(plain, object)
      }
    }
  }
}
