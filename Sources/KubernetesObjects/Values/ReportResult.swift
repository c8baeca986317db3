package import WireFormats

/// What a policy engine or scanner found wrong (`PolicyReportResult`, `ReportResult`).
package struct ReportResult: Hashable, Sendable {
  /// What came of a rule.
  ///
  /// Results that passed or were skipped are not kept.
  package enum Outcome: String, Sendable {
    /// The object is not as the rule asks.
    case fail
    /// The same, where the rule is but a recommendation.
    case warn
    /// The rule could not be evaluated.
    case error
  }

  package enum Severity: String, Sendable { case critical, high, medium, low, info }

  /// Who found it: `kyverno`; empty where the report as a whole says so.
  package var source = ""
  package var policy = ""
  package var rule = ""
  package var category = ""
  package var message = ""
  package var outcome: Outcome?
  package var severity: Severity?
  package var time: Timestamp?
  /// The id of the finding that it tells of, where KPatrol wrote it; else empty.
  package var finding = ""
  /// What it is about; none where that is what the whole report is about.
  package var resources: [ObjectMention] = []

  package init() {}
}

/// A report of what a policy engine or scanner found, whichever of the API groups it is of.
///
/// See https://github.com/openreports/reports-api and https://github.com/kubernetes-sigs/wg-policy-prototypes.
package protocol ReportRecord: TypedRecord {
  /// Who wrote it, where the results do not say.
  var source: String { get set }
  /// What all results are about that do not say so themselves.
  var scope: ObjectMention { get set }
  /// What is wrong; what is not is left out.
  var results: [ReportResult] { get set }

  /// The name of the kind in the API's paths.
  static var plural: String { get }
}

extension ReportRecord {
  package static var references: [ReferenceRule<Self>] {
    [
      .definition(plural: plural),
      // A report of what is gone is written anew sooner or later.
      ReferenceRule(.report, path: "results.resources", isOptional: true) { report in
        let namespace = report.metadata.namespace
        let mentions = report.results.flatMap(\.resources) + [report.scope]
        return mentions.compactMap { $0.key(reportedIn: namespace).map(VertexID.object) }
      },
    ]
  }

  /// What it is about reads nothing of it.
  package func looksEqual(to old: Self, over relation: Relation) -> Bool { isAsPresent(as: old) }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    pool.share(&source)
    for index in results.indices {
      pool.share(&results[index].source)
      pool.share(&results[index].policy)
      pool.share(&results[index].rule)
      pool.share(&results[index].category)
      pool.share(&results[index].message)
    }
  }

  package mutating func read(
    _ field: ReportField,
    from reader: inout FieldReader
  ) throws(WireError) {
    switch field {
    case .source: source = try reader.string()
    case .scope: scope = try ObjectMention(reading: &reader)
    case .results:
      try reader.beginArray()
      while try reader.nextElement() {
        let result = try ReportResult(reading: &reader)
        if result.outcome != nil { results.append(result) }
      }
    }
  }
}

extension ObjectMention {
  /// The key of an object that a report names; without a namespace, an object of a kind that has them is in
  /// the report's own.
  package func key(reportedIn namespace: String) -> ObjectKey? {
    guard let key, key.namespace.isEmpty, key.kind.isBuiltIn, !key.kind.isClusterScoped else {
      return key
    }
    return ObjectKey(key.kind, namespace: namespace, name: key.name)
  }
}

package enum ReportField: Int, ObjectField {
  case source = 2, scope, results
  package static let fieldNames = FieldNames<Self>.ofObject
}

extension ReportResult: FieldReadable {
  private enum Field: Int, WireField {
    case source = 1, policy, rule, category, severity, timestamp, result, resources, message
    case description, properties
    static let fieldNames = FieldNames<Self>()
  }

  private enum PropertyField: Int, WireField {
    case finding = 1
    static let fieldNames = FieldNames<Self>()
  }

  private enum TimeField: Int, WireField {
    case seconds = 1
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .source: source = try reader.string()
      case .policy: policy = try reader.string()
      case .rule: rule = try reader.string()
      case .category: category = try reader.string()
      case .severity: severity = Severity(rawValue: try reader.string())
      case .timestamp:
        try reader.beginObject()
        while try reader.nextField(TimeField.self) != nil {
          time = Timestamp(millisecondsSince1970: try reader.integer() &* 1000)
        }
      case .result: outcome = Outcome(rawValue: try reader.string())
      case .resources: try reader.append(to: &resources)
      case .message, .description: message = try reader.string()
      case .properties:
        try reader.beginObject()
        while try reader.nextField(PropertyField.self) != nil { finding = try reader.string() }
      }
    }
  }
}
