import TerminalKit

/// A screen with a list so long that only a page of it is at hand.
protocol PagedList: Screen {
  associatedtype RowID: Hashable & Sendable

  var list: ListState<RowID> { get set }
  var filter: ListFilter { get set }
  /// The columns that the user wants, or not.
  var choice: ColumnChoice { get set }
  /// Where they are chosen, while that is open.
  var chooser: ColumnChooser? { get set }

  /// The selection, or what the list is of, is another: asks for what is to be shown.
  mutating func moved() -> [ScreenAction]
}

extension PagedList {
  /// Takes in a key while the filter is typed.
  mutating func type(_ key: Key) -> [ScreenAction] {
    if key == .down || key == .up {
      list.move(by: key == .down ? 1 : -1)
      return moved()
    }
    switch filter.type(key) {
    case .changed: list.restart()
    case .ended: break
    case .ignored: return []
    }
    return moved()
  }

  /// Takes in a key while columns are chosen.
  mutating func choose(_ key: Key) -> [ScreenAction] {
    switch chooser?.handle(key) {
    case .changed: choice = chooser?.choice ?? choice
    case .left: chooser = nil
    case .stays, nil: break
    }
    return []
  }

  mutating func turnWheel(_ rows: Int) -> [ScreenAction] {
    list.move(by: rows)
    return moved()
  }

  /// Takes in a click, which opens what was selected already.
  ///
  /// Above the list are the title's two rows, the filter and the header.
  mutating func click(row: Int, _ open: (inout Self) -> [ScreenAction]) -> [ScreenAction] {
    switch list.click(row: row - 4) {
    case .open: open(&self)
    case .select: moved()
    case nil: []
    }
  }
}
