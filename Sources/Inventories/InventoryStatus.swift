package import KubernetesObjects
package import UserConfiguration

/// How an inventory stands.
package struct InventoryStatus: Sendable, Equatable {
  package let name: String
  package let kind: InventorySettings.Kind
  /// Where it is read: a file, or a server.
  package let place: String
  /// How many records were last read and believed.
  package var recordCount = 0
  /// When it was last read, or last said that nothing has changed.
  package var lastRead: Timestamp?
  /// Since when it cannot be read; `nil` while it can.
  package var failingSince: Timestamp?
  /// Why it cannot be read, or why what came is not believed yet.
  package var trouble: String?
  /// What of its records could not be used.
  package var problems: [String] = []
  /// Whether what it said is still believed; what is not, is unknown.
  package var isKnown = false
  /// Whether it was read, or could not be, twice.
  package var isSettled = false

  package init(name: String, kind: InventorySettings.Kind, place: String) {
    self.name = name
    self.kind = kind
    self.place = place
  }

  /// Why nothing is known of what it would tell, the same for as long as that lasts; `nil` while
  /// something is.
  package var notInspectedReason: String? {
    guard !isKnown else { return nil }
    guard let failingSince else { return "inventory \(name) is not read yet" }
    return "inventory \(name) cannot be read since \(failingSince.rfc3339)"
  }
}

/// What has changed of an inventory.
package struct InventoryUpdate: Sendable {
  package let status: InventoryStatus
  /// All that it tells now; `nil` where that is as before.
  package let content: InventoryContent?

  package init(status: InventoryStatus, content: InventoryContent? = nil) {
    self.status = status
    self.content = content
  }
}

extension InventoryStatus {
  /// `cmdb` or `ipam`.
  package var kindName: String { kind.rawValue }

  /// How it stands, in a sentence; ages are counted to `now`.
  package func summary(at now: Timestamp) -> String {
    let what = "\(name) (\(kindName), \(place))"
    if let failingSince {
      let last = lastRead == nil ? "never read" : "\(recordCount) records before"
      return "\(what): cannot be read since \(failingSince.rfc3339), \(last): \(trouble ?? "")"
    }
    guard let lastRead else { return "\(what): not read yet" }
    let seconds = max(0, lastRead.elapsed(to: now).milliseconds / 1000)
    let age = seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min"
    let doubt = trouble.map { ": \($0)" } ?? ""
    return "\(what): \(recordCount) records, read \(age) ago\(doubt)"
  }
}
