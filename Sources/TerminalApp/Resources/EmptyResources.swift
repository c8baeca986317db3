import Healing
import KubernetesObjects
import Monitoring
import TerminalKit

/// Why a list of objects is empty or not whole, and what to do.
struct EmptyResources: Equatable {
  let sentences: [EmptyFindings.Sentence]

  init(_ scope: ResourceScope, isFiltered: Bool, onlyFindings: Bool, _ page: ResourcesPage) {
    let plural = scope.resource.qualifiedPlural
    var sentences: [EmptyFindings.Sentence] = []
    if page.countWithoutFilter > 0, isFiltered {
      sentences.append(
        .init("None of \(page.countWithoutFilter) matches. esc clears the filter.", .muted)
      )
    }
    let isServed = page.visibility.contains { $0.visibility != .notServed }
    for (cluster, context, visibility) in page.visibility {
      switch visibility {
      case .seen: break
      case .seenIn(let namespaces):
        let names = namespaces.joined(separator: ", ")
        sentences.append(.init("\(cluster): \(plural) are seen in \(names) alone.", .warning))
      case .pending: sentences.append(.init("\(cluster): \(plural) are being listed…", .muted))
      case .notServed where isServed: break
      case .notServed:
        sentences.append(.init("\(cluster) serves no \(plural).", .muted))
      case .unseen(let reason):
        sentences.append(.init("\(cluster): \(plural) cannot be seen: \(reason)", .error))
        sentences += Self.advice(context, scope)
      }
    }
    if sentences.isEmpty {
      sentences.append(.init(Self.none(scope, plural, onlyFindings), .muted))
      if !page.fieldSelector.isEmpty {
        let sentence = "Only those with \(page.fieldSelector) are followed."
        sentences.append(.init(sentence, .muted))
      }
    }
    self.sentences = sentences
  }

  private static func none(
    _ scope: ResourceScope,
    _ plural: String,
    _ onlyFindings: Bool
  ) -> String {
    let place = scope.namespace.map { " in \($0)" } ?? ""
    let labels = scope.selector.map { " with \($0)" } ?? ""
    if onlyFindings {
      return "✔ Nothing is wrong with any of the \(plural)\(place)\(labels). ctrl-z shows all."
    }
    let hint = scope.namespace == nil ? "" : " 0 shows all namespaces."
    return "There are no \(scope.resource.title)\(place)\(labels).\(hint)"
  }

  /// What helps whoever may not list a kind.
  private static func advice(_ context: String, _ scope: ResourceScope) -> [EmptyFindings.Sentence]
  {
    let plural = scope.resource.qualifiedPlural
    let all = scope.resource.isNamespaced ? " -A" : ""
    let kubectl = "kubectl --context \(HealStep.quoted(context))"
    var lines = ["You need list and watch: \(kubectl) auth can-i list \(plural)\(all)"]
    if scope.resource.isNamespaced {
      lines.append("Where you may in one namespace alone, start with --namespace NAME.")
    }
    return lines.map { .init($0, .muted) }
  }
}
