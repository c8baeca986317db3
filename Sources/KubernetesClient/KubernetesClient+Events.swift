package import KubernetesObjects
import WireFormats

/// Something that happened to an object, as one of its Events tells it.
package struct ObjectEvent: Sendable, Equatable {
  package var isWarning: Bool
  package var reason: String
  package var message: String
  /// Who tells it: `kubelet`.
  package var reporter: String
  /// How often it happened.
  package var count: Int
  package var first: Timestamp?
  package var last: Timestamp?

  package init(
    isWarning: Bool,
    reason: String,
    message: String,
    reporter: String,
    count: Int,
    first: Timestamp?,
    last: Timestamp?
  ) {
    self.isWarning = isWarning
    self.reason = reason
    self.message = message
    self.reporter = reporter
    self.count = count
    self.first = first
    self.last = last
  }

  /// Reads an Event, whichever way its times and its count were written.
  init(_ event: JSONValue) {
    func time(_ value: JSONValue?) -> Timestamp? {
      value?.stringValue.flatMap { Timestamp(rfc3339: $0) }
    }
    let created = time(event[path: "metadata", "creationTimestamp"])
    let eventTime = time(event["eventTime"])
    self.init(
      isWarning: event["type"]?.stringValue == "Warning",
      reason: event["reason"]?.stringValue ?? "",
      message: event["message"]?.stringValue ?? "",
      reporter: [event[path: "source", "component"], event["reportingComponent"]]
        .compactMap { $0?.stringValue }.first { !$0.isEmpty } ?? "",
      count: [event[path: "series", "count"], event["count"]]
        .compactMap { $0?.integerValue }.max().map { max(1, Int(clamping: $0)) } ?? 1,
      first: time(event["firstTimestamp"]) ?? eventTime ?? created,
      last: time(event[path: "series", "lastObservedTime"]) ?? time(event["lastTimestamp"])
        ?? eventTime ?? created
    )
  }
}

extension KubernetesClient {
  /// How many Events of an object are asked for.
  private static let eventLimit = 500

  /// The Events about an object, newest first; by its uid where it has one, else by its name.
  package func events(
    about object: ObjectKey,
    uid: ObjectUID?
  ) async throws(KubernetesError) -> [ObjectEvent] {
    let resource = APIResource(
      kind: Event.kind,
      version: "v1",
      plural: "events",
      isNamespaced: true
    )
    let selector =
      uid.map { "involvedObject.uid=\($0)" }
      ?? "involvedObject.kind=\(object.kind.name),involvedObject.name=\(object.name)"
    var query = Query()
    query.add("fieldSelector", selector)
    query.add("limit", String(Self.eventLimit))
    // Those of an object without a namespace stand in `default`, or wherever its writer put them.
    let namespace = object.namespace.isEmpty ? nil : object.namespace
    let list = try await value(at: resource.path(namespace: namespace) + query.text)
    return (list["items"]?.arrayValue ?? []).map { ObjectEvent($0) }
      .sorted { ($0.last ?? .distantPast) > ($1.last ?? .distantPast) }
  }
}

extension Timestamp {
  fileprivate static let distantPast = Timestamp(millisecondsSince1970: .min)
}
