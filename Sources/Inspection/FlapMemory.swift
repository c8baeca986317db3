import KubernetesObjects

/// Which findings were resolved lately, and how often: one that keeps coming back is not announced
/// each time.
package struct FlapMemory: Sendable {
  /// How often a finding is resolved within ``window`` before it counts as flapping.
  package static let limit = 3
  package static let window = Duration.seconds(600)
  /// How long a flapping condition must stay away before its finding is resolved.
  package static let quiet = Duration.seconds(300)

  private var resolutions: [FindingID: [Timestamp]] = [:]
  /// Above how many findings the memory is looked through for what is over.
  private var sweepAbove = 1024

  /// Whether a condition that ends now has come and gone too often to be called resolved.
  mutating func isFlapping(_ id: FindingID, endingAt now: Timestamp) -> Bool {
    let recent = (resolutions[id] ?? []).filter { $0 > now - Self.window }
    resolutions[id] = recent.isEmpty ? nil : recent
    return recent.count >= Self.limit - 1
  }

  /// Remembers that a finding was resolved.
  mutating func note(_ id: FindingID, at now: Timestamp) {
    resolutions[id, default: []].append(now)
    guard resolutions.count > sweepAbove else { return }
    resolutions = resolutions.filter { $0.value.contains { $0 > now - Self.window } }
    sweepAbove = max(1024, resolutions.count * 2)
  }
}
