/// A selection in a long list of which only a window is at hand.
///
/// The selection follows its item by identity while the list moves beneath it, and stays on its row
/// of the screen.
package struct ListState<ID: Hashable & Sendable>: Hashable, Sendable {
  /// Where the selection stands among all items.
  package private(set) var index = 0
  /// Whether the user has moved the selection; until then it stays on whichever item is first.
  package private(set) var isChosen = false
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
    isChosen = true
    selectedID = nil
    scroll()
  }

  package mutating func moveToStart() { move(by: -count) }
  package mutating func moveToEnd() { move(by: count) }

  /// What a click on a row means.
  package enum Click: Hashable, Sendable {
    /// The item there is selected now.
    case select
    /// It was selected before.
    case open
  }

  /// Takes in a click on a row of the window; `nil` where there is no item.
  package mutating func click(row: Int) -> Click? {
    guard (0..<height).contains(row), offset + row < count else { return nil }
    let wasSelected = isChosen && offset + row == index
    move(by: offset + row - index)
    return wasSelected ? .open : .select
  }

  /// Selects whichever item is first, as at the beginning.
  package mutating func restart() {
    index = 0
    offset = 0
    isChosen = false
    selectedID = nil
  }

  package mutating func resize(height: Int) {
    self.height = max(1, height)
    scroll()
  }

  /// Takes in how the list is now, and where the item is that ``selectedID`` names, if still there.
  package mutating func update(count: Int, selectedIndex: Int?) {
    self.count = count
    if let selectedIndex {
      // The line under the reader's eyes stays where it is, and the others move around it.
      if isChosen { offset += selectedIndex - index }
      index = selectedIndex
    } else {
      selectedID = nil
    }
    if !isChosen { index = 0 }
    index = max(0, min(count - 1, index))
    scroll()
  }

  /// Remembers which item the selection is on, once the window with it is at hand.
  package mutating func select(id: ID?) { selectedID = isChosen ? id : nil }

  private mutating func scroll() {
    offset = min(offset, index)
    offset = max(offset, index - height + 1)
    offset = max(0, min(offset, count - height))
  }
}
