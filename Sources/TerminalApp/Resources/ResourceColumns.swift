import ClusterGraph
import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// A column of a list of objects.
enum ResourceColumn: Hashable, Sendable {
  case findings, namespace, name, age, cluster
  /// What the API server tells under this name.
  case cell(String)

  var title: String {
    switch self {
    case .findings: "FINDINGS"
    case .namespace: "NAMESPACE"
    case .name: "NAME"
    case .age: "AGE"
    case .cluster: "CLUSTER"
    case .cell(let name): name.uppercased()
    }
  }

  /// By what rows are sorted in its order; `nil` where they cannot be.
  var order: RowQuery.Order? {
    switch self {
    case .findings: .weight
    case .namespace: .namespace
    case .name: .name
    case .age: .age
    case .cluster: nil
    case .cell(let name): .column(name)
    }
  }

  /// The width beneath which it is not cut.
  fileprivate var leastWidth: Int {
    switch self {
    case .findings, .age: 4
    case .name: 20
    case .namespace, .cluster: 12
    case .cell: 12
    }
  }
}

/// The columns of a list of objects, fitted to the width at hand.
struct ResourceColumns {
  /// A column as it is drawn.
  struct Fitted: Equatable {
    let column: ResourceColumn
    let start: Int
    let width: Int
  }

  /// Where the first column begins, behind the mark of the selection.
  private static let margin = 2

  let fitted: [Fitted]
  /// Whether there are columns before the first that is drawn, or behind the last.
  let isCut: Bool

  /// `widths` are those that the columns would have; the picked one is shown in any case.
  init(
    _ columns: [(column: ResourceColumn, width: Int)],
    picked: ResourceColumn?,
    width: Int
  ) {
    // Where there is little room, none of it is left between columns.
    let gap = Self.width(of: columns, gap: 2) <= width ? 2 : 1
    let count = columns.count
    var kept = columns
    var columns = Self.shrunk(kept, gap: gap, to: width)
    while Self.width(of: columns, gap: gap) > width,
      let index = Self.leastNeeded(columns.map(\.column), picked)
    {
      kept.remove(at: index)
      columns = Self.shrunk(kept, gap: gap, to: width)
    }
    isCut = columns.count < count
    var start = Self.margin
    fitted = columns.map { column, width in
      defer { start += width + gap }
      return Fitted(column: column, start: start, width: width)
    }
  }

  private static func width(
    of columns: [(column: ResourceColumn, width: Int)],
    gap: Int
  ) -> Int {
    // Behind the last one the mark of those that are left out has its place.
    columns.reduce(margin - gap) { $0 + $1.width + gap } + 2
  }

  /// The columns in less room, as far as they can be cut; the one that has the most to give gives it.
  private static func shrunk(
    _ columns: [(column: ResourceColumn, width: Int)],
    gap: Int,
    to width: Int
  ) -> [(column: ResourceColumn, width: Int)] {
    var columns = columns
    while Self.width(of: columns, gap: gap) > width {
      let room = columns.map { $0.width - $0.column.leastWidth }
      guard let most = room.max(), most > 0, let index = room.firstIndex(of: most) else { break }
      columns[index].width -= 1
    }
    return columns
  }

  /// Which of the API server's columns is left out next: the last; the first, where the last is picked.
  private static func leastNeeded(
    _ columns: [ResourceColumn],
    _ picked: ResourceColumn?
  ) -> Int? {
    let cells = columns.indices.filter { index in
      if case .cell = columns[index] { columns[index] != picked } else { false }
    }
    guard let last = cells.last, let first = cells.first else { return nil }
    let pickedIndex = picked.flatMap { columns.firstIndex(of: $0) }
    return pickedIndex.map { $0 > last } == true && picked?.isCell == true ? first : last
  }
}

extension ResourceColumn {
  fileprivate var isCell: Bool { if case .cell = self { true } else { false } }
}
