/// An object that makes Pods after a template.
package protocol Workload: PodTemplateHolder {
  /// Which Pods are its own.
  var selector: LabelSelector { get }
}

/// An object whose controller says which generation of its spec it has seen.
package protocol GenerationObserver: TypedRecord {
  /// 0 until the controller has seen any.
  var observedGeneration: Int { get }
}

extension Workload {
  /// The row of those whose Pods run on, so that a tag may have come to mean another image.
  static var imageReference: ReferenceRule<Self> {
    ReferenceRule(.image, path: "spec.template.spec.containers.image") { workload in
      workload.template.taggedImages.map { .shared(.image, $0) }
    }
  }

  /// The Pods that a selector selects; one that asks for nothing is not set yet.
  var podSelections: [Selection] {
    selector.isEmpty ? [] : [Selection(Pod.kind, by: selector, path: "spec.selector")]
  }

  /// Whether its Pods, and what they have in common with it, see no difference; what its status
  /// counts is no business of theirs.
  func looksEqualToPods(_ old: Self) -> Bool {
    isAsPresent(as: old) && selector == old.selector
      && metadata.labels == old.metadata.labels
  }
}
