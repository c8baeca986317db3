import KubernetesObjects

extension Inspector.Tracked.Course {
  static func of(_ observation: Observation) -> SharedValue<Self> {
    guard observation.end != nil || observation.escalation != nil else { return none }
    return SharedValue(
      wrappedValue: Self(end: observation.end, escalation: observation.escalation)
    )
  }
}

extension Inspector.Tracked {
  /// Whether a deadline is one of those at which the subject itself has to be asked.
  func hasToBeSeenAgain(at deadline: Timestamp) -> Bool {
    deadline == end || deadline == escalation?.time || isScheduled && deadline == due
  }
}

extension Observation {
  func isOver(at time: Timestamp) -> Bool { end.map { $0 <= time } ?? false }
}

extension Observation.Beginning {
  /// When a condition that is seen `now` began; at first sight it may have held for long.
  func time(now: Timestamp, isFirstSight: Bool) -> Timestamp {
    switch self {
    case .whenSeen, .whenSeenTwice: now
    case .at(let time), .from(let time): time
    case .notBefore(let time): isFirstSight ? time ?? now : now
    }
  }

  /// Whether the object tells only since when at most.
  var isLimit: Bool {
    if case .notBefore = self { true } else { false }
  }

  /// Whether the object tells the time anew at each look.
  var isScheduled: Bool {
    if case .from = self { true } else { false }
  }
}
