package import Monitoring
import Reporting

/// Whether an agent does its work, as `/livez` and `/readyz` tell it (Kubernetes API health endpoints).
package struct Readiness: Sendable, Equatable {
  /// One thing that must be right.
  package struct Part: Sendable, Equatable {
    package let name: String
    /// Why it is not; `nil` where it is.
    package let trouble: String?
    /// What else is to be said of it, which makes nobody unready.
    package let remark: String?

    package init(name: String, trouble: String?, remark: String? = nil) {
      self.name = name
      self.trouble = trouble
      self.remark = remark
    }
  }

  /// Findings may lag so far behind what the streams brought.
  static let lagLimit = Duration.seconds(10)

  package let parts: [Part]

  package var isReady: Bool { parts.allSatisfy { $0.trouble == nil } }

  /// Whether everything that findings come from is known and up to date.
  package init(_ statuses: [ClusterStatus]) {
    parts = statuses.map { Part(name: "cluster/\($0.name)", trouble: Self.trouble(of: $0)) }
  }

  init(parts: [Part]) { self.parts = parts }

  private static func trouble(of status: ClusterStatus) -> String? {
    if let trouble = status.connection.trouble { return "\(status.connection.name): \(trouble)" }
    guard status.connection == .watching else {
      return "\(status.connection.name), \(status.kindsSynced) of \(status.kindsTotal) kinds"
    }
    guard status.firstInspectionDuration != nil else { return "listed, and not inspected yet" }
    guard status.lag < lagLimit else {
      return "inspecting is \(status.lag.components.seconds) s behind the streams"
    }
    return nil
  }

  /// What an endpoint answers: `ok`, or a line for each part where something is wrong or all is asked for.
  ///
  /// Strangers learn that something is wrong, and neither what nor which clusters there are.
  func text(_ endpoint: String, isVerbose: Bool, isForStranger: Bool) -> String {
    guard !isForStranger else { return isReady ? "ok" : "\(endpoint) check failed\n" }
    guard isVerbose || !isReady else { return "ok" }
    let lines = parts.map { part in
      part.trouble.map { "[-]\(part.name) failed: \($0)" } ?? "[+]\(part.name) ok"
        + (part.remark.map { ": \($0)" } ?? "")
    }
    return (lines + ["\(endpoint) check \(isReady ? "passed" : "failed")", ""])
      .joined(separator: "\n")
  }
}
