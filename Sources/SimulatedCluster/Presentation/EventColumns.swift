import Foundation
import WireFormats

/// The columns of Events, which show when something was seen rather than how old a record of it is.
///
/// Source: kubernetes/kubernetes, pkg/printers/internalversion/printers.go.
enum EventColumns {
  static let all: [TableColumn] = [
    TableColumn("Last Seen") { event, now in age(lastSeen(event.value), now) },
    text("Type") { $0["type"]?.stringValue },
    text("Reason") { $0["reason"]?.stringValue },
    text("Object", object),
    text("Subobject", isWide: true) { $0[path: "involvedObject", "fieldPath"]?.stringValue },
    text("Source", isWide: true, source),
    text("Message") { $0["message"]?.stringValue?.trimmingCharacters(in: .whitespacesAndNewlines) },
    TableColumn("First Seen", isWide: true) { event, now in age(firstSeen(event.value), now) },
    TableColumn("Count", isWide: true) { event, _ in .integer(count(event.value)) },
    text("Name", isWide: true) { $0[path: "metadata", "name"]?.stringValue },
  ]

  private static func text(
    _ name: String,
    isWide: Bool = false,
    _ text: @escaping @Sendable (JSONValue) -> String?
  ) -> TableColumn {
    TableColumn(name, isWide: isWide) { event, _ in .string(text(event.value) ?? "") }
  }

  private static func age(_ time: String?, _ now: Date) -> JSONValue {
    guard let date = SimulatedClock.date(time) else { return "<unknown>" }
    return .string(TableColumns.duration(seconds: Int(now.timeIntervalSince(date))))
  }

  private static func firstSeen(_ event: JSONValue) -> String? {
    event["firstTimestamp"]?.stringValue ?? event["eventTime"]?.stringValue
  }

  private static func lastSeen(_ event: JSONValue) -> String? {
    event[path: "series", "lastObservedTime"]?.stringValue
      ?? event["lastTimestamp"]?.stringValue ?? firstSeen(event)
  }

  /// An event that was written once says no count in the newer form.
  private static func count(_ event: JSONValue) -> Int64 {
    if let series = event["series"]?.objectValue { return series["count"]?.integerValue ?? 0 }
    return max(1, event["count"]?.integerValue ?? 0)
  }

  private static func object(_ event: JSONValue) -> String {
    let kind = (event[path: "involvedObject", "kind"]?.stringValue ?? "").lowercased()
    let name = event[path: "involvedObject", "name"]?.stringValue ?? ""
    return name.isEmpty ? kind : "\(kind)/\(name)"
  }

  private static func source(_ event: JSONValue) -> String {
    var component = event[path: "source", "component"]?.stringValue ?? ""
    if component.isEmpty { component = event["reportingComponent"]?.stringValue ?? "" }
    var instance = event[path: "source", "host"]?.stringValue ?? ""
    if instance.isEmpty { instance = event["reportingInstance"]?.stringValue ?? "" }
    return instance.isEmpty ? component : "\(component), \(instance)"
  }
}
