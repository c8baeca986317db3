import KubernetesClient
import KubernetesObjects
import Monitoring
import TerminalKit

/// How the lines of a log stand on rows: with what in front of them, and whether they are broken.
struct LogLayout: Sendable, Equatable {
  var width = 80
  var wraps = false
  var showsTimes = false
  /// How many columns are passed over of lines that are not broken.
  var shift = 0
  /// A short name for each container that is read; none where there is but one.
  private var names: [LogSource: String] = [:]
  private var nameWidth = 0

  /// Takes in which containers are read.
  mutating func setSources(_ sources: [LogSource]) {
    names = Self.shortNames(sources)
    nameWidth = names.values.map { DisplayText($0).width }.max() ?? 0
  }

  /// What tells containers apart: as much of the end of their Pods' names as it takes, and their own names.
  private static func shortNames(_ sources: [LogSource]) -> [LogSource: String] {
    guard sources.count > 1 else { return [:] }
    let pods = Set(sources.map(\.pod))
    let hasSeveral = Set(sources.map(\.container)).count > 1
    let parts = pods.map { $0.name.split(separator: "-") }
    let needed = (1...6).first { count in
      Set(parts.map { $0.suffix(count).joined(separator: "-") }).count == pods.count
    }
    return sources.reduce(into: [:]) { names, source in
      var words: [String] = []
      if pods.count > 1 {
        let suffix = needed.map { source.pod.name.split(separator: "-").suffix($0) }
        words.append(suffix?.joined(separator: "-") ?? source.pod.qualifiedName)
      }
      if hasSeveral || pods.count == 1 { words.append(source.container) }
      names[source] = words.joined(separator: "/")
    }
  }

  /// How many rows a line takes.
  func height(of line: LogBuffer.Line) -> Int { wraps ? texts(of: line).count : 1 }

  /// What stands before a line.
  private func prefix(of line: LogBuffer.Line) -> [TextSegment] {
    var segments: [TextSegment] = []
    if showsTimes {
      let time = line.entry.time.map { $0.timestamp.timeWithMilliseconds } ?? ""
      segments.append(TextSegment(Self.padded(time, 13), .muted))
    }
    if nameWidth > 0 {
      let name = line.entry.source.flatMap { names[$0] } ?? ""
      segments.append(TextSegment(Self.padded(name, min(nameWidth, width / 3) + 1), .info))
    }
    return segments
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    let text = DisplayText(text).cutInMiddle(to: width - 1)
    return text.string + String(repeating: " ", count: width - text.width)
  }

  private var prefixWidth: Int {
    (showsTimes ? 13 : 0) + (nameWidth > 0 ? min(nameWidth, width / 3) + 1 : 0)
  }

  private func texts(of line: LogBuffer.Line) -> [DisplayText] {
    DisplayText(line.text).wrapped(to: max(10, width - prefixWidth))
  }

  /// The rows of a line.
  func rows(of line: LogBuffer.Line) -> [[TextSegment]] {
    let prefix = prefix(of: line)
    let style = style(of: line)
    guard wraps else {
      let room = max(1, width - prefixWidth)
      let text = DisplayText(shift > 0 ? String(line.text.dropFirst(shift)) : line.text)
      return [prefix + [TextSegment(text: text.cutAtEnd(to: room), style: style)]]
    }
    let indent = TextSegment(String(repeating: " ", count: prefixWidth))
    return texts(of: line).enumerated().map { index, text in
      (index == 0 ? prefix : [indent]) + [TextSegment(text: text, style: style)]
    }
  }

  private func style(of line: LogBuffer.Line) -> Style {
    line.entry.isNote ? Style(.warning, isBold: true) : Style()
  }

  /// A line as it is written to a file, with its whole time.
  func saved(_ line: LogBuffer.Line) -> String {
    let name = line.entry.source.flatMap { names[$0] }.map { "\($0) " } ?? ""
    let time = line.entry.time.map { "\($0.timestamp.rfc3339) " } ?? ""
    return "\(time)\(name)\(line.entry.isNote ? "-- " : "")\(line.text)"
  }
}

extension Timestamp {
  /// The time of day with milliseconds, in UTC.
  fileprivate var timeWithMilliseconds: String {
    let rest = String(millisecondsSince1970 % 1000)
    return "\(timeOfDay).\(String(repeating: "0", count: 3 - rest.count))\(rest)"
  }
}
