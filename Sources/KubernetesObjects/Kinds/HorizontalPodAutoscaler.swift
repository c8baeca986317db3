package import WireFormats

/// A HorizontalPodAutoscaler, as far as checks read it.
package struct HorizontalPodAutoscaler: TypedRecord {
  /// A resource whose use by Pods decides, or by one container of each.
  package struct ResourceMetric: Hashable, Sendable {
    package var resource = ""
    /// Empty for all containers.
    package var container = ""
    /// Whether it is compared with what containers request (`type: Utilization`).
    package var isRelative = false

    package init() {}
  }

  package static let kind = ObjectKind("HorizontalPodAutoscaler", group: "autoscaling")

  package static let references: [ReferenceRule<HorizontalPodAutoscaler>] = [
    ReferenceRule(.scaleTarget, path: "spec.scaleTargetRef") { autoscaler in
      let target = autoscaler.target
      return .named(target.name, target.kind, in: autoscaler.metadata.namespace)
    },
    ReferenceRule(.measurements, path: "spec.metrics.resource") { autoscaler in
      autoscaler.resourceMetrics.isEmpty ? [] : [ClusterRecord.vertex]
    },
  ]

  package var metadata: ObjectMetadata
  package var target = ObjectMention()
  package var minReplicas = 1
  package var maxReplicas = 0
  package var resourceMetrics: [ResourceMetric] = []
  package var currentReplicas = 0
  package var desiredReplicas = 0
  package var conditions: [Condition] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    conditions.share(by: &pool)
  }

  /// What it scales cares whether it is scaled, and how far.
  package func looksEqual(to old: HorizontalPodAutoscaler, over relation: Relation) -> Bool {
    isAsPresent(as: old) && minReplicas == old.minReplicas && maxReplicas == old.maxReplicas
      && resourceMetrics == old.resourceMetrics
  }
}

extension HorizontalPodAutoscaler {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case scaleTargetRef = 1, minReplicas, maxReplicas, metrics
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `autoscaling.v2.CrossVersionObjectReference`.
  private enum TargetField: Int, WireField {
    case kind = 1, name, apiVersion
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `autoscaling.v2.MetricSpec`.
  private enum MetricField: Int, WireField {
    case resource = 4, containerResource = 7
    static let fieldNames = FieldNames<Self>()
  }

  /// Messages `autoscaling.v2.ResourceMetricSource` and `ContainerResourceMetricSource`.
  fileprivate enum ResourceField: Int, WireField {
    case name = 1, target, container
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `autoscaling.v2.MetricTarget`.
  fileprivate enum MetricTargetField: Int, WireField {
    case type = 1
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case currentReplicas = 3, desiredReplicas, conditions = 6
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .spec: try readSpec(from: &reader)
    case .status:
      try reader.beginObject()
      while let field = try reader.nextField(StatusField.self) {
        switch field {
        case .currentReplicas: currentReplicas = try reader.count()
        case .desiredReplicas: desiredReplicas = try reader.count()
        case .conditions: try reader.append(to: &conditions, as: DenseConditionField.self)
        }
      }
    }
  }

  private mutating func readSpec(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(SpecField.self) {
      switch field {
      case .scaleTargetRef: try readTarget(from: &reader)
      case .minReplicas: minReplicas = try reader.count()
      case .maxReplicas: maxReplicas = try reader.count()
      case .metrics:
        try reader.beginArray()
        while try reader.nextElement() {
          try reader.beginObject()
          while try reader.nextField(MetricField.self) != nil {
            resourceMetrics.append(try ResourceMetric(reading: &reader))
          }
        }
      }
    }
  }

  private mutating func readTarget(from reader: inout FieldReader) throws(WireError) {
    var kindName = ""
    var apiVersion = ""
    try reader.beginObject()
    while let field = try reader.nextField(TargetField.self) {
      switch field {
      case .kind: kindName = try reader.string()
      case .name: target.name = try reader.string()
      case .apiVersion: apiVersion = try reader.string()
      }
    }
    target.kind = ObjectKind(kindName, apiVersion: apiVersion)
  }
}

extension HorizontalPodAutoscaler.ResourceMetric: FieldReadable {
  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(HorizontalPodAutoscaler.ResourceField.self) {
      switch field {
      case .name: resource = try reader.string()
      case .container: container = try reader.string()
      case .target:
        try reader.beginObject()
        while try reader.nextField(HorizontalPodAutoscaler.MetricTargetField.self) != nil {
          isRelative = try reader.string() == "Utilization"
        }
      }
    }
  }
}
