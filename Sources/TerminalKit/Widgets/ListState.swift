/// A selection in a long list of which only a window is at hand.
///
/// The selection follows its item by identity while the list moves beneath it.
package struct ListState<ID: Hashable & Sendable>: Hashable, Sendable {
  /// Where the selection stands among all items.
  package private(set) var index = 0
  package private(set) var selectedID: ID?
  /// The first item that is shown.
  package private(set) var offset = 0
  package private(set) var count = 0
  /// How many items are shown at once.
  package private(set) var height = 1

  package init() {}

  /// Moves by so many items; stops at the ends.
  package mutating func move(by delta: Int) {
    index = max(0, min(count - 1, index + delta))
    selectedID = nil
    scroll()
  }

  package mutating func moveToStart() { move(by: -count) }
  package mutating func moveToEnd() { move(by: count) }

  /// Selects the item on a row of the window; `false` where there is none.
  package mutating func select(row: Int) -> Bool {
    guard (0..<height).contains(row), offset + row < count else { return false }
    move(by: offset + row - index)
    return true
  }

  package mutating func resize(height: Int) {
    self.height = max(1, height)
    scroll()
  }

  /// Takes in how the list is now, and where the item is that ``selectedID`` names, if still there.
  package mutating func update(count: Int, selectedIndex: Int?) {
    self.count = count
    if let selectedIndex { index = selectedIndex } else { selectedID = nil }
    index = max(0, min(count - 1, index))
    scroll()
  }

  /// Remembers which item the selection is on, once the window with it is at hand.
  package mutating func select(id: ID?) { selectedID = id }

  private mutating func scroll() {
    offset = min(offset, index)
    offset = max(offset, index - height + 1)
    offset = max(0, min(offset, count - height))
  }
}
