import KubernetesClient

/// From where on a log is shown.
enum LogStart: Sendable {
  case tail, head, minute, fiveMinutes, quarter, halfHour, hour

  /// How many of the last lines of each container are shown first.
  private static let tailLines = 200

  var option: LogOptions.Start {
    switch self {
    case .tail: .tail(Self.tailLines)
    case .head: .beginning
    case .minute: .seconds(60)
    case .fiveMinutes: .seconds(300)
    case .quarter: .seconds(900)
    case .halfHour: .seconds(1800)
    case .hour: .seconds(3600)
    }
  }

  /// What it is called above the log.
  var name: String {
    switch self {
    case .tail: "tail"
    case .head: "head"
    case .minute: "1m"
    case .fiveMinutes: "5m"
    case .quarter: "15m"
    case .halfHour: "30m"
    case .hour: "1h"
    }
  }
}
