import KubernetesObjects

/// What identifies one state of an object.
struct ObjectState: Hashable, Sendable {
  let uid: ObjectUID
  let resourceVersion: String
}

/// Where the model and what the server lists differ.
struct ModelDifference: Hashable, Sendable, Comparable {
  enum Fault: String, Sendable {
    /// The server has it, the model does not.
    case missing
    /// The model has it, the server does not.
    case leftOver = "left over"
    /// Both have it, in different states.
    case outdated
  }

  let key: ObjectKey
  let fault: Fault
  /// What the server lists; `nil` where it lists nothing.
  let listed: ObjectState?

  static func < (left: Self, right: Self) -> Bool { left.key < right.key }
}

/// Compares the model of one kind with what the server lists.
///
/// The model may be a little behind a list, or ahead of it, without being wrong. So it takes two
/// lists, and the model some seconds after each: only what differed both times, while the server
/// said the same both times, differs indeed.
struct ModelComparison: Sendable {
  private let suspects: Set<ModelDifference>

  /// Takes in the first list, and the model some seconds after it.
  init(listed: [ObjectKey: ObjectState], model: [ObjectKey: ObjectState]) {
    suspects = Self.differences(listed, model)
  }

  /// Whether a second look is worthwhile.
  var isSuspicious: Bool { !suspects.isEmpty }

  /// Takes in the second list, and the model some seconds after it; gives what differs indeed.
  func confirmed(
    listed: [ObjectKey: ObjectState],
    model: [ObjectKey: ObjectState]
  ) -> [ModelDifference] {
    suspects.intersection(Self.differences(listed, model)).sorted()
  }

  private static func differences(
    _ listed: [ObjectKey: ObjectState],
    _ model: [ObjectKey: ObjectState]
  ) -> Set<ModelDifference> {
    var differences: Set<ModelDifference> = []
    for (key, state) in listed where model[key] != state {
      let fault: ModelDifference.Fault = model[key] == nil ? .missing : .outdated
      differences.insert(ModelDifference(key: key, fault: fault, listed: state))
    }
    for key in model.keys where listed[key] == nil {
      differences.insert(ModelDifference(key: key, fault: .leftOver, listed: nil))
    }
    return differences
  }
}
