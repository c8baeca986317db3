package import KubernetesObjects

/// A fault that has held for longer than its settle window.
///
/// Thousands of them are kept, sorted and handed about: what never changes of one is stored once.
package struct Finding: Hashable, Sendable, Identifiable {
  private struct Content: Hashable {
    let id: FindingID
    let cluster: String
    let check: CheckID
    let severity: Severity
    let subject: VertexID
    let message: String
    let evidence: [Evidence]
    let related: [VertexID]
    let remedies: [RemedyID]
    let since: Timestamp
    let mayBeYounger: Bool
    let likeness: Likeness?
  }

  private final class Box: Hashable, Sendable {
    let content: Content

    init(_ content: Content) { self.content = content }

    static func == (left: Box, right: Box) -> Bool {
      left === right || left.content == right.content
    }

    func hash(into hasher: inout Hasher) { hasher.combine(content) }
  }

  /// What may come and go of it; of most nothing ever does.
  private struct Marks: Hashable {
    var awaySince: Timestamp?
    var muting: Muting?
    var acknowledgement: FindingNote?
    var severity: Severity?
  }

  private static let noMarks = SharedValue(wrappedValue: Marks())

  private let box: Box
  @SharedValue private var marks: Marks

  package init(
    id: FindingID,
    cluster: String,
    check: CheckID,
    severity: Severity,
    subject: VertexID,
    message: String,
    evidence: [Evidence],
    related: [VertexID],
    remedies: [RemedyID],
    since: Timestamp,
    mayBeYounger: Bool = false,
    likeness: Likeness? = nil
  ) {
    _marks = Self.noMarks
    box = Box(
      Content(
        id: id,
        cluster: cluster,
        check: check,
        severity: severity,
        subject: subject,
        message: message,
        evidence: evidence,
        related: related,
        remedies: remedies,
        since: since,
        mayBeYounger: mayBeYounger,
        likeness: likeness
      )
    )
  }

  package var id: FindingID { box.content.id }
  package var cluster: String { box.content.cluster }
  package var check: CheckID { box.content.check }
  package var severity: Severity { marks.severity ?? box.content.severity }
  /// How much it matters by its check, whatever its team says.
  package var severityOfCheck: Severity { box.content.severity }
  package var subject: VertexID { box.content.subject }
  /// One sentence that names the things involved.
  package var message: String { box.content.message }
  package var evidence: [Evidence] { box.content.evidence }
  /// The other vertices that the fault is about.
  package var related: [VertexID] { box.content.related }
  /// The object that it is about, or those that share what it is about, as an address.
  package var objects: [ObjectKey] {
    subject.objectKey.map { [$0] } ?? related.compactMap(\.objectKey)
  }
  package var remedies: [RemedyID] { box.content.remedies }
  /// When the condition began, as far as is known.
  package var since: Timestamp { box.content.since }
  /// Whether it may have begun later: it was there when the watch began, and its object tells only
  /// since when at most.
  package var mayBeYounger: Bool { box.content.mayBeYounger }
  /// When the condition last ended, where it keeps coming back: such a finding is kept until it has
  /// stayed away for ``FlapMemory/quiet``.
  package var awaySince: Timestamp? {
    get { marks.awaySince }
    set { if newValue != marks.awaySince { marks.awaySince = newValue } }
  }

  /// Why it is no news to its users; `nil` where it is.
  package var muting: Muting? {
    get { marks.muting }
    set { if newValue != marks.muting { marks.muting = newValue } }
  }

  /// That a person knows of it; `nil` where nobody said so.
  package var acknowledgement: FindingNote? {
    get { marks.acknowledgement }
    set { if newValue != marks.acknowledgement { marks.acknowledgement = newValue } }
  }

  /// How much it matters to the team that answers for it; `nil` where that is as its check says.
  package var severityOfTeam: Severity? {
    get { marks.severity }
    set { if newValue != marks.severity { marks.severity = newValue } }
  }

  /// What it has in common with others of its check.
  package var likeness: Likeness? { box.content.likeness }

  /// The same with more that proves it.
  package func adding(_ evidence: [Evidence]) -> Finding {
    guard !evidence.isEmpty else { return self }
    var finding = Finding(
      id: id,
      cluster: cluster,
      check: check,
      severity: box.content.severity,
      subject: subject,
      message: message,
      evidence: self.evidence + evidence,
      related: related,
      remedies: remedies,
      since: since,
      mayBeYounger: mayBeYounger,
      likeness: likeness
    )
    finding._marks = _marks
    return finding
  }

  /// The order in which findings are shown: worst first, then oldest first; muted ones last.
  package static func precedes(_ left: Finding, _ right: Finding) -> Bool {
    if (left.muting == nil) != (right.muting == nil) { return left.muting == nil }
    if left.severity != right.severity { return left.severity < right.severity }
    if left.since != right.since { return left.since < right.since }
    if left.check != right.check { return left.check < right.check }
    return left.id < right.id
  }
}

/// A value that proves a finding, and where it stands.
package struct Evidence: Hashable, Sendable {
  /// The object that holds it.
  package let source: VertexID
  /// The field's path: `status.podIP`.
  package let path: String
  package let value: String

  package init(_ source: VertexID, _ path: String, _ value: String) {
    self.source = source
    self.path = path
    self.value = value
  }
}
