import KubernetesObjects

extension Timestamp {
  /// The hours, minutes and seconds, in UTC.
  var timeOfDay: String { String(rfc3339.dropFirst(11).prefix(8)) }
}
