import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// What is around a finding's subject as a small graph: who controls it above, its edges beneath.
struct VicinityText {
  private let vicinity: Vicinity
  private let severity: Severity

  init(_ vicinity: Vicinity, severity: Severity) {
    self.vicinity = vicinity
    self.severity = severity
  }

  var lines: [ScrollingText.Line] {
    var lines = vicinity.owners.enumerated().map { depth, owner in
      line(Self.stem(depth), owner)
    }
    let depth = vicinity.owners.count
    lines.append(
      .init(
        "\(Self.stem(depth))\(severity.symbol) \(vicinity.subject.text)",
        style: Style(severity.style.role, isBold: true),
        indent: 2
      )
    )
    let margin = String(repeating: " ", count: 3 * depth)
    guard !vicinity.branches.isEmpty else {
      let text =
        depth == 0
        ? "Nothing names it, and it names nothing." : "Nothing else names it, and it names nothing."
      return lines + [.init(margin + "  " + text, style: Style(.muted), indent: 2)]
    }
    for (index, branch) in vicinity.branches.enumerated() {
      let isLast = index == vicinity.branches.count - 1
      lines += self.lines(branch, margin, isLast: isLast)
    }
    return lines
  }

  private func lines(
    _ branch: Vicinity.Branch,
    _ margin: String,
    isLast: Bool
  ) -> [ScrollingText.Line] {
    // An arrow tells who names whom.
    let arrow = branch.isOutgoing ? "─▸ " : "─◂ "
    let first = margin + (isLast ? "└" : "├") + arrow + branch.phrase + " "
    let next =
      margin + (isLast ? " " : "│") + "   "
      + String(repeating: " ", count: DisplayText(branch.phrase).width + 1)
    let others = branch.others.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\($0.value.grouped) \($0.key)" }.joined(separator: ", ")
    var lines = branch.vertices.enumerated().map { line($0 == 0 ? first : next, $1) }
    if !others.isEmpty {
      lines.append(.init("\(next)… and \(others)", style: Style(.muted), indent: 2))
    }
    return lines
  }

  private func line(_ start: String, _ vertex: Vicinity.Vertex) -> ScrollingText.Line {
    .init(start + vertex.text, style: vertex.style, indent: 2)
  }

  private static func stem(_ depth: Int) -> String {
    depth == 0 ? "" : String(repeating: " ", count: 3 * (depth - 1)) + "└─ "
  }
}

extension Vicinity.Vertex {
  var text: String {
    switch state {
    case .present: "\(id)"
    case .terminating: "\(id) (terminating)"
    case .absent: "✗ \(id) absent"
    case .unknown(let reason): "? \(id) (unknown: \(reason))"
    }
  }

  var style: Style {
    switch state {
    case .present: Style()
    case .terminating: Style(.warning)
    case .absent: Style(.critical)
    case .unknown: Style(.muted)
    }
  }
}

extension Int {
  /// The number with a comma after each three digits, as `1,203`.
  fileprivate var grouped: String {
    var text = ""
    for (place, digit) in String(self).reversed().enumerated() {
      if place > 0, place.isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return String(text.reversed())
  }
}
