/// How the findings differ after a batch of changes.
package struct FindingsDelta: Sendable, Equatable {
  package var raised: [Finding] = []
  /// Findings that were there, with another message, evidence or remedy.
  package var changed: [Finding] = []
  package var resolved: [Finding] = []

  package init() {}

  package var isEmpty: Bool { raised.isEmpty && changed.isEmpty && resolved.isEmpty }
}
