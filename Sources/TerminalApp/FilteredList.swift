import TerminalKit

/// A screen with a list that a filter narrows.
protocol FilteredList: Screen {
  associatedtype RowID: Hashable & Sendable

  var list: ListState<RowID> { get set }
  var filter: ListFilter { get set }
  /// What names the selected row; `nil` where there is none.
  var selectedRow: RowID? { get }

  /// Puts together the rows that match.
  mutating func arrange()
}

extension FilteredList {
  mutating func move(_ motion: (inout ListState<RowID>) -> Void) {
    motion(&list)
    list.select(id: selectedRow)
  }

  /// Takes in a key while the filter is typed.
  mutating func type(_ key: Key) -> [ScreenAction] {
    if key == .down || key == .up {
      move { $0.move(by: key == .down ? 1 : -1) }
    } else if filter.type(key) == .changed {
      list.restart()
      arrange()
    }
    return []
  }

  mutating func clearFilter() -> [ScreenAction] {
    filter.clear()
    arrange()
    return []
  }

  /// Opens what a click was on, if that was selected already; `top` rows are above the list.
  mutating func click(row: Int, below top: Int, _ open: (inout Self) -> [ScreenAction])
    -> [ScreenAction]
  {
    switch list.click(row: row - top) {
    case .open: return open(&self)
    case .select: list.select(id: selectedRow)
    case nil: break
    }
    return []
  }
}
