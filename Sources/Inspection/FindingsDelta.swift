/// How the findings differ after a batch of changes.
package struct FindingsDelta: Sendable, Equatable {
  package var raised: [Finding] = []
  /// Findings that were there, with another message, evidence or remedy.
  package var changed: [Finding] = []
  package var resolved: [Finding] = []

  package init() {}

  package var isEmpty: Bool { raised.isEmpty && changed.isEmpty && resolved.isEmpty }

  /// Adds how they differ after another batch.
  package static func += (delta: inout Self, later: Self) {
    delta.raised += later.raised
    delta.changed += later.changed
    delta.resolved += later.resolved
  }
}
