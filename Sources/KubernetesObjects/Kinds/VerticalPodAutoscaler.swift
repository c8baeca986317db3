package import WireFormats

/// A VerticalPodAutoscaler of `autoscaling.k8s.io`, as far as checks read it; servers send it as JSON
/// alone.
///
/// See https://github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler.
package struct VerticalPodAutoscaler: TypedRecord {
  package static let kind = ObjectKind("VerticalPodAutoscaler", group: "autoscaling.k8s.io")

  package static let references: [ReferenceRule<VerticalPodAutoscaler>] = [
    .definition(plural: "verticalpodautoscalers"),
    ReferenceRule(.scaleTarget, path: "spec.targetRef") { autoscaler in
      let target = autoscaler.target
      return .named(target.name, target.kind, in: autoscaler.metadata.namespace)
    },
  ]

  package var metadata: ObjectMetadata
  package var target = ObjectMention()
  /// `Off`, `Initial`, `Recreate`, `InPlaceOrRecreate` or `Auto`.
  package var updateMode = "Auto"
  /// The resources that it sets, by the policies that it has for containers.
  package var controlledResources = ["cpu", "memory"]

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  /// Whether it changes Pods that run, and so what is used of their requests.
  package var changesRunningPods: Bool { updateMode != "Off" && updateMode != "Initial" }

  /// What it scales cares whether it is scaled, and by what.
  package func looksEqual(to old: VerticalPodAutoscaler, over relation: Relation) -> Bool {
    isAsPresent(as: old) && updateMode == old.updateMode
      && controlledResources == old.controlledResources
  }
}

extension VerticalPodAutoscaler {
  package enum Field: Int, ObjectField {
    case spec = 2
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case targetRef = 1, updatePolicy, resourcePolicy
    static let fieldNames = FieldNames<Self>()
  }

  private enum UpdateField: Int, WireField {
    case updateMode = 1
    static let fieldNames = FieldNames<Self>()
  }

  private enum ResourceField: Int, WireField {
    case containerPolicies = 1
    static let fieldNames = FieldNames<Self>()
  }

  private enum PolicyField: Int, WireField {
    case mode = 1, controlledResources
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(SpecField.self) {
      switch field {
      case .targetRef: target = try ObjectMention(reading: &reader)
      case .updatePolicy:
        try reader.beginObject()
        while try reader.nextField(UpdateField.self) != nil {
          updateMode = try reader.string(orIfEmpty: "Auto")
        }
      case .resourcePolicy:
        try reader.beginObject()
        while try reader.nextField(ResourceField.self) != nil { try readPolicies(from: &reader) }
      }
    }
  }

  /// Reads the policies for containers: what any of them leaves to it, it sets.
  private mutating func readPolicies(from reader: inout FieldReader) throws(WireError) {
    var controlled: Set<String> = []
    var isFirst = true
    try reader.beginArray()
    while try reader.nextElement() {
      var mode = ""
      var resources: [String] = []
      try reader.beginObject()
      while let field = try reader.nextField(PolicyField.self) {
        switch field {
        case .mode: mode = try reader.string()
        case .controlledResources: try reader.append(to: &resources)
        }
      }
      isFirst = false
      guard mode != "Off" else { continue }
      controlled.formUnion(resources.isEmpty ? ["cpu", "memory"] : resources)
    }
    if !isFirst { controlledResources = controlled.sorted() }
  }
}
