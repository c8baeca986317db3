/// The ResourceQuota for which an API server refused to make an object, as its answer names it.
enum RefusingQuota {
  private static let marker = "exceeded quota: "

  /// The name in `pods "a" is forbidden: exceeded quota: compute, requested: …`; empty where no
  /// quota is named.
  static func name(in message: String) -> String {
    guard let words = message.firstRange(of: marker) else { return "" }
    return String(message[words.upperBound...].prefix { $0 != "," && $0 != " " })
  }
}

extension ReferenceRule where Record: TypedRecord {
  /// The row of a kind whose controller says in a condition why it cannot make Pods.
  static func refusingQuota(
    _ conditions: @escaping @Sendable (Record) -> [Condition]
  ) -> Self {
    ReferenceRule(
      .quota,
      toNeighbours: ResourceQuota.kind,
      path: "status.conditions",
      isOptional: true
    ) { record in
      conditions(record).filter { $0.type == "ReplicaFailure" && $0.status == .isTrue }
        .map { RefusingQuota.name(in: $0.message) }
    }
  }
}
