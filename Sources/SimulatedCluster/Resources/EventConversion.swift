import WireFormats

/// Events in the two forms in which a server serves the same objects: that of `v1`, in which they are
/// stored, and that of `events.k8s.io/v1`.
///
/// Source: kubernetes/kubernetes, pkg/apis/events/v1/conversion.go.
enum EventConversion {
  /// What the members are called in `v1` and in `events.k8s.io/v1`; the others have one name.
  private static let names = [
    ("count", "deprecatedCount"), ("firstTimestamp", "deprecatedFirstTimestamp"),
    ("involvedObject", "regarding"), ("lastTimestamp", "deprecatedLastTimestamp"),
    ("message", "note"), ("reportingComponent", "reportingController"),
    ("source", "deprecatedSource"),
  ]

  /// Members of `events.k8s.io/v1` that are left out where there is nothing in them.
  private static let omittedIfEmpty = ["reportingController", "reportingInstance"]

  /// An event of the store, as `events.k8s.io/v1` has it.
  static func served(_ stored: JSONValue) -> JSONValue {
    var event = completed(stored)
    for (core, own) in names { move(&event, from: core, to: own) }
    for name in omittedIfEmpty where event[name]?.stringValue == "" { event[name] = nil }
    return event
  }

  /// An event of `events.k8s.io/v1`, as it is stored.
  static func stored(_ served: JSONValue) -> JSONValue {
    var event = served
    for (core, own) in names { move(&event, from: own, to: core) }
    return completed(event)
  }

  /// An event of `v1` with the members that are written even where there is nothing in them.
  static func completed(_ event: JSONValue) -> JSONValue {
    var event = event
    for name in ["involvedObject", "source"] where event[name] == nil { event[name] = [:] }
    for name in ["eventTime", "firstTimestamp", "lastTimestamp"] where event[name] == nil {
      event[name] = .null
    }
    for name in ["reportingComponent", "reportingInstance"] where event[name] == nil {
      event[name] = ""
    }
    return event
  }

  /// What `events.k8s.io/v1` calls a field of a stored event.
  static func servedField(_ field: String) -> String {
    let parts = field.split(separator: ".", maxSplits: 1)
    guard let first = parts.first, let name = names.first(where: { $0.0 == first })?.1 else {
      return field
    }
    return ([name] + parts.dropFirst().map(String.init)).joined(separator: ".")
  }

  private static func move(_ event: inout JSONValue, from name: String, to other: String) {
    guard let value = event[name] else { return }
    event[name] = nil
    event[other] = value
  }
}

extension ServedResource {
  /// The resource under which its objects are stored: itself, but for Events, which two groups serve.
  var storage: ServedResource {
    storedAs.flatMap { BuiltInResources.byQualifiedPlural[$0] } ?? self
  }

  /// What is stored of an object in this resource's form.
  func stored(_ served: JSONValue) -> JSONValue {
    storedAs == nil ? served : EventConversion.stored(served)
  }

  /// A stored object in this resource's form.
  func served(_ stored: JSONValue) -> JSONValue {
    storedAs == nil ? stored : EventConversion.served(stored)
  }
}
