package import CloudEvents
package import Inspection
package import KubernetesObjects
import WireFormats

/// What a service has against an object; all of its texts were cut and made plain.
package struct RemoteFinding: Hashable, Sendable {
  package struct Proof: Hashable, Sendable {
    package let path: String
    package let value: String
  }

  /// A word that tells the service's findings about one object apart.
  package let reason: String
  package let severity: Severity
  package let message: String
  package let evidence: [Proof]
}

/// What an answer says of the objects that were sent, which may be anything.
package struct RemoteAnswers: Sendable, Equatable {
  package static let eventType = "io.kpatrol.finding"
  /// How many findings about one object are taken.
  static let mostOfOne = 20
  private static let longestMessage = 500
  private static let mostProofs = 20
  private static let longestPath = 120
  private static let longestValue = 200

  /// What is against which object; of one that is in here without any, nothing is.
  package private(set) var findings: [ObjectKey: [RemoteFinding]] = [:]
  /// How many events could not be used.
  package private(set) var badCount = 0
  /// What was wrong with the first of them.
  package private(set) var problem: String?

  /// Reads what was answered about these objects.
  package init(_ read: ReadEvents, about keys: [ObjectKey]) {
    badCount = read.badCount
    problem = read.problem?.description
    let bySubject = Dictionary(
      keys.map { (RemoteObject.subject(of: $0), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    for event in read.events {
      note { answers throws(EventProblem) in
        guard event.type == Self.eventType else {
          throw EventProblem("an event of the type \(Self.plain(event.type, 80))")
        }
        let only = event.subject == nil && keys.count == 1 ? keys.first : nil
        guard let key = only ?? event.subject.flatMap({ bySubject[$0] }) else {
          throw EventProblem(
            "a subject that was not sent: \(Self.plain(event.subject ?? "none", 80))"
          )
        }
        guard case .json(.object(let data)) = event.data else {
          throw EventProblem("a finding without data")
        }
        guard let list = data["findings"] else {
          return try answers.take(.object(data), about: key)
        }
        guard let elements = list.arrayValue else {
          throw EventProblem("findings that are no list")
        }
        // A list is an answer, though it be empty, or not all of it be of any use.
        answers.findings[key, default: []] += []
        for element in elements {
          answers.note { answers throws(EventProblem) in try answers.take(element, about: key) }
        }
      }
    }
  }

  /// Does something with an event, and counts it as bad where it throws.
  private mutating func note(_ body: (inout Self) throws(EventProblem) -> Void) {
    do throws(EventProblem) {
      try body(&self)
    } catch {
      badCount += 1
      if problem == nil { problem = error.description }
    }
  }

  private mutating func take(
    _ value: JSONValue,
    about key: ObjectKey
  ) throws(EventProblem) {
    guard case .object(let data) = value else { throw EventProblem("a finding that is no map") }
    let finding = try Self.finding(data)
    let others = findings[key] ?? []
    guard !others.contains(where: { $0.reason == finding.reason }) else {
      throw EventProblem("two findings with the reason \(finding.reason) about one subject")
    }
    guard others.count < Self.mostOfOne else {
      throw EventProblem("more than \(Self.mostOfOne) findings about one subject")
    }
    findings[key] = others + [finding]
  }

  private static func finding(_ data: [String: JSONValue]) throws(EventProblem) -> RemoteFinding {
    guard let reason = data["reason"]?.stringValue, isReason(reason) else {
      throw EventProblem("a reason that is no word of letters, digits and dashes")
    }
    guard let message = data["message"]?.stringValue else {
      throw EventProblem("a finding without a message")
    }
    let text = plain(message, longestMessage)
    guard !text.isEmpty else { throw EventProblem("a finding with an empty message") }
    var severity = Severity.warning
    if let written = data["severity"], written != .null {
      guard let known = Severity.allCases.first(where: { $0.name == written.stringValue }) else {
        throw EventProblem("a severity that is not critical, warning or info")
      }
      severity = known
    }
    return RemoteFinding(
      reason: reason,
      severity: severity,
      message: text,
      evidence: try proofs(data["evidence"])
    )
  }

  private static func proofs(
    _ value: JSONValue?
  ) throws(EventProblem) -> [RemoteFinding.Proof] {
    guard let value, value != .null else { return [] }
    guard case .object(let members) = value else {
      throw EventProblem("evidence that is no map of paths to values")
    }
    return members.sorted { $0.key < $1.key }.prefix(mostProofs).map { path, value in
      let text = value.stringValue ?? String(decoding: value.encoded(), as: UTF8.self)
      return RemoteFinding.Proof(path: plain(path, longestPath), value: plain(text, longestValue))
    }
  }

  private static func isReason(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 63
      && text.utf8.allSatisfy { byte in
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
          || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-")
      }
  }

  /// A text in one line, without what steers a terminal, and not longer than so many characters.
  private static func plain(_ text: String, _ limit: Int) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard line.count < limit else { return String(line) + "…" }
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: line.append(" ")
      case .format, .surrogate, .privateUse, .unassigned: break
      default: line.append(scalar)
      }
    }
    return String(line)
  }
}
