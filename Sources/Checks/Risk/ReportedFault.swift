import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds what policy engines and scanners report: Kyverno, Trivy, Kubescape and others.
struct ReportedFault: Check {
  let id: CheckID = "risk/reported"
  let title = "Policy engine or scanner reports a fault"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs: [ObjectKind] = []
  let explanation = """
    A PolicyReport, ClusterPolicyReport, Report or ClusterReport says that this object fails a rule, or that \
    the rule could not be evaluated. Who wrote it, its policy and its rule are among the evidence; the \
    finding goes when the report says so. What an agent of KPatrol reports is told where its object may \
    not be seen from here. \
    Verify: kubectl get policyreports,reports.openreports.io -n NAMESPACE -o yaml
    """

  func inspect(_ report: ReportSubject, in cluster: ClusterView) -> [Observation] {
    guard !report.results.isEmpty else { return [] }
    // A report may outlive what it is about.
    let gone = Set(cluster.targets(over: .report).filter(\.presence.isAbsent).map(\.id))
    return report.results.flatMap { result in
      report.vertices(of: result).filter { !gone.contains($0) }.compactMap { subject in
        guard report.isOwn else { return observation(of: result, in: report, about: subject) }
        // What an agent found and may be seen here, too, is found here.
        guard let kind = subject.objectKey?.kind, cluster.isForbidden(kind) else { return nil }
        return finding(of: result, in: report, about: subject)
      }
    }
  }

  /// What an agent has found, of an object that may not be seen from here.
  private func finding(
    of result: ReportResult,
    in report: ReportSubject,
    about subject: VertexID
  ) -> Observation {
    Observation(
      result.message.inOneLine,
      evidence: evidence(of: result, in: report),
      subject: subject,
      related: [report.id],
      beginning: result.time.map { .at($0) } ?? .notBefore(report.metadata.creationTimestamp),
      severity: result.findingSeverity,
      likeness: Likeness(result.policy),
      discriminator: "\(report.id) \(result.policy) \(result.finding)"
    )
  }

  private func observation(
    of result: ReportResult,
    in report: ReportSubject,
    about subject: VertexID
  ) -> Observation {
    let source = report.source(of: result)
    let rule = result.rule.isEmpty || result.rule == result.policy ? "" : "/\(result.rule)"
    let name = "\(result.policy)\(rule)"
    let verb = result.outcome == .error ? "could not be held against" : "does not pass"
    let message = result.message.isEmpty ? "" : ": \(result.message.inOneLine)"
    return Observation(
      "\(subject) \(verb) \(name)\(message)",
      evidence: evidence(of: result, in: report),
      subject: subject,
      related: subject == report.id ? [] : [report.id],
      beginning: result.time.map { .at($0) } ?? .notBefore(report.metadata.creationTimestamp),
      severity: result.findingSeverity,
      likeness: Likeness("\(source) \(name)"),
      // Two reports may tell of one object, and one of them may go.
      discriminator: "\(report.id) \(source) \(name)"
    )
  }
}

extension ReportedFault {
  private func evidence(of result: ReportResult, in report: ReportSubject) -> [Evidence] {
    let facts = [
      ("results.source", report.source(of: result)), ("results.policy", result.policy),
      ("results.rule", result.rule), ("results.category", result.category),
      ("results.severity", result.severity?.rawValue ?? ""),
      ("results.result", result.outcome?.rawValue ?? ""), ("results.message", result.message),
    ]
    return facts.filter { !$0.1.isEmpty }.map { Evidence(report.id, $0.0, $0.1) }
  }
}

extension ReportResult {
  /// How much it matters: as its writer says, or by what came of the rule.
  fileprivate var findingSeverity: Inspection.Severity {
    switch severity {
    case .critical: .critical
    case .high, .medium: .warning
    case .low, .info: .info
    case nil: outcome == .warn ? .info : .warning
    }
  }
}
