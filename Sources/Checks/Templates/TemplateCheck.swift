import ClusterGraph
import Inspection
import KubernetesObjects

/// A check of what a template asks for, whatever makes Pods after it.
protocol TemplateCheck: Check where Subject == TemplateSubject {
  /// What the workload does, as in "runs privileged containers".
  var fault: String { get }

  func faults(in template: PodTemplate) -> [TemplateFault]

  /// Whether somebody decided that it may be so.
  func isAccepted(_ subject: TemplateSubject, in cluster: ClusterView) -> Bool
}

/// One place of a template where it asks for too much or too little.
struct TemplateFault {
  /// What it is about, as in the name of a container.
  let name: String
  /// The field, beneath the Pod's spec.
  let path: String
  let value: String

  init(_ name: String, _ path: String, _ value: String) {
    self.name = name
    self.path = path
    self.value = value
  }

  /// A fault of a container.
  init(_ container: Container, _ path: String, _ value: String) {
    self.init(container.name, "\(container.path).\(path)", value)
  }
}

extension TemplateCheck {
  var settles: Duration { .zero }
  var reach: CheckReach { .namespace }
  var profile: CheckProfile { .hygiene }
  /// None, for each kind of workload is looked at by itself.
  var needs: [ObjectKind] { [] }

  func isAccepted(_ subject: TemplateSubject, in cluster: ClusterView) -> Bool { false }

  func inspect(_ subject: TemplateSubject, in cluster: ClusterView) -> [Observation] {
    inspectTemplate(of: subject, in: cluster)
  }

  /// What the template's faults come to, unless one of the Pods was admitted without any.
  func inspectTemplate(of subject: TemplateSubject, in cluster: ClusterView) -> [Observation] {
    let faults = faults(in: subject.template)
    guard !faults.isEmpty, !isAccepted(subject, in: cluster) else { return [] }
    if let admitted = subject.admittedTemplate(in: cluster), self.faults(in: admitted).isEmpty {
      return []
    }
    var names: [String] = []
    for fault in faults where !names.contains(fault.name) { names.append(fault.name) }
    return [
      Observation(
        "\(subject.name) \(fault): \(names.joined(separator: ", "))",
        evidence: faults.map {
          Evidence(subject.id, "\(subject.specPath).\($0.path)", $0.value)
        },
        beginning: .notBefore(subject.record.metadata.creationTimestamp)
      )
    ]
  }
}

extension Container {
  /// Where the container stands beneath the Pod's spec.
  var path: String { runsBefore ? "initContainers[\(name)]" : "containers[\(name)]" }
}
